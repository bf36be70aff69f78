package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.environment.EnvironmentCreated;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Draft;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.PolicyDiff;
import dev.weir.release.Publishing.Plan;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
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
    private final Publishing publishing;
    private final Terms terms;
    private final Drafts drafts;
    private final CurrentActor current;
    private final ChangeLog log;

    Releases(ReleaseRows rows, Publishing publishing, Terms terms, Drafts drafts, CurrentActor current, ChangeLog log) {
        this.rows = rows;
        this.publishing = publishing;
        this.terms = terms;
        this.drafts = drafts;
        this.current = current;
        this.log = log;
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

    /** A revision, to be taken away as a file: who does so is told. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Release> exported(EnvironmentKey environment, long number) {
        var release = rows.find(environment, number);
        release.ifPresent(found -> log.write(
                Entry.of(current.actor(), "exported", Thing.in(environment, "policy-file", "revision-" + number))
                        .change("hash", null, found.hash())));
        return release;
    }

    /** What a revision says. */
    public PolicyDocument document(Release release) {
        return Publishing.document(release);
    }

    /**
     * Makes the draft policy. What loosens in a critical environment goes through {@link ChangeRequests}.
     *
     * @param version of the draft that was looked at
     * @param typedKey the environment's key, typed again; only asked for where the environment is critical
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Publication publish(EnvironmentKey environment, long version, String reason, String typedKey) {
        var claimed = drafts.claim(environment, version);
        if (claimed.isEmpty()) {
            return new Publication.Refused(Why.DRAFT_CHANGED);
        }
        var draft = claimed.get();
        var before = inForceNow(environment);
        var diff = PolicyDiff.between(document(before), draft.document());
        if (draft.base() != before.number()) {
            return new Publication.Refused(Why.DRAFT_OUTDATED, diff);
        }
        var plan = new Plan("published", draft.document(), reason, Optional.empty(), current.actor());
        return published(before, claimed, diff, plan, typedKey);
    }

    /**
     * Publishes what an earlier revision says as a new one, by the same rules. A draft that holds changes is left as it is; it then
     * starts from an older revision, and its author is told so.
     *
     * @param seen number of the revision that was in force when this was decided
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Publication restore(EnvironmentKey environment, long number, long seen, String reason, String typedKey) {
        var draft = drafts.hold(environment);
        var before = inForceNow(environment);
        var earlier = rows.find(environment, number);
        if (earlier.isEmpty()) {
            return new Publication.Refused(Why.NO_REVISION);
        }
        if (before.number() != seen) {
            return new Publication.Refused(Why.OTHER_REVISION_IN_FORCE);
        }
        var document = document(earlier.get());
        var diff = PolicyDiff.between(document(before), document);
        var plan = new Plan("rolled-back", document, reason, Optional.of(number), current.actor());
        return published(before, draft, diff, plan, typedKey);
    }

    private Publication published(Release before, Optional<Draft> draft, PolicyDiff diff, Plan plan, String typedKey) {
        return terms.alone(before, plan.document(), diff, plan.reason(), typedKey)
                .<Publication>map(why -> new Publication.Refused(why, diff))
                .orElseGet(() -> new Publication.Done(publishing.next(before, draft, plan)));
    }

    private Release inForceNow(EnvironmentKey environment) {
        return rows.latest(environment).orElseThrow(() -> new IllegalStateException("no revision in force"));
    }

    /** A new environment is governed from its first moment: revision 1 is the balanced preset. */
    void govern(@Observes EnvironmentCreated created) {
        publishing.first(
                created.environment(),
                new Plan(
                        "published",
                        PolicyDocument.balanced(),
                        "Default policy for a new environment",
                        Optional.empty(),
                        created.by()));
    }
}
