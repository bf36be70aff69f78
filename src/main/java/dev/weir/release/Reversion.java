package dev.weir.release;

import dev.weir.environment.Environments;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.Strictness;
import dev.weir.privacy.Draft;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.PolicyDiff;
import dev.weir.release.Publishing.Plan;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Takes back what was loosened for a while, when the while is over. Needs nobody's leave: what comes back was agreed to for good. */
@ApplicationScoped
class Reversion {

    private static final Logger LOG = Logger.getLogger(Reversion.class);

    private final ReleaseRows rows;
    private final Publishing publishing;
    private final Environments environments;
    private final Drafts drafts;
    private final MeterRegistry meters;
    private final Clock clock;

    Reversion(
            ReleaseRows rows,
            Publishing publishing,
            Environments environments,
            Drafts drafts,
            MeterRegistry meters,
            Clock clock) {
        this.rows = rows;
        this.publishing = publishing;
        this.environments = environments;
        this.drafts = drafts;
        this.meters = meters;
        this.clock = clock;
    }

    @Scheduled(every = "${weir.release.revert-every:1m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void revert() {
        environments.list().forEach(environment -> attempt(environment.key()));
    }

    /** One environment holds up no other. What failed is told and tried again the next time. */
    private void attempt(EnvironmentKey environment) {
        try {
            revert(environment, clock.instant());
        } catch (RuntimeException e) {
            LOG.errorf(
                    "what was loosened for a while in %s was not taken back: %s; it is tried again",
                    environment, e.getClass().getName());
            meters.counter("weir.reversions.failed", "environment", environment.value())
                    .increment();
            tell(environment);
        }
    }

    private void tell(EnvironmentKey environment) {
        try {
            QuarkusTransaction.requiringNew()
                    .run(() -> over(environment, clock.instant())
                            .ifPresent(
                                    head -> publishing.kept(head, "It could not be taken back; that is tried again")));
        } catch (RuntimeException e) {
            LOG.warnf("the change log does not say so: %s", e.getClass().getName());
        }
    }

    /** The new revision, where a term was over. */
    @Transactional
    Optional<Release> revert(EnvironmentKey environment, Instant now) {
        if (over(environment, now).isEmpty()) {
            return Optional.empty();
        }
        var draft = drafts.hold(environment);
        // Another node may have been first.
        return over(environment, now).flatMap(head -> reverted(head, draft));
    }

    private Optional<Release> over(EnvironmentKey environment, Instant now) {
        return rows.latest(environment)
                .filter(head -> head.term()
                        .filter(term -> !term.expiresAt().isAfter(now))
                        .isPresent());
    }

    private Optional<Release> reverted(Release head, Optional<Draft> draft) {
        long number = head.term().orElseThrow().revertsTo();
        var earlier = rows.find(head.environment(), number).orElseThrow();
        if (earlier.term().isPresent()) {
            publishing.kept(head, "Revision " + number + " was itself only for a while");
            return Optional.empty();
        }
        var strict = strict(head, earlier);
        if (strict.isEmpty()) {
            publishing.kept(head, "No policy is proven to be as strict as both this revision and revision " + number);
        }
        return strict.map(document -> publishing.next(head, draft, plan(document, earlier)));
    }

    /** Only what says what the earlier revision said restores it; else what was tightened on top of the loosening is in it too. */
    private static Plan plan(PolicyDocument document, Release earlier) {
        boolean same = document.hash().equals(earlier.hash());
        var reason = "The term of what was loosened is over"
                + (same ? "" : ": as revision " + earlier.number() + ", and what was tightened since");
        var restores = same ? Optional.of(earlier.number()) : Optional.<Long>empty();
        return new Plan("reverted", document, reason, restores, Optional.empty(), 0, true, Actor.SYSTEM);
    }

    /**
     * What was published on top of the loosening stays as far as it tightens. None where no document is proven to say so: what was blocked
     * again may hide from a rule on top what that rule was to drop, and nobody agreed to that.
     */
    private static Optional<PolicyDocument> strict(Release head, Release earlier) {
        var before = Publishing.document(earlier);
        if (head.number() == earlier.number() + 1) {
            return Optional.of(before);
        }
        var now = Publishing.document(head);
        return Optional.of(Strictness.stricter(before, now).match(document -> document, errors -> before))
                .filter(document -> PolicyDiff.between(now, document).onlyTightens());
    }
}
