package dev.weir.jobs;

import dev.weir.changelog.ChangeLog;
import io.quarkus.arc.Arc;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

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

    /** Another node, with a memory of its own, that does this work alone: as it is when so much time has passed. */
    public static Node node(Work work, Duration later) {
        return new Node(new Runner(
                of(JobRows.class),
                new Kinds(List.of(work)),
                of(ChangeLog.class),
                of(JobsConfig.class),
                Clock.offset(of(Clock.class), later),
                UUID.randomUUID().toString()));
    }

    private static <T> T of(Class<T> bean) {
        return Arc.container().instance(bean).get();
    }

    public static final class Node {

        private final Runner runner;

        private Node(Runner runner) {
            this.runner = runner;
        }

        /** One step of a job that is due; then it is killed, and gives nothing back. */
        public void stepsAndIsKilled() {
            runner.step(runner.take().orElseThrow());
        }

        public void all() {
            for (var job = runner.take(); job.isPresent(); job = runner.take()) {
                runner.run(job.get());
            }
        }
    }
}
