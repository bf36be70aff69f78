package dev.weir.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A web site with the collector on it, and the place its batches go to: answers as it is told and remembers every request, so
 * tests see what really left the browser, a closing page included.
 */
final class Site implements AutoCloseable {

    static final String APP = "1234567890";
    static final String OPEN_POLICY = "{\"version\":1}";

    /** One request to the collect endpoint. */
    record Received(String path, String body, Map<String, List<String>> headers, int answered) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How the collect endpoint answers; 0 hangs up without an answer. */
    record Answer(int status, @Nullable String retryAfter) {
        static final Answer OK = new Answer(200, null);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Resource> resources = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Answer answer = Answer.OK;
    private volatile String script = "";

    private static final Resource NOTHING = new Resource("text/plain", "Nothing here.", Map.of());

    private record Resource(String type, String body, Map<String, String> headers) {}

    Site() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** The script at both of its addresses. */
    Site script(String bundle, String policy) {
        script = CollectorBundle.served(bundle, APP, policy);
        return this;
    }

    Site rawScript(String text) {
        script = text;
        return this;
    }

    Site page(String path, String html) {
        return page(path, html, Map.of());
    }

    Site page(String path, String html, Map<String, String> headers) {
        resources.put(path, new Resource("text/html;charset=utf-8", html, headers));
        return this;
    }

    /** From src/test/resources/pages, with this site's addresses filled in. */
    Site pageFile(String path, String name) {
        try (var in = Objects.requireNonNull(Site.class.getResourceAsStream("/pages/" + name), name)) {
            return page(
                    path,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("__ORIGIN__", origin())
                            .replace("__APP_ID__", APP));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void answers(int status, @Nullable String retryAfter) {
        answer = new Answer(status, retryAfter);
    }

    void answersOk() {
        answer = Answer.OK;
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The same server under another host name: another origin to the browser. */
    String otherOrigin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    void forget() {
        received.clear();
    }

    /** The events of all batches that were accepted, repetitions included. */
    List<JsonNode> accepted() {
        var events = new ArrayList<JsonNode>();
        for (Received request : received) {
            if (request.answered() == 200) {
                request.json().get("events").forEach(events::add);
            }
        }
        return events;
    }

    /**
     * The events of all batches that were accepted, each once, as a reader of the store sees them: a page that is left before it
     * heard the answer sends its batch again.
     */
    List<JsonNode> events() {
        var events = new LinkedHashMap<String, JsonNode>();
        accepted().forEach(event -> events.putIfAbsent(event.get("id").asText(), event));
        return List.copyOf(events.values());
    }

    /** The last batch of a page; whatever else came in before or after it may be another page's, sent again. */
    JsonNode batchOf(String url) {
        return received.stream()
                .map(Received::json)
                .filter(batch ->
                        (origin() + url).equals(batch.path("page").path("url").asText()))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("no batch of " + url + " in " + received));
    }

    List<JsonNode> events(String type) {
        return events().stream()
                .filter(event -> type.equals(event.path("type").asText()))
                .toList();
    }

    /** Waits for an event that must come. */
    JsonNode await(String type) {
        return await(type, 1).get(0);
    }

    List<JsonNode> await(String type, int count) {
        until(() -> events(type).size() >= count, () -> count + " × " + type + ", got " + events());
        return events(type);
    }

    /** Waits until the requests are as they must become. Whatever changes only in the browser is for Playwright to wait for. */
    void until(BooleanSupplier condition, Supplier<String> expectation) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (received) {
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("never came: " + expectation.get());
                }
                try {
                    received.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().add("Cache-Control", "no-store");
            if (path.startsWith("/api/collect/")) {
                collect(exchange, path);
            } else if (path.startsWith("/js/heap-") || path.startsWith("/config/")) {
                send(exchange, 200, "text/javascript;charset=utf-8", script);
            } else {
                var page = resources.getOrDefault(path, NOTHING);
                page.headers().forEach(exchange.getResponseHeaders()::add);
                send(exchange, page.type().startsWith("text/plain") ? 404 : 200, page.type(), page.body());
            }
        }
    }

    private void collect(HttpExchange exchange, String path) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var now = answer;
        synchronized (received) {
            received.add(new Received(path, body, Map.copyOf(exchange.getRequestHeaders()), now.status()));
            received.notifyAll();
        }
        if (now.status() == 0) {
            return;
        }
        exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().add("Access-Control-Expose-Headers", "Retry-After");
        if (now.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", now.retryAfter());
        }
        send(exchange, now.status(), "application/json", "{}");
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
