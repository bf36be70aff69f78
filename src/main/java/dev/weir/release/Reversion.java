package dev.weir.release;

import dev.weir.environment.Environments;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.Strictness;
import dev.weir.privacy.Drafts;
import dev.weir.release.Publishing.Plan;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Takes back what was loosened for a while, when the while is over. Needs nobody's leave: it only tightens. */
@ApplicationScoped
class Reversion {

    private final ReleaseRows rows;
    private final Publishing publishing;
    private final Environments environments;
    private final Drafts drafts;
    private final Clock clock;

    Reversion(ReleaseRows rows, Publishing publishing, Environments environments, Drafts drafts, Clock clock) {
        this.rows = rows;
        this.publishing = publishing;
        this.environments = environments;
        this.drafts = drafts;
        this.clock = clock;
    }

    @Scheduled(every = "${weir.release.revert-every:1m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void revert() {
        environments.list().forEach(environment -> revert(environment.key(), clock.instant()));
    }

    /** The new revision, where a term was over. */
    @Transactional
    Optional<Release> revert(EnvironmentKey environment, Instant now) {
        if (over(environment, now).isEmpty()) {
            return Optional.empty();
        }
        var draft = drafts.hold(environment);
        // Another node may have been first.
        return over(environment, now).map(head -> publishing.next(head, draft, plan(head)));
    }

    private Optional<Release> over(EnvironmentKey environment, Instant now) {
        return rows.latest(environment)
                .filter(head -> head.term()
                        .filter(term -> !term.expiresAt().isAfter(now))
                        .isPresent());
    }

    private Plan plan(Release head) {
        long number = head.term().orElseThrow().revertsTo();
        var earlier = Publishing.document(rows.find(head.environment(), number).orElseThrow());
        return new Plan(
                "reverted",
                strict(head, number, earlier),
                "The term of what was loosened is over",
                Optional.of(number),
                Actor.SYSTEM);
    }

    /** What was published on top of the loosening stays as far as it tightens. */
    private static PolicyDocument strict(Release head, long number, PolicyDocument earlier) {
        return head.number() == number + 1
                ? earlier
                : Strictness.stricter(earlier, Publishing.document(head))
                        .match(document -> document, errors -> earlier);
    }
}
