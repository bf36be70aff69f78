package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.catalog.Checkups;
import dev.weir.catalog.Health;
import dev.weir.catalog.Status;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.ThreeWay;
import dev.weir.release.Promotion.Origin;
import dev.weir.release.Promotion.Warning;
import dev.weir.release.Snapshots.Wish;
import dev.weir.web.Moments;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bringing what is in force in one environment to another, rule by rule. What comes of it is a change request, classified as any other;
 * nothing is published here, and nobody's draft is touched.
 */
@ApplicationScoped
public class Promotions {

    private final PromotionRows rows;
    private final ReleaseRows releases;
    private final ChangeRequests requests;
    private final Checkups checkups;

    Promotions(PromotionRows rows, ReleaseRows releases, ChangeRequests requests, Checkups checkups) {
        this.rows = rows;
        this.releases = releases;
        this.requests = requests;
        this.checkups = checkups;
    }

    /**
     * What somebody chose.
     *
     * @param revision of the source that was looked at
     * @param seen the target's revision in force that was looked at
     * @param take numbers of the lines that are to come
     * @param leave numbers of the lines that are to stay as they are; a line that both changed has to be in one of both
     */
    public record Choice(
            EnvironmentKey source,
            long revision,
            long seen,
            Set<Integer> take,
            Set<Integer> leave,
            String reason,
            int days) {}

    /** Empty where there is no such environment, or it is the same. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Promotion> look(EnvironmentKey source, EnvironmentKey target) {
        return looked(source, target, true);
    }

    /** Asks for it. */
    @Transactional
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Requested ask(EnvironmentKey target, Choice choice) {
        var found = looked(choice.source(), target, false);
        if (found.isEmpty()) {
            return new Requested.Refused(Why.NO_REQUEST);
        }
        var promotion = found.get();
        if (promotion.revision() != choice.revision() || promotion.seen() != choice.seen()) {
            return new Requested.Refused(Why.OTHER_REVISION_IN_FORCE);
        }
        var answered = new HashSet<>(choice.take());
        answered.addAll(choice.leave());
        if (promotion.ways().lines().stream().anyMatch(line -> line.conflict() && !answered.contains(line.number()))) {
            return new Requested.Refused(Why.CONFLICT_OPEN);
        }
        return promotion
                .ways()
                .with(choice.take())
                .match(
                        document -> requests.propose(
                                target,
                                promotion.seen(),
                                Wish.brought(
                                        document,
                                        Optional.of(new Origin(promotion.source(), promotion.revision())),
                                        choice.reason(),
                                        choice.days())),
                        errors -> new Requested.Refused(Why.CHOICE_INVALID));
    }

    private Optional<Promotion> looked(EnvironmentKey source, EnvironmentKey target, boolean warned) {
        var from = releases.latest(source);
        var to = releases.latest(target);
        if (from.isEmpty() || to.isEmpty() || source.equals(target)) {
            return Optional.empty();
        }
        var base = base(source, target, to.get());
        var ways = ThreeWay.between(
                Publishing.document(base.release()), Publishing.document(from.get()), Publishing.document(to.get()));
        return Optional.of(new Promotion(
                source,
                from.get().number(),
                target,
                to.get().number(),
                base.words(),
                ways,
                warned ? warnings(source, target) : List.of()));
    }

    private record Base(Release release, String words) {}

    private Base base(EnvironmentKey source, EnvironmentKey target, Release inForce) {
        return rows.lastPublished(source, target)
                .flatMap(number -> releases.find(source, number))
                .map(release -> new Base(release, "revision " + release.number() + " of " + source + ", promoted last"))
                .or(() -> rows.lastShared(source, target)
                        .flatMap(number -> releases.find(target, number))
                        .map(release -> new Base(
                                release, "revision " + release.number() + " of " + target + ", which both have had")))
                .orElseGet(() -> new Base(inForce, "what is in force, for they never had anything in common"));
    }

    /** Definitions are shared; what they match is each environment's own. */
    private List<Warning> warnings(EnvironmentKey source, EnvironmentKey target) {
        var there = new HashMap<String, Health>();
        checkups.look(target)
                .healths()
                .forEach(health -> there.put(health.definition().id(), health));
        var warnings = new ArrayList<Warning>();
        for (var health : checkups.look(source).healths()) {
            var definition = health.definition();
            boolean verified = definition.status() == Status.VERIFIED;
            var words = words(there.get(definition.id()), verified, target);
            if (health.count() > 0 && words != null) {
                warnings.add(new Warning(definition.id(), definition.name(), words));
            }
        }
        return warnings;
    }

    private static @Nullable String words(@Nullable Health there, boolean verified, EnvironmentKey target) {
        if (there == null || there.count() == 0) {
            var since = there == null ? "" : " since " + Moments.momentInUtc(there.since());
            return "matches nothing in " + target + since + (verified ? "" : ", and nobody has verified it");
        }
        return verified ? null : "nobody has verified it";
    }
}
