package dev.weir.simulation;

import dev.weir.event.Event;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The events of files that are tried on this node, by the job that tries them: in memory, and nowhere else ever. */
@ApplicationScoped
class HeldFiles {

    /** Files at once. */
    static final int MOST = 4;

    private final Semaphore room = new Semaphore(MOST);
    private final Map<String, Held> files = new ConcurrentHashMap<>();

    private record Held(List<Event> events, CompletableFuture<Boolean> gone) {}

    /** Only an answer for now: somebody else may be quicker. */
    boolean full() {
        return room.availablePermits() == 0;
    }

    /** Whether there is room for one more, which is then taken: {@link #leave} it, or {@link #hold} a file and {@link #drop} that. */
    boolean enter() {
        return room.tryAcquire();
    }

    void leave() {
        room.release();
    }

    void hold(String job, List<Event> events) {
        files.put(job, new Held(events, new CompletableFuture<>()));
    }

    Optional<List<Event>> of(String job) {
        return Optional.ofNullable(files.get(job)).map(Held::events);
    }

    void drop(String job) {
        var held = files.remove(job);
        if (held != null) {
            leave();
            held.gone().complete(true);
        }
    }

    /** Ends when this node holds the file no more. */
    Future<Boolean> gone(String job) {
        var held = files.get(job);
        return held == null ? CompletableFuture.completedFuture(true) : held.gone();
    }
}
