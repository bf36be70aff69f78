package dev.weir.story;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Servers that send one event after the other and, as they are told, each of them again until it is acknowledged. */
final class Clients implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;
    private static final long PAUSE_MS = 10;

    /** One user's rate: a quick machine may reach it, and the next attempt is as good. */
    private static final int TOO_FAST = 429;

    private final List<Future<?>> clients = new ArrayList<>();
    private final ScheduledExecutorService threads;
    private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> unexpected = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch accepting = new CountDownLatch(0);
    private final CountDownLatch refusing;

    Clients(int number, DataPlane plane, String app) {
        this("client", number, plane, app);
    }

    /** Two groups of the same name send the same events with the same keys. */
    Clients(String named, int number, DataPlane plane, String app) {
        this.threads = Executors.newScheduledThreadPool(number);
        this.refusing = new CountDownLatch(number);
        for (int i = 0; i < number; i++) {
            var client = new Client(named + " " + i, plane, app);
            clients.add(threads.scheduleWithFixedDelay(client, 0, PAUSE_MS, TimeUnit.MILLISECONDS));
        }
    }

    /** Waits until so many more events were acknowledged, counted over all clients. */
    void acknowledged(int more) throws InterruptedException {
        accepting = new CountDownLatch(more);
        await(accepting, more + " more acknowledgements");
    }

    /** Waits until each client was told to come again. */
    void refused() throws InterruptedException {
        await(refusing, "a refusal for each client");
    }

    /** Lets each client finish what it is at. */
    void end() throws InterruptedException {
        clients.forEach(client -> client.cancel(false));
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("a client never got an answer");
        }
    }

    /** The names of the events that were acknowledged. */
    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Answers that are neither an acknowledgement nor an invitation to come again. */
    List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("never came: " + what + "; unexpected: " + unexpected);
        }
    }

    /** One of them. */
    private final class Client implements Runnable {

        private final String name;
        private final DataPlane plane;
        private final String app;
        private int number;
        private boolean refused;

        Client(String name, DataPlane plane, String app) {
            this.name = name;
            this.plane = plane;
            this.app = app;
        }

        @Override
        public void run() {
            var event = name + " event " + number;
            try {
                var answer = plane.track(app, event, event);
                if (answer.statusCode() == 200) {
                    acknowledged.add(event);
                    accepting.countDown();
                    number++;
                } else if (answer.statusCode() == 503
                        && answer.headers().firstValue("Retry-After").isPresent()) {
                    if (!refused) {
                        refused = true;
                        refusing.countDown();
                    }
                } else if (answer.statusCode() != TOO_FAST) {
                    unexpected.add(event + ": " + answer.statusCode());
                }
            } catch (IOException e) {
                unexpected.add(event + ": " + e.getClass().getName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
