package dev.weir.store;

import dev.weir.database.DatabaseException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Typed;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Appends what was judged. Requests that wait together are committed together, by one thread, and by
 * another one where more waits than one transaction takes: on a machine whose processors are busy, fewer and larger transactions do more.
 * An answer is given after the commit, never before. What waits is bounded by number and by size. Nothing is ever logged of what is written, not even
 * through a database's error message.
 */
@ApplicationScoped
@Typed(EventStore.class)
public class EventStore implements Journal {

    private static final Logger LOG = Logger.getLogger(EventStore.class);

    /** A database that is away is found out sooner. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Clock clock;
    private final StoreConfig config;
    private final Writing.Means means;
    private final Appended.Unavailable unavailable;
    private final BlockingQueue<Waiting> queue;
    private final AtomicLong characters = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger entries = new AtomicInteger();

    /** One permit when a helper is wanted. */
    private final Semaphore help = new Semaphore(0);

    private volatile List<Thread> writers = List.of();

    EventStore(DataSource database, StoreConfig config, Clock clock) {
        this.clock = clock;
        this.config = config;
        this.means = new Writing.Means(
                database, new Acquainted(), new AppliedPolicies(), new Repeats(), new ReentrantLock());
        this.unavailable = new Appended.Unavailable(config.retryAfter());
        this.queue = new ArrayBlockingQueue<>(config.queueRequests());
    }

    /** The answer comes when the batch is on disk. */
    @Override
    public CompletionStage<Appended> append(Batch batch) {
        if (writers.isEmpty()) {
            return CompletableFuture.completedFuture(unavailable);
        }
        var prepared = Prepared.of(batch);
        var waiting = new Waiting(prepared, prepared.characters(), new CompletableFuture<>());
        if (!offer(waiting)) {
            return CompletableFuture.completedFuture(unavailable);
        }
        if (writers.isEmpty()) {
            // Stopped in between: nobody would take it out again.
            answer(drained(), unavailable);
        }
        return waiting.answer;
    }

    @Override
    public boolean full() {
        return requests.get() >= config.queueRequests() || characters.get() >= config.queueCharacters();
    }

    private boolean offer(Waiting waiting) {
        int size = waiting.characters;
        if (characters.addAndGet(size) > config.queueCharacters() && characters.get() > size) {
            characters.addAndGet(-size);
            return false;
        }
        if (!queue.offer(waiting)) {
            characters.addAndGet(-size);
            return false;
        }
        boolean tooMany = requests.incrementAndGet() > config.groupRequests();
        boolean tooMuch = entries.addAndGet(waiting.batch.lines().size()) > config.groupEntries();
        if ((tooMany || tooMuch) && help.availablePermits() == 0) {
            help.release();
        }
        return true;
    }

    void start(@Observes @Priority(10) StartupEvent started) {
        var threads = IntStream.rangeClosed(1, config.writers())
                .mapToObj(i -> new Thread(i == 1 ? this::write : this::help, "weir-writer-" + i))
                .toList();
        writers = threads;
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Lets the writers finish what they hold; whoever still waits is told to come again. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        var threads = writers;
        writers = List.of();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (var thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        }
        answer(drained(), unavailable);
    }

    private void write() {
        while (!writers.isEmpty()) {
            try {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    commit(together(first));
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void help() {
        while (!writers.isEmpty()) {
            try {
                if (help.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    var first = queue.poll();
                    if (first != null) {
                        commit(together(first));
                    }
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Whoever waits already; nobody is waited for. */
    private List<Waiting> together(Waiting first) {
        var together = new ArrayList<Waiting>();
        int size = 0;
        for (var next = first; next != null; ) {
            together.add(next);
            taken(next);
            size += next.batch.lines().size();
            boolean more = together.size() < config.groupRequests() && size < config.groupEntries();
            next = more ? queue.poll() : null;
        }
        return together;
    }

    private void commit(List<Waiting> together) {
        long begun = System.nanoTime();
        try {
            var batches = together.stream().map(Waiting::batch).toList();
            var appended = Writing.commit(means, clock.instant(), batches);
            for (int i = 0; i < together.size(); i++) {
                together.get(i).answer.complete(appended.get(i));
            }
        } catch (SQLException e) {
            failed(together, e);
            if (DatabaseException.connectionLost(e) && System.nanoTime() - begun > LONG_NANOS) {
                // It does not refuse, it is silent: whoever waits would wait as long again, one group after the other.
                answer(drained(), unavailable);
            }
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
        if (worthItAlone(e)) {
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

    /** With what this node writes, for whoever else in this room does. */
    Writing.Means means() {
        return means;
    }

    static boolean aboutTheData(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || state.startsWith("23");
    }

    /** Something in the data, or two transactions that were in each other's way. */
    private static boolean worthItAlone(SQLException e) {
        return aboutTheData(e) || String.valueOf(e.getSQLState()).startsWith("40");
    }

    private List<Waiting> drained() {
        var rest = new ArrayList<Waiting>();
        queue.drainTo(rest);
        rest.forEach(this::taken);
        return rest;
    }

    private void taken(Waiting waiting) {
        requests.decrementAndGet();
        characters.addAndGet(-waiting.characters);
        entries.addAndGet(-waiting.batch.lines().size());
    }

    private static void answer(List<Waiting> waiting, Appended answer) {
        waiting.forEach(one -> one.answer.complete(answer));
    }

    private record Waiting(Prepared batch, int characters, CompletableFuture<Appended> answer) {}
}
