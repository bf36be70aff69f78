package dev.weir.quarantine;

import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.Step;
import dev.weir.jobs.Work;
import dev.weir.store.Leftovers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Takes away what events shared that are gone: hierarchies and locations to which no other one refers. Asked for by whatever deletes or
 * rewrites events for a reason other than their age.
 */
@ApplicationScoped
class Sweeping implements Work {

    static final String KIND = "sweep";

    private static final Logger LOG = Logger.getLogger(Sweeping.class);

    private final Leftovers leftovers;
    private final Jobs jobs;
    private final MeterRegistry meters;

    Sweeping(Leftovers leftovers, Jobs jobs, MeterRegistry meters) {
        this.leftovers = leftovers;
        this.jobs = jobs;
        this.meters = meters;
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

    /** It looks through all events for what they refer to. */
    @Override
    public Duration longest() {
        return Duration.ofMinutes(30);
    }

    /** Done twice, the second time finds nothing: so it may have a transaction of its own. */
    @Override
    public Step step(Job job) {
        var environment = job.environment().orElseThrow();
        var cleared = QuarkusTransaction.suspendingExisting().call(() -> leftovers.clear(environment, job.place()));
        var step = Step.of(job).did(1).counted("gone", cleared.gone());
        return cleared.last() ? step.outOf(step.done()).theLast() : step.at(cleared.next());
    }

    /** Until it is done, what was deleted is not gone altogether: one that failed is asked for again, and somebody has to know. */
    @Override
    public void over(Job job) {
        if (job.state() == Job.State.FAILED) {
            var environment = job.environment().orElseThrow();
            LOG.errorf(
                    "what no event refers to any more could not be taken away in %s; it is tried again", environment);
            meters.counter("weir.sweeps.failed", "environment", environment.value())
                    .increment();
            jobs.askOnce(KIND, environment);
        }
    }
}
