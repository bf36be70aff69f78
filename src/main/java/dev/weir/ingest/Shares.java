package dev.weir.ingest;

import dev.weir.kernel.AppId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Keeps one App ID from having all workers: of its requests only so many are judged at once, and only so many wait for their turn. Who
 * waits does so as it was sent, because what is unpacked and decoded may be a thousand times as large.
 */
final class Shares {

    private final Workers workers;
    private final int atOnce;
    private final int waiting;
    private final Map<AppId, Share> shares = new HashMap<>();

    Shares(Workers workers, int atOnce, int waiting) {
        this.workers = workers;
        this.atOnce = atOnce;
        this.waiting = waiting;
    }

    private static final class Share {
        private int running;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
    }

    /** Whether there is room; who gets it calls {@link #leave} in the end. */
    boolean enter(AppId app) {
        synchronized (shares) {
            var share = shares.computeIfAbsent(app, first -> new Share());
            if (share.running >= atOnce) {
                return false;
            }
            share.running++;
            return true;
        }
    }

    /** Gives the room to whoever waits longest. */
    void leave(AppId app) {
        Runnable next;
        synchronized (shares) {
            var share = shares.get(app);
            if (share == null) {
                return;
            }
            next = share.waiting.poll();
            if (next == null) {
                share.running--;
                if (share.running == 0) {
                    shares.remove(app);
                }
                return;
            }
        }
        start(next);
    }

    /** Does the work when there is room, and gives the room on by itself; nothing when too many wait already. */
    <T> Optional<CompletionStage<T>> later(AppId app, Supplier<CompletionStage<T>> work) {
        var answer = new CompletableFuture<T>();
        Runnable task = () -> run(app, work, answer);
        synchronized (shares) {
            var share = shares.computeIfAbsent(app, first -> new Share());
            if (share.running >= atOnce) {
                return share.waiting.size() < waiting && share.waiting.add(task)
                        ? Optional.of(answer)
                        : Optional.empty();
            }
            share.running++;
        }
        start(task);
        return Optional.of(answer);
    }

    /** Behind what others have waiting; in this thread where the workers are stopping. */
    private void start(Runnable task) {
        if (!workers.insist(task)) {
            task.run();
        }
    }

    private <T> void run(AppId app, Supplier<CompletionStage<T>> work, CompletableFuture<T> answer) {
        try {
            work.get().whenComplete((done, failure) -> {
                if (failure == null) {
                    answer.complete(done);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException | StackOverflowError e) {
            answer.completeExceptionally(e);
        } finally {
            leave(app);
        }
    }
}
