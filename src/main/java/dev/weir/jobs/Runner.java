package dev.weir.jobs;

import dev.weir.changelog.ChangeLog;
import dev.weir.database.DatabaseException;
import dev.weir.jobs.Job.State;
import dev.weir.kernel.Actor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes jobs that are due and does them, step by step. A step and the account of it are one transaction, which fails when the job was
 * cancelled or taken again meanwhile, by whatever node: so no step ever counts twice, and none happens after a cancellation.
 */
@ApplicationScoped
class Runner {

    private static final Logger LOG = Logger.getLogger(Runner.class);

    /** Attempts without progress after which a job fails. */
    static final int ATTEMPTS = 10;

    /** After the lease of a step its transaction ends in any case. */
    private static final Duration SOME_MORE = Duration.ofSeconds(10);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final JobRows rows;
    private final Kinds kinds;
    private final ChangeLog log;
    private final JobsConfig config;
    private final Clock clock;
    private final String worker;
    private final Semaphore free;
    private final ExecutorService threads;
    private volatile boolean stopping;

    @Inject
    Runner(JobRows rows, Kinds kinds, ChangeLog log, JobsConfig config, Clock clock) {
        this(rows, kinds, log, config, clock, UUID.randomUUID().toString());
    }

    /** {@code worker} is what this node calls itself for as long as it runs; who may write is decided by the number of the take alone. */
    Runner(JobRows rows, Kinds kinds, ChangeLog log, JobsConfig config, Clock clock, String worker) {
        this.rows = rows;
        this.kinds = kinds;
        this.log = log;
        this.config = config;
        this.clock = clock;
        this.worker = worker;
        this.free = new Semaphore(config.atOnce());
        this.threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "weir-job");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The job was cancelled, or taken again: what the step did must not stay. */
    private static final class Lost extends RuntimeException {
        Lost() {
            super("the job is somebody else's", null, false, false);
        }
    }

    @Scheduled(every = "${weir.jobs.look-every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        while (!stopping && free.tryAcquire()) {
            var taken = takenOrNone();
            if (taken.isEmpty()) {
                free.release();
                return;
            }
            threads.execute(() -> {
                try {
                    run(taken.get());
                } finally {
                    free.release();
                }
            });
        }
    }

    @Scheduled(every = "${weir.jobs.forget-every:1h}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        try {
            QuarkusTransaction.requiringNew().call(() -> rows.forget(now().minus(config.keep())));
        } catch (RuntimeException e) {
            LOG.warnf("old jobs were not forgotten this time: %s", e.getClass().getName());
        }
    }

    /** Lets each job end its step and gives it back. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("a step of a job did not end in time; another node takes the job when its lease is over");
        }
    }

    private Optional<Job> takenOrNone() {
        try {
            return take();
        } catch (RuntimeException e) {
            LOG.debugf("jobs can't be looked for: %s", e.getClass().getName());
            return Optional.empty();
        }
    }

    /** A job that nobody works on, from now on this node's. */
    Optional<Job> take() {
        if (kinds.names().isEmpty()) {
            return Optional.empty();
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            var now = now();
            var due = rows.due(kinds.names(), now).map(Job::taken);
            due.ifPresent(job -> rows.take(job, worker, now, now.plus(lease(job))));
            return due;
        });
    }

    /** One that was just asked for, in the same transaction, and that no other node could do. */
    Job takeHere(Job asked) {
        var now = now();
        var taken = asked.taken();
        rows.take(taken, worker, now, now.plus(lease(taken)));
        return taken;
    }

    /** Does it at once, whatever else this node does. */
    void begin(Job taken, Runnable after) {
        try {
            threads.execute(() -> {
                try {
                    run(taken);
                } finally {
                    after.run();
                }
            });
        } catch (RejectedExecutionException e) {
            giveBack(taken);
            after.run();
        }
    }

    /** Until it is over, not this node's any more, or the node stops. */
    void run(Job taken) {
        var job = taken;
        if (job.attempts() >= ATTEMPTS) {
            giveUp(job, "");
            return;
        }
        try {
            while (!job.state().over()) {
                if (stopping) {
                    giveBack(job);
                    return;
                }
                job = step(job);
            }
        } catch (Lost e) {
            LOG.debug("a job was cancelled, or another node has it");
        } catch (Futile e) {
            giveUp(job, e.reason());
        } catch (RuntimeException | Error e) {
            failed(job, e);
        }
    }

    Job step(Job job) {
        // By itself: a step that works in transactions of its own must not leave another one standing still.
        if (!QuarkusTransaction.requiringNew().call(() -> rows.holds(job))) {
            throw new Lost();
        }
        int longest = Math.toIntExact(lease(job).plus(SOME_MORE).toSeconds());
        return QuarkusTransaction.requiringNew().timeout(longest).call(() -> {
            var work = kinds.of(job.kind());
            var after = job.after(work.step(job));
            var now = now();
            if (!rows.progress(after, now, now.plus(lease(job)))) {
                throw new Lost();
            }
            if (after.state().over()) {
                end(work, job, after, State.DONE, "");
            }
            return after;
        });
    }

    private Duration lease(Job job) {
        var longest = kinds.of(job.kind()).longest();
        return longest.compareTo(config.lease()) > 0 ? longest : config.lease();
    }

    private void end(Work work, Job before, Job after, State state, String why) {
        work.over(after.in(state));
        if (work.told()) {
            log.write(
                    Jobs.receipt(Actor.SYSTEM, after.in(before.state()), state).because(why));
        }
    }

    /** The message of what failed may quote what is stored; its class does not. */
    private void failed(Job job, Throwable failure) {
        LOG.errorf(
                "a step of a %s job failed: %s", job.kind(), failure.getClass().getName());
        int attempts = job.attempts() + 1;
        boolean away = failure instanceof DatabaseException database && database.unavailable();
        if (attempts < ATTEMPTS || away) {
            var pause = Duration.ofSeconds(1L << Math.min(attempts, 20));
            giveBack(job, attempts, now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
            return;
        }
        giveUp(job, "");
    }

    private void giveUp(Job job, String why) {
        quietly(() -> {
            if (rows.fail(job, now())) {
                end(kinds.of(job.kind()), job, job, State.FAILED, why);
            }
        });
    }

    /** For anybody from now on. */
    void giveBack(Job job) {
        giveBack(job, job.attempts(), now());
    }

    private void giveBack(Job job, int attempts, Instant due) {
        quietly(() -> rows.release(job, attempts, due));
    }

    private static void quietly(Runnable change) {
        try {
            QuarkusTransaction.requiringNew().run(change);
        } catch (RuntimeException e) {
            // The database is away. When the lease is over, somebody takes the job.
            LOG.debugf("a job was not given back: %s", e.getClass().getName());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
