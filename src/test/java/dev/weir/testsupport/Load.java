package dev.weir.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Servers and pages that send as fast as they are answered: each one {@link LoadRequest} of many events after the other, and one that is
 * not acknowledged again with the same keys until it is, whatever becomes of the node meanwhile. Every event carries a {@link #SECRET} that
 * the balanced policy takes away and a {@link #TRACE} that it leaves. What was acknowledged is compared with what is there by
 * {@link Promises}.
 */
public final class Load implements AutoCloseable {

    /** Part of an e-mail address in each event: it must be nowhere. */
    public static final String SECRET = "zq-never-kept";

    /** Part of a property of each event: whoever looks for the secret has to find this. */
    public static final String TRACE = "zq-always-kept";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 180;
    private static final long PAUSE_MS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private final String node;
    private final String app;
    private final ScheduledExecutorService threads;
    private final List<Server> servers = new ArrayList<>();
    private final AtomicLong acknowledgedRequests = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final ConcurrentLinkedQueue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended;
    private volatile CountDownLatch coming = new CountDownLatch(0);
    private volatile boolean ending;

    /** Begins at once. {@code node}: the address of Weir, or of what stands before several. */
    public Load(String node, String app, int servers) {
        this.node = node;
        this.app = app;
        this.threads = Executors.newScheduledThreadPool(servers);
        this.ended = new CountDownLatch(servers);
        for (int i = 0; i < servers; i++) {
            this.servers.add(new Server(i));
        }
        this.servers.forEach(threads::execute);
    }

    /** Waits until so many more requests were acknowledged, counted over all servers. */
    public void acknowledged(int more) throws InterruptedException {
        coming = new CountDownLatch(more);
        await(coming, more + " more acknowledgements");
    }

    /** Lets each server go on until its last request is acknowledged. */
    public void end() throws InterruptedException {
        ending = true;
        await(ended, "the end of each server");
        threads.shutdown();
    }

    /** How many requests of each server were acknowledged: those numbered from 0. To be asked after the end. */
    public List<Integer> acknowledged() {
        return servers.stream().map(server -> server.number.get()).toList();
    }

    /** Answers that are neither an acknowledgement of the whole request nor an invitation to come again. */
    public List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return "%d requests of %d entries acknowledged, %d refused, %d unanswered, %d entries were known at a retry"
                .formatted(
                        acknowledgedRequests.get(),
                        LoadRequest.ENTRIES,
                        refused.get(),
                        unanswered.get(),
                        duplicates.get());
    }

    private void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("never came: " + what + "; " + this + "; unexpected: " + unexpected);
        }
    }

    /** One of them. It is at one request at a time, so one thread at a time. */
    private final class Server implements Runnable {

        private final int server;
        private final AtomicInteger number = new AtomicInteger();

        Server(int server) {
            this.server = server;
        }

        @Override
        public void run() {
            boolean again = false;
            try {
                again = !sent();
            } catch (IOException e) {
                unanswered.incrementAndGet();
                again = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (again) {
                var unused = threads.schedule(this, PAUSE_MS, TimeUnit.MILLISECONDS);
            } else if (ending) {
                ended.countDown();
            } else {
                threads.execute(this);
            }
        }

        private boolean sent() throws IOException, InterruptedException {
            var request = new LoadRequest(server, number.get());
            var answer = http.send(request.to(node, app), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                look(request, JSON.readTree(answer.body()));
                number.incrementAndGet();
                acknowledgedRequests.incrementAndGet();
                coming.countDown();
                return true;
            }
            if (answer.statusCode() != 503
                    || answer.headers().firstValue("Retry-After").isEmpty()) {
                unexpected.add(server + " " + number + ": " + answer.statusCode());
            }
            refused.incrementAndGet();
            return false;
        }

        private void look(LoadRequest request, JsonNode counts) {
            duplicates.addAndGet(counts.path("duplicate").asInt());
            if (!request.fits(counts)) {
                unexpected.add(server + " " + number + ": " + counts);
            }
        }
    }
}
