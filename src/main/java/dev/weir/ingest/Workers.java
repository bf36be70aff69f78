package dev.weir.ingest;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that decode and judge, so that no event loop ever waits. What does not fit their queue is turned away at once. */
@ApplicationScoped
class Workers {

    private final ThreadPoolExecutor threads;
    private final int waiting;

    @Inject
    Workers(IngestConfig config) {
        this(config.workers(), config.waiting());
    }

    Workers(int workers, int waiting) {
        var number = new AtomicInteger();
        this.waiting = waiting;
        this.threads =
                new ThreadPoolExecutor(workers, workers, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "weir-ingest-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whether somebody will do it: not when as many wait as may. */
    boolean accept(Runnable task) {
        return !full() && insist(task);
    }

    boolean full() {
        return threads.getQueue().size() >= waiting;
    }

    /** As {@link #accept}, for what was accepted once and has waited elsewhere: there are never more of those than may wait there. */
    boolean insist(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        threads.shutdown();
    }
}
