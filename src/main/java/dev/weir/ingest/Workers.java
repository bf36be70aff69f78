package dev.weir.ingest;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that decode and judge, so that no event loop ever waits. What does not fit their queue is turned away at once. */
@ApplicationScoped
class Workers {

    private final ThreadPoolExecutor threads;

    Workers(IngestConfig config) {
        var number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                config.workers(),
                config.workers(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(config.waiting()),
                task -> {
                    var thread = new Thread(task, "weir-ingest-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whether somebody will do it. */
    boolean accept(Runnable task) {
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
