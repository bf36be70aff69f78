package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.environment.EnvironmentCreated;
import dev.weir.environment.Environments;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Draft;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.PolicyDiff;
import dev.weir.release.Publication.Why;
import dev.weir.store.PolicyText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The one place where a draft becomes policy. Every publication is a new revision with a reason; an earlier one comes back as a new
 * one too. Nothing here changes or removes a revision, and the database would refuse it.
 */
@ApplicationScoped
@Transactional
public class Releases {

    public static final int MIN_REASON = 3;
    public static final int MAX_REASON = 1000;

    /** Revisions on one page of the list. */
    static final int PAGE = 50;

    private final ReleaseRows rows;
    private final Drafts drafts;
    private final Environments environments;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Clock clock;

    Releases(
            ReleaseRows rows,
            Drafts drafts,
            Environments environments,
            CurrentActor current,
            ChangeLog log,
            Clock clock) {
        this.rows = rows;
        this.drafts = drafts;
        this.environments = environments;
        this.current = current;
        this.log = log;
        this.clock = clock;
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Release> inForce(EnvironmentKey environment) {
        return rows.latest(environment);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Release> find(EnvironmentKey environment, long number) {
        return rows.find(environment, number);
    }

    /** The newest first, those before {@code before}; at most {@value #PAGE}. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Release> revisions(EnvironmentKey environment, long before) {
        return rows.before(environment, before, PAGE);
    }

    /** What a revision says. */
    public PolicyDocument document(Release release) {
        return PolicyText.document(release.canonical());
    }

    /**
     * Makes the draft policy.
     *
     * @param version of the draft that was looked at
     * @param typedKey the environment's key, typed again; only asked for where the environment is critical
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Publication publish(EnvironmentKey environment, long version, String reason, String typedKey) {
        var claimed = drafts.claim(environment, version);
        var before = rows.latest(environment).orElseThrow(() -> new IllegalStateException("no revision in force"));
        if (claimed.isEmpty()) {
            return new Publication.Refused(Why.DRAFT_CHANGED, new PolicyDiff(List.of()));
        }
        var draft = claimed.get();
        var diff = PolicyDiff.between(document(before), draft.document());
        if (draft.base() != before.number()) {
            return new Publication.Refused(Why.DRAFT_OUTDATED, diff);
        }
        return refusal(environment, diff, reason, typedKey)
                .<Publication>map(why -> new Publication.Refused(why, diff))
                .orElseGet(() -> published(environment, before, draft.document(), reason, Optional.empty()));
    }

    /**
     * Publishes what an earlier revision says as a new one. A draft that holds changes is left as it is; it then starts from an older
     * revision, and its author is told so.
     *
     * @param seen number of the revision that was in force when this was decided
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Publication restore(EnvironmentKey environment, long number, long seen, String reason, String typedKey) {
        var draft = drafts.hold(environment);
        var before = rows.latest(environment).orElseThrow(() -> new IllegalStateException("no revision in force"));
        var earlier = rows.find(environment, number);
        if (before.number() != seen || earlier.isEmpty()) {
            return new Publication.Refused(Why.OTHER_REVISION_IN_FORCE, new PolicyDiff(List.of()));
        }
        var document = document(earlier.get());
        var diff = PolicyDiff.between(document(before), document);
        var refused = refusal(environment, diff, reason, typedKey);
        if (refused.isPresent()) {
            return new Publication.Refused(refused.get(), diff);
        }
        boolean untouched = draft.map(Draft::document)
                .map(held -> held.canonical().equals(before.canonical()))
                .orElse(true);
        var release = release(environment, before.number() + 1, document, reason, Optional.of(number), current.actor());
        rows.add(release, current.actor());
        if (untouched) {
            drafts.restart(environment, document, release.number(), current.actor());
        }
        log.write(entry(current.actor(), "rolled-back", release, Optional.of(before)));
        return new Publication.Done(release);
    }

    /** A new environment is governed from its first moment: revision 1 is the balanced preset. */
    void govern(@Observes EnvironmentCreated created) {
        var environment = created.environment();
        var document = PolicyDocument.balanced();
        var release = release(
                environment, 1, document, "Default policy for a new environment", Optional.empty(), created.by());
        rows.add(release, created.by());
        drafts.restart(environment, document, 1, created.by());
        log.write(entry(created.by(), "published", release, Optional.empty()));
    }

    private Optional<Why> refusal(EnvironmentKey environment, PolicyDiff diff, String reason, String typedKey) {
        int length = reason.strip().codePointCount(0, reason.strip().length());
        if (diff.isEmpty()) {
            return Optional.of(Why.NOTHING_TO_PUBLISH);
        }
        if (!diff.onlyTightens() && !current.is(Role.ADMIN)) {
            return Optional.of(Why.NEEDS_ADMIN);
        }
        if (length < MIN_REASON || length > MAX_REASON) {
            return Optional.of(Why.REASON_MISSING);
        }
        boolean critical =
                environments.find(environment).map(found -> found.critical()).orElse(true);
        return critical && !typedKey.strip().equals(environment.value())
                ? Optional.of(Why.KEY_NOT_CONFIRMED)
                : Optional.empty();
    }

    private Publication published(
            EnvironmentKey environment,
            Release before,
            PolicyDocument document,
            String reason,
            Optional<Long> restores) {
        var release = release(environment, before.number() + 1, document, reason, restores, current.actor());
        rows.add(release, current.actor());
        drafts.restart(environment, document, release.number(), current.actor());
        log.write(entry(current.actor(), "published", release, Optional.of(before)));
        return new Publication.Done(release);
    }

    /** What the change log says of a publication: which revision follows which, and what changes, rule by rule. */
    private Entry entry(Actor by, String action, Release release, Optional<Release> before) {
        var entry = Entry.of(
                        by,
                        action,
                        Thing.in(
                                release.environment(),
                                "policy",
                                release.environment().value()))
                .change("revision", before.map(Release::number).orElse(null), release.number())
                .change("hash", before.map(Release::hash).orElse(null), release.hash())
                .change("restores", null, release.restores().orElse(null))
                .because(release.reason());
        return before.map(old ->
                        PolicyDiff.between(document(old), document(release)).told(entry))
                .orElse(entry);
    }

    private Release release(
            EnvironmentKey environment,
            long number,
            PolicyDocument document,
            String reason,
            Optional<Long> restores,
            Actor actor) {
        return new Release(
                environment,
                number,
                document.hash(),
                document.canonical(),
                reason.strip(),
                restores,
                actor.name(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
