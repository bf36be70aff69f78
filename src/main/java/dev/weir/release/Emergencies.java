package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.access.SecondPerson;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Draft;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.PolicyDiff;
import dev.weir.release.Publishing.Plan;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Publishing alone what otherwise takes two, when it can't wait. Only for a while, and loudly: with a reason, an action of its own in the
 * change log, a metric, and a notice on every page until somebody else has reviewed it.
 */
@ApplicationScoped
@Transactional
public class Emergencies {

    /** Days after which it reverts by itself, at most. */
    public static final int MAX_DAYS = 30;

    public static final int MIN_REASON = 20;

    /** Emergencies of one environment that the overview names. */
    static final int SHOWN = 10;

    private final EmergencyRows rows;
    private final ReleaseRows releases;
    private final Publishing publishing;
    private final Terms terms;
    private final SecondPerson second;
    private final Drafts drafts;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Clock clock;
    private final MeterRegistry meters;

    Emergencies(
            EmergencyRows rows,
            ReleaseRows releases,
            Publishing publishing,
            Terms terms,
            SecondPerson second,
            Drafts drafts,
            CurrentActor current,
            ChangeLog log,
            Clock clock,
            MeterRegistry meters) {
        this.rows = rows;
        this.releases = releases;
        this.publishing = publishing;
        this.terms = terms;
        this.second = second;
        this.drafts = drafts;
        this.current = current;
        this.log = log;
        this.clock = clock;
        this.meters = meters;
    }

    /** What is typed: why, for how long, and the environment's key. */
    public record Plea(String reason, int days, String typedKey) {}

    /** Publishes the draft. */
    @RolesAllowed(Role.ADMIN)
    public Publication publish(EnvironmentKey environment, long version, Plea plea) {
        var claimed = drafts.claim(environment, version);
        if (claimed.isEmpty()) {
            return new Publication.Refused(Why.DRAFT_CHANGED);
        }
        var before = inForce(environment);
        if (claimed.get().base() != before.number()) {
            return new Publication.Refused(Why.DRAFT_OUTDATED);
        }
        return published(before, claimed, claimed.get().document(), Optional.empty(), plea);
    }

    /** Publishes an earlier revision again. */
    @RolesAllowed(Role.ADMIN)
    public Publication restore(EnvironmentKey environment, long number, long seen, Plea plea) {
        var draft = drafts.hold(environment);
        var before = inForce(environment);
        var earlier = releases.find(environment, number);
        if (earlier.isEmpty()) {
            return new Publication.Refused(Why.NO_REVISION);
        }
        if (before.number() != seen) {
            return new Publication.Refused(Why.OTHER_REVISION_IN_FORCE);
        }
        return published(before, draft, Publishing.document(earlier.get()), Optional.of(number), plea);
    }

    private Publication published(
            Release before, Optional<Draft> draft, PolicyDocument document, Optional<Long> restores, Plea plea) {
        var diff = PolicyDiff.between(Publishing.document(before), document);
        var refused = objection(before.environment(), diff, plea);
        if (refused.isPresent()) {
            return new Publication.Refused(refused.get(), diff);
        }
        if (!publishing.ends(before, document)) {
            return new Publication.Refused(Why.LOOSENS_FOR_GOOD, diff);
        }
        var plan = new Plan(
                "emergency-published",
                document,
                plea.reason(),
                restores,
                Optional.empty(),
                plea.days(),
                false,
                current.actor());
        var release = publishing.next(before, draft, plan);
        rows.add(release, current.actor());
        meters.counter("weir.emergencies", "environment", before.environment().value())
                .increment();
        return new Publication.Done(release);
    }

    /** An emergency is only what could not be published otherwise: anything else has a quieter way. */
    private Optional<Why> objection(EnvironmentKey environment, PolicyDiff diff, Plea plea) {
        if (!diff.isEmpty() && (diff.onlyTightens() || !terms.critical(environment))) {
            return Optional.of(Why.NO_EMERGENCY);
        }
        if (terms.deletes(environment, diff)) {
            return Optional.of(Why.DELETES_STORED);
        }
        if (plea.days() < 1 || plea.days() > MAX_DAYS) {
            return Optional.of(Why.EMERGENCY_DAYS_WRONG);
        }
        var reason = plea.reason().strip();
        if (reason.codePointCount(0, reason.length()) < MIN_REASON || !Terms.reasonable(reason)) {
            return Optional.of(Why.EMERGENCY_REASON_MISSING);
        }
        return terms.agreed(environment, diff, plea.typedKey());
    }

    /** Says that somebody else has looked at it. It undoes nothing: who disagrees rolls back. */
    @RolesAllowed(Role.ADMIN)
    public Optional<Why> review(EnvironmentKey environment, long revision, String words) {
        var found = rows.lock(environment, revision);
        if (found.isEmpty()) {
            return Optional.of(Why.NO_REQUEST);
        }
        var emergency = found.get();
        if (emergency.reviewed()) {
            return Optional.of(Why.REQUEST_CLOSED);
        }
        var unfit = unfit(emergency);
        if (unfit.isPresent()) {
            return unfit;
        }
        if (!Terms.reasonable(words)) {
            return Optional.of(Why.REASON_MISSING);
        }
        rows.reviewed(emergency, current.actor(), clock.instant().truncatedTo(ChronoUnit.MICROS), words.strip());
        log.write(Entry.of(current.actor(), "emergency-reviewed", Thing.in(environment, "policy", environment.value()))
                .change("revision", null, revision)
                .change("published by", null, emergency.publishedBy().subject())
                .because(words.strip()));
        return Optional.empty();
    }

    /** Why whoever asks now is no second person beside who published it. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    Optional<Why> unfit(Emergency emergency) {
        var publisher = emergency.publishedBy().subject();
        var me = current.actor().subject();
        if (publisher.equals(me)) {
            return Optional.of(Why.OWN_EMERGENCY);
        }
        return second.tied(publisher, me, clock.instant()) ? Optional.of(Why.NO_SECOND_PERSON) : Optional.empty();
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Emergency> find(EnvironmentKey environment, long revision) {
        return rows.find(environment, revision);
    }

    /** Those that nobody else has looked at, of all environments, the newest first. */
    public List<Emergency> open() {
        return rows.open();
    }

    /** The newest of an environment. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Emergency> of(EnvironmentKey environment) {
        return rows.before(environment, Long.MAX_VALUE, SHOWN);
    }

    /** The newest first, of revisions below that one. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    List<Emergency> before(EnvironmentKey environment, long revision, int most) {
        return rows.before(environment, revision, most);
    }

    private Release inForce(EnvironmentKey environment) {
        return releases.latest(environment).orElseThrow(() -> new IllegalStateException("no revision in force"));
    }
}
