package dev.weir.jobs;

import io.quarkus.arc.Arc;

/** The node of a test, which does no job until it is told to: then it does all that are due, here and now. */
public final class JobsAtWork {

    private JobsAtWork() {}

    /** The first step of a job that is due. The job is due again, as one is that a node gave back. */
    public static void step() {
        var runner = Arc.container().instance(Runner.class).get();
        runner.giveBack(runner.step(runner.take().orElseThrow()));
    }

    public static void all() {
        var runner = Arc.container().instance(Runner.class).get();
        for (var job = runner.take(); job.isPresent(); job = runner.take()) {
            runner.run(job.get());
        }
    }
}
