package dev.weir.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.kernel.AppId;
import dev.weir.planes.Planes;
import dev.weir.policy.PublishedPolicies;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The ingestion endpoints, as plain routes: no session, no cookie and no filter of the console touches them. Reads on the event
 * loop, hands over to a worker, writes the answer. Whatever goes wrong is logged by its class alone.
 */
@ApplicationScoped
class IngestRoutes {

    private static final Logger LOG = Logger.getLogger(IngestRoutes.class);

    /**
     * After what protects every answer, and before the server's sign-in: a key of ours is not a credential of its. What it prepares for a
     * request that may have to sign in cost more than all else that is done on the event loop for an event (docs/performance.md).
     */
    static final int ORDER = -500;

    private static final String COLLECT = "/api/collect/";

    // Spelled as bytes once: every answer carries them.
    private static final CharSequence ALLOWED = HttpHeaders.createOptimized("Access-Control-Allow-Origin");
    private static final CharSequence VARY = HttpHeaders.createOptimized("Vary");
    private static final CharSequence ORIGIN = HttpHeaders.createOptimized("Origin");
    private static final CharSequence RESOURCE_POLICY = HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
    private static final CharSequence CROSS_ORIGIN = HttpHeaders.createOptimized("cross-origin");
    private static final CharSequence EXPOSE = HttpHeaders.createOptimized("Access-Control-Expose-Headers");
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
    private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("Cache-Control");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("Content-Type");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized("application/problem+json");
    private static final CharSequence RATE_POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence RATE = HttpHeaders.createOptimized("RateLimit");

    private static final Reply BUSY = Reply.no(Refused.busy(Duration.ofSeconds(1)));

    private final Intake intake;
    private final Workers workers;
    private final Counting counting;
    private final PublishedPolicies policies;
    private final Planes planes;
    private final IngestConfig config;
    private final Vertx vertx;
    private final AtomicLong inFlight = new AtomicLong();
    private final CharSequence ratePolicy;

    /** But that of browsers, which has the App ID in it. */
    private final Map<String, Endpoint> byPath = new HashMap<>();

    IngestRoutes(
            Intake intake,
            Workers workers,
            Counting counting,
            PublishedPolicies policies,
            Planes planes,
            IngestConfig config,
            Vertx vertx) {
        this.intake = intake;
        this.workers = workers;
        this.counting = counting;
        this.policies = policies;
        this.planes = planes;
        this.config = config;
        this.vertx = vertx;
        this.ratePolicy = HttpHeaders.createOptimized(intake.ratePolicy());
        for (Endpoint endpoint : Endpoint.values()) {
            byPath.put(endpoint.path(), endpoint);
        }
    }

    /** One route for all of them: the router would try one after the other, for everybody's requests. */
    void register(@Observes Router router) {
        if (planes.data()) {
            router.route().order(ORDER).handler(this::look);
        }
    }

    private void look(RoutingContext context) {
        var path = context.normalizedPath();
        var known = byPath.get(path);
        if (known == null && path.endsWith("/")) {
            known = byPath.get(path.substring(0, path.length() - 1));
        }
        var app = known == null ? app(path) : null;
        if (known == null && app == null) {
            context.next();
            return;
        }
        var endpoint = known == null ? Endpoint.COLLECT : known;
        var method = context.request().method();
        if (method.equals(HttpMethod.POST)) {
            receive(endpoint, app, context.request());
        } else if (endpoint.door().browser() && method.equals(HttpMethod.OPTIONS)) {
            preflight(app, context.request());
        } else {
            wrongMethod(endpoint, app, context.request());
        }
    }

    private static @Nullable String app(String path) {
        if (!path.startsWith(COLLECT)) {
            return null;
        }
        var app = path.substring(COLLECT.length(), path.endsWith("/") ? path.length() - 1 : path.length());
        return app.isEmpty() || app.indexOf('/') >= 0 ? null : app;
    }

    // ── in
    // ────────────────────────────────────────────────────────────────────────────────────────────────────────────

    private void receive(Endpoint endpoint, @Nullable String app, HttpServerRequest http) {
        var request = request(endpoint, app, http);
        if (endpoint.door().browser()) {
            readable(request, http.response());
        }
        if (workers.full() || intake.full()) {
            // Before a byte of the body is looked at: who comes while there is too much to do must cost next to
            // nothing.
            Receiving.throwAway(http, vertx, config.bodyTimeout().toMillis());
            answer(request, http.response(), BUSY);
            return;
        }
        var loop = vertx.getOrCreateContext();
        int limit = endpoint.door().browser() ? config.collectBytes() : config.serverBytes();
        var receiving = new Receiving[1];
        receiving[0] = new Receiving(
                http,
                limit,
                inFlight,
                config.bytesInFlight(),
                body -> work(request, body, loop, http.response(), receiving[0]),
                why -> refuseUnread(request, http, why));
        receiving[0].start(vertx, config.bodyTimeout().toMillis());
    }

    /** Whoever was too slow to send a body would be too slow to end it. */
    private void refuseUnread(Request request, HttpServerRequest http, Refused why) {
        if (why.status() == Refused.TIMEOUT.status()) {
            http.response().endHandler(sent -> http.connection().close());
        }
        answer(request, http.response(), Reply.no(why));
    }

    private void work(Request request, byte[] body, Context loop, HttpServerResponse response, Receiving receiving) {
        boolean accepted = workers.accept(() -> taken(request, body).whenComplete((reply, failure) -> {
            receiving.release();
            loop.runOnContext(back -> answer(request, response, failure == null ? reply : failed(failure)));
        }));
        if (!accepted) {
            receiving.release();
            answer(request, response, BUSY);
        }
    }

    private CompletionStage<Reply> taken(Request request, byte[] body) {
        try {
            return intake.take(request, body);
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A bug. The message of an exception may quote what came in, so only its class and where it was thrown are told. */
    private static Reply failed(Throwable failure) {
        var trace = failure.getStackTrace();
        LOG.errorf(
                "a request was not taken: %s at %s",
                failure.getClass().getName(), trace.length == 0 ? "an unknown place" : trace[0]);
        return Reply.no(Refused.of(500, "Something is wrong with Weir, not with the request."));
    }

    /** Where a page is from matters to who asks for a browser only. */
    private static Request request(Endpoint endpoint, @Nullable String app, HttpServerRequest http) {
        boolean browser = endpoint.door().browser();
        var authority = browser ? http.authority() : null;
        return new Request(
                endpoint,
                app,
                browser ? origin(http) : null,
                authority == null ? null : authority.toString(),
                Addresses.of(http.remoteAddress()),
                http.getHeader("Authorization"),
                http.getHeader("Content-Encoding"),
                "1".equals(trimmed(http, "Sec-GPC")),
                "1".equals(trimmed(http, "Weir-Explain")),
                System.nanoTime());
    }

    /** Several are none of the App ID's, whichever of them may be. */
    private static @Nullable String origin(HttpServerRequest http) {
        var all = http.headers().getAll("Origin");
        return all.isEmpty() ? null : String.join(", ", all);
    }

    private static @Nullable String trimmed(HttpServerRequest http, String header) {
        var value = http.getHeader(header);
        return value == null ? null : value.strip();
    }

    // ── origins
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    /** Only for pages that are admitted: what another page would ask leave for needs not leave it at all. */
    private void preflight(@Nullable String app, HttpServerRequest http) {
        var response = http.response();
        var request = request(Endpoint.COLLECT, app, http);
        varying(response);
        if (admitted(request)) {
            response.putHeader(ALLOWED, String.valueOf(request.origin()))
                    .putHeader("Access-Control-Allow-Methods", "POST")
                    .putHeader("Access-Control-Allow-Headers", "content-type, content-encoding")
                    .putHeader("Access-Control-Max-Age", "7200");
        }
        counting.answered(request, 204);
        response.setStatusCode(204).end();
    }

    /**
     * Every page may read what became of its batch, one that is not admitted or whose App ID is gone included: a collector that can't
     * would send the batch again without end. Nothing is told that the page did not send, and credentials are never allowed.
     */
    private void readable(Request request, HttpServerResponse response) {
        varying(response);
        response.putHeader(ALLOWED, admitted(request) ? String.valueOf(request.origin()) : "*")
                .putHeader(EXPOSE, RETRY_AFTER);
    }

    private static void varying(HttpServerResponse response) {
        response.putHeader(VARY, ORIGIN).putHeader(RESOURCE_POLICY, CROSS_ORIGIN);
    }

    private boolean admitted(Request request) {
        var app = request.app();
        return app != null
                && request.origin() != null
                && AppId.valid(app)
                && policies.governing(new AppId(app))
                        .filter(known -> Fence.admits(known, request.origin(), request.authority()))
                        .isPresent();
    }

    // ── out
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    private void wrongMethod(Endpoint endpoint, @Nullable String app, HttpServerRequest http) {
        var request = request(endpoint, app, http);
        if (endpoint.door().browser()) {
            readable(request, http.response());
        }
        http.response().putHeader("Allow", "POST");
        problem(request, http.response(), Refused.of(405, "This endpoint takes POST."));
    }

    private void answer(Request request, HttpServerResponse response, Reply reply) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.putHeader(CACHE_CONTROL, NO_STORE);
        reply.match(taken -> taken(request, response, taken), not -> refused(request, response, not));
    }

    private boolean taken(Request request, HttpServerResponse response, Reply.Taken taken) {
        rate(response, taken.rate());
        counting.answered(request, 200);
        response.putHeader(CONTENT_TYPE, JSON).end(Answer.of(taken.dispositions(), taken.explain()));
        return true;
    }

    private boolean refused(Request request, HttpServerResponse response, Reply.Not not) {
        if (not.rate() != null) {
            rate(response, not.rate());
        }
        problem(request, response, not.why());
        return false;
    }

    private void rate(HttpServerResponse response, RateLimits.Standing rate) {
        response.putHeader(RATE_POLICY, ratePolicy).putHeader(RATE, rate.header());
    }

    private void problem(Request request, HttpServerResponse response, Refused why) {
        counting.answered(request, why.status());
        counting.refused(why.status());
        response.setStatusCode(why.status()).putHeader(CONTENT_TYPE, PROBLEM);
        var retryAfter = why.retryAfter();
        if (retryAfter != null) {
            response.putHeader(RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
        }
        if (why.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (why.status() == 413 || why.status() == 408) {
            response.putHeader("Connection", "close");
        }
        response.end(JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", response.getStatusMessage())
                .put("status", why.status())
                .put("detail", why.detail())
                .toString());
    }
}
