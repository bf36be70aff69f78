package dev.weir.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Appends what was judged. Requests that wait together are committed together, by one thread; an answer is given after the
 * commit, never before. Nothing is ever logged of what is written, not even through a database's error message.
 */
@ApplicationScoped
public class EventStore {

    private static final Logger LOG = Logger.getLogger(EventStore.class);

    private final DataSource database;
    private final Clock clock;
    private final Acquainted acquainted = new Acquainted();
    private final int group;
    private final Appended.Unavailable unavailable;
    private final BlockingQueue<Waiting> queue;
    private volatile @Nullable Thread writer;

    EventStore(DataSource database, StoreConfig config, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.group = config.groupRequests();
        this.unavailable = new Appended.Unavailable(config.retryAfter());
        this.queue = new ArrayBlockingQueue<>(config.queueRequests());
    }

    /** Returns at once; the answer comes when the batch is on disk, or can't be put there now. */
    public CompletionStage<Appended> append(Batch batch) {
        var waiting = new Waiting(Prepared.of(batch), new CompletableFuture<>());
        if (writer == null || !queue.offer(waiting)) {
            return CompletableFuture.completedFuture(unavailable);
        }
        if (writer == null) {
            // Stopped in between: nobody would take it out again.
            answer(drained(), unavailable);
        }
        return waiting.answer;
    }

    void start(@Observes @Priority(10) StartupEvent started) {
        var thread = new Thread(this::write, "weir-writer");
        thread.setDaemon(true);
        writer = thread;
        thread.start();
    }

    /** Lets the writer finish what it holds; whoever still waits is told to come again. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        var thread = writer;
        writer = null;
        if (thread != null) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        }
        answer(drained(), unavailable);
    }

    private void write() {
        while (writer != null) {
            try {
                var next = queue.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    var together = new ArrayList<Waiting>();
                    together.add(next);
                    queue.drainTo(together, group - 1);
                    commit(together);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void commit(List<Waiting> together) {
        try {
            var batches = together.stream().map(Waiting::batch).toList();
            var appended = Writing.commit(database, acquainted, clock.instant(), batches);
            for (int i = 0; i < together.size(); i++) {
                together.get(i).answer.complete(appended.get(i));
            }
        } catch (SQLException e) {
            failed(together, e);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "a group of %d requests was not written: %s",
                    together.size(), e.getClass().getName());
            alone(together);
        } catch (Error e) {
            // Out of memory, say. The writer has to live on: without it every request would wait for ever.
            LOG.errorf(
                    "a group of %d requests was not written: %s",
                    together.size(), e.getClass().getName());
            answer(together, unavailable);
        }
    }

    private void failed(List<Waiting> together, SQLException e) {
        LOG.errorf("a group of %d requests was not written: SQL state %s", together.size(), e.getSQLState());
        if (aboutTheData(e)) {
            alone(together);
        } else {
            answer(together, unavailable);
        }
    }

    /** One request must not spoil the others': each gets a transaction of its own. */
    private void alone(List<Waiting> together) {
        if (together.size() == 1) {
            answer(together, unavailable);
        } else {
            together.forEach(one -> commit(List.of(one)));
        }
    }

    private static boolean aboutTheData(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || state.startsWith("23");
    }

    private List<Waiting> drained() {
        var rest = new ArrayList<Waiting>();
        queue.drainTo(rest);
        return rest;
    }

    private static void answer(List<Waiting> waiting, Appended answer) {
        waiting.forEach(one -> one.answer.complete(answer));
    }

    private record Waiting(Prepared batch, CompletableFuture<Appended> answer) {}
}
