package dev.weir.identity;

import dev.weir.identity.CutRows.Target;
import dev.weir.jobs.Futile;
import dev.weir.jobs.Job;
import dev.weir.jobs.Job.State;
import dev.weir.jobs.Step;
import dev.weir.jobs.Work;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Erasing;
import dev.weir.store.IdentityLinks;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Counts the events that cutting a link would part from an identity, so that whoever decides knows how many. Changes nothing. */
@ApplicationScoped
class CutCount implements Work {

    static final String KIND = "identity-cut-count";

    /** What is counted: events of the user or device that don't name the identity themselves. */
    static final String EVENTS = "events";

    /** Numbers of events that one step looks at. */
    private static final int STEP = 5_000;

    private final IdentityLinks links;
    private final Erasing erasing;
    private final CutRows rows;

    CutCount(IdentityLinks links, Erasing erasing, CutRows rows) {
        this.links = links;
        this.erasing = erasing;
        this.rows = rows;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String title() {
        return "Count what cutting a link would part";
    }

    @Override
    public Map<String, String> words() {
        return Map.of(EVENTS, "Events that would no longer be theirs");
    }

    /** The place is the number of the last event that was looked at. */
    @Override
    public Step step(Job job) {
        var environment = job.environment().orElseThrow();
        if (job.place().isEmpty()) {
            var range = erasing.range(environment);
            return Step.of(job).at(String.valueOf(range[0])).outOf(Math.max(1, range[1] - range[0]));
        }
        var target = rows.find(job.id()).orElseThrow(() -> new Futile("What was to be counted is forgotten."));
        return counted(job, environment, target);
    }

    private Step counted(Job job, EnvironmentKey environment, Target target) {
        long from = Long.parseLong(job.place());
        var some = links.count(environment, target.user(), target.identity(), from, STEP);
        var step = Step.of(job)
                .at(String.valueOf(some.next()))
                .did(Math.max(0, some.next() - from))
                .counted(EVENTS, some.events());
        // More may have come in than there was at the start.
        return some.last() ? step.outOf(Math.max(1, step.done())).theLast() : step;
    }

    /** The names wait for a decision only where there is something to decide about. */
    @Override
    public void over(Job job) {
        if (job.state() != State.DONE) {
            rows.forget(job.id());
        }
    }
}
