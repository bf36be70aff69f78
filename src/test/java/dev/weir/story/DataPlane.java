package dev.weir.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** What browsers and servers ask of one node, and somebody who asks again until the answer is the one that has to come. */
final class DataPlane {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long AGAIN_MS = 50;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private final String node;

    DataPlane(String node) {
        this.node = node;
    }

    HttpResponse<String> policy(String app) throws IOException, InterruptedException {
        return get("/api/policy/" + app);
    }

    HttpResponse<String> script(String app) throws IOException, InterruptedException {
        return get("/js/heap-" + app + ".js");
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(node + path)).timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A page view of this address, as a browser of the node's own origin sends it. */
    HttpResponse<String> pageview(String app, String id, String url) throws IOException, InterruptedException {
        var batch = JSON.createObjectNode()
                .put("v", 1)
                .put("sent", 1)
                .put("consent", "granted")
                .put("user", "12345");
        batch.putObject("page").put("id", "1").put("at", 1).put("url", url);
        batch.putArray("events").addObject().put("id", id).put("at", 1).put("type", "pageview");
        return post("/api/collect/" + app, batch.toString(), "Origin", node);
    }

    /** An event of a server that makes its own retries harmless; of one of fifty users, always the same for one key. */
    HttpResponse<String> track(String app, String key, String event) throws IOException, InterruptedException {
        var body = JSON.createObjectNode()
                .put("app_id", app)
                .put("identity", "customer " + Math.floorMod(key.hashCode(), 50))
                .put("event", event);
        return post("/api/track", body.put("idempotency_key", key).toString(), "Content-Type", "application/json");
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(node + path))
                .headers(headers)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    /** A question to a node, a database or a broker. */
    interface Question<T> {
        T ask() throws IOException, InterruptedException, SQLException;
    }

    /** Returns when the node knows the App ID: one that was just started reads what it governs within a second. */
    void knowing(String app) throws InterruptedException {
        until(
                answer -> answer.statusCode() == 200,
                Duration.ofSeconds(30),
                "the App ID at this node",
                () -> policy(app));
    }

    /** Asks again and again, and gives the first answer that will do; a failure to connect is no answer. */
    static <T> T until(Predicate<T> enough, Duration patience, String what, Question<T> question)
            throws InterruptedException {
        var first = new CompletableFuture<T>();
        var asking = Executors.newSingleThreadScheduledExecutor();
        var questions =
                asking.scheduleWithFixedDelay(() -> ask(question, enough, first), 0, AGAIN_MS, TimeUnit.MILLISECONDS);
        try {
            return first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("never came: " + what, e);
        } finally {
            questions.cancel(true);
            asking.shutdownNow();
        }
    }

    private static <T> void ask(Question<T> question, Predicate<T> enough, CompletableFuture<T> first) {
        try {
            var answer = question.ask();
            if (enough.test(answer)) {
                first.complete(answer);
            }
        } catch (IOException | SQLException e) {
            // Nobody there: the next question will tell.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            first.completeExceptionally(e);
        }
    }
}
