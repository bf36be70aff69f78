package dev.weir.quarantine;

import dev.weir.jobs.Job;
import dev.weir.jobs.Step;
import dev.weir.jobs.Work;
import dev.weir.store.Leftovers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;

/**
 * Takes away what events shared that are gone: hierarchies and locations to which no other one refers. Asked for by whatever deletes or
 * rewrites events for a reason other than their age.
 */
@ApplicationScoped
class Sweeping implements Work {

    static final String KIND = "sweep";

    private final Leftovers leftovers;

    Sweeping(Leftovers leftovers) {
        this.leftovers = leftovers;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String title() {
        return "Take away what no event refers to any more";
    }

    @Override
    public Map<String, String> words() {
        return Map.of("gone", "Hierarchies and addresses taken away");
    }

    /** What the deletion itself tells is enough. */
    @Override
    public boolean told() {
        return false;
    }

    /** It looks at what all events refer to. */
    @Override
    public Duration longest() {
        return Duration.ofMinutes(30);
    }

    /** Done twice, the second time finds nothing: so it may have a transaction of its own. */
    @Override
    public Step step(Job job) {
        var environment = job.environment().orElseThrow();
        int gone = QuarkusTransaction.suspendingExisting().call(() -> leftovers.clear(environment));
        return Step.of(job).outOf(1).did(1).counted("gone", gone).theLast();
    }
}
