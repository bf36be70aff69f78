package dev.weir.erasure;

import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.Step;
import dev.weir.jobs.Work;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Erasing;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Deletes what is stored of devices that came along with somebody who had been deleted before: nobody knew then that they were theirs.
 * Nothing more of theirs is written since. Only in the environment where that happened.
 */
@ApplicationScoped
class LateDeletion implements Work {

    static final String KIND = "late-deletion";

    private static final Logger LOG = Logger.getLogger(LateDeletion.class);

    private final Erasing erasing;
    private final TargetRows targets;
    private final Jobs jobs;

    LateDeletion(Erasing erasing, TargetRows targets, Jobs jobs) {
        this.erasing = erasing;
        this.targets = targets;
        this.jobs = jobs;
    }

    @Scheduled(every = "${weir.erasure.late-every:1m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            ask();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "devices of deleted users were not looked for this time: %s",
                    e.getClass().getName());
        }
    }

    @Transactional
    void ask() {
        erasing.withLateDevices().forEach(environment -> jobs.askOnce(KIND, environment));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String title() {
        return "Delete devices of users who were deleted before";
    }

    @Override
    public Map<String, String> words() {
        return UserDeletion.deleted();
    }

    /** The place is the number of the last event that was looked at. */
    @Override
    public Step step(Job job) {
        var environment = job.environment().orElseThrow();
        if (job.place().isEmpty()) {
            targets.add(job.id(), environment.value(), erasing.takeLateDevices(environment));
            var range = erasing.range(environment);
            return Step.of(job).at(String.valueOf(range[0])).outOf(Math.max(1, range[1] - range[0]));
        }
        return events(job, environment, Long.parseLong(job.place()));
    }

    private Step events(Job job, EnvironmentKey environment, long from) {
        var names = targets.all(job.id(), environment.value());
        var deleted = erasing.delete(environment, names, from, UserDeletion.EVENTS);
        targets.add(job.id(), environment.value(), deleted.users());
        var step = Step.of(job)
                .at(String.valueOf(deleted.next()))
                .did(Math.max(0, deleted.next() - from))
                .counted("events", deleted.kept())
                .counted("quarantined", deleted.quarantined());
        if (!deleted.last()) {
            return step;
        }
        var all = targets.all(job.id(), environment.value());
        var forgotten = erasing.forget(environment, all);
        return step.counted("names", all.size())
                .counted("links", forgotten.links())
                .counted("properties", forgotten.properties())
                .outOf(Math.max(1, step.done()))
                .theLast();
    }

    /**
     * Whoever calls it off only puts it off: its devices are taken up again. Also after a part of it, what no event shares any more goes,
     * however the job ended.
     */
    @Override
    public void over(Job job) {
        if (job.state() != Job.State.DONE) {
            var environment = job.environment().orElseThrow();
            erasing.giveLateDevicesBack(environment, targets.all(job.id(), environment.value()));
        }
        targets.forget(job.id());
        if (job.counts().getOrDefault("events", 0L) + job.counts().getOrDefault("quarantined", 0L) > 0) {
            jobs.askOnce(Erasures.SWEEP, job.environment().orElseThrow());
        }
    }
}
