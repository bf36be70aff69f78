package dev.weir.simulation;

import dev.weir.catalog.Matching;
import dev.weir.event.Event;
import dev.weir.policy.PolicyDocument;
import dev.weir.simulation.Simulation.State;
import dev.weir.store.RecordedEvents;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Runs simulations on this node, one at a time; {@value #WAITING} more wait. One that is cut off is lost and says so: a file rests nowhere
 * that it could be taken up from again.
 */
@ApplicationScoped
class Runs {

    static final int WAITING = 3;

    /** Events between two looks at whether somebody has cancelled. */
    static final int STEP = 500;

    private static final Logger LOG = Logger.getLogger(Runs.class);

    private final SimulationRows rows;
    private final RecordedEvents recorded;
    private final Matching matching;
    private final Clock clock;
    private final Map<String, Future<?>> here = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), work -> {
                var thread = new Thread(work, "simulation");
                thread.setDaemon(true);
                return thread;
            });

    Runs(SimulationRows rows, RecordedEvents recorded, Matching matching, Clock clock) {
        this.rows = rows;
        this.recorded = recorded;
        this.matching = matching;
        this.clock = clock;
    }

    /** Whether it will be run; not when too many wait already. Its row is there. */
    boolean take(Simulation simulation, PolicyDocument inForce, List<Event> file) {
        var work = new FutureTask<>(() -> run(simulation, inForce, file), simulation.id());
        here.put(simulation.id(), work);
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            here.remove(simulation.id());
            return false;
        }
    }

    /** Only an answer for now: somebody else may be quicker. */
    boolean full() {
        return threads.getQueue().remainingCapacity() == 0;
    }

    /** The work on one that this node has taken and not yet ended. */
    Future<?> work(String id) {
        var work = here.get(id);
        return work == null ? CompletableFuture.completedFuture(id) : work;
    }

    private void run(Simulation simulation, PolicyDocument inForce, List<Event> file) {
        try {
            tried(simulation, inForce, file);
        } catch (RuntimeException e) {
            // The cause may hold values of an event, so it goes nowhere.
            LOG.warnf("a simulation failed: %s", e.getClass().getSimpleName());
            rows.end(simulation.id(), State.FAILED, clock.instant());
        } finally {
            here.remove(simulation.id());
        }
    }

    private void tried(Simulation simulation, PolicyDocument inForce, List<Event> file) {
        var id = simulation.id();
        if (!rows.progress(id, 0, clock.instant())) {
            return;
        }
        var known = matching.known();
        var trial = new Trial(inForce, simulation.document(), known.definitions(), known::matches);
        var looked = new AtomicInteger();
        if (simulation.uploaded()) {
            for (var event : file) {
                trial.event(0, event, null);
                if (!goesOn(id, looked)) {
                    return;
                }
            }
        } else {
            recorded.newest(simulation.environment(), simulation.wanted(), one -> {
                trial.event(one.sequence(), one.event(), one.user());
                return goesOn(id, looked);
            });
        }
        rows.done(id, looked.get(), trial.effect(), clock.instant());
    }

    private boolean goesOn(String id, AtomicInteger looked) {
        return looked.incrementAndGet() % STEP != 0 || rows.progress(id, looked.get(), clock.instant());
    }

    /** Says that those of this node are still here, and gives up those of nodes that say nothing. */
    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void beat() {
        var now = clock.instant();
        here.keySet().forEach(id -> rows.beat(id, now));
        rows.lose(now);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
