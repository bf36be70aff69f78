package dev.weir.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.kernel.AppId;
import dev.weir.planes.Planes;
import dev.weir.policy.PublishedPolicies;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
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

    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private static final String PROBLEM = "application/problem+json";

    private static final Reply BUSY = Reply.no(Refused.busy(Duration.ofSeconds(1)));

    private final Intake intake;
    private final Workers workers;
    private final Counting counting;
    private final PublishedPolicies policies;
    private final Planes planes;
    private final IngestConfig config;
    private final Vertx vertx;
    private final AtomicLong inFlight = new AtomicLong();

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
    }

    void register(@Observes Router router) {
        if (!planes.data()) {
            return;
        }
        for (Endpoint endpoint : Endpoint.values()) {
            router.route(HttpMethod.POST, endpoint.path()).order(ORDER).handler(context -> receive(endpoint, context));
            if (endpoint.door().browser()) {
                router.route(HttpMethod.OPTIONS, endpoint.path()).order(ORDER).handler(this::preflight);
            }
            router.route(endpoint.path()).order(ORDER).handler(context -> wrongMethod(endpoint, context));
        }
    }

    // ── in
    // ────────────────────────────────────────────────────────────────────────────────────────────────────────────

    private void receive(Endpoint endpoint, RoutingContext context) {
        var http = context.request();
        var request = request(endpoint, context);
        if (endpoint.door().browser()) {
            readable(request, http.response());
        }
        if (workers.full() || intake.full()) {
            // Before a byte of the body is looked at: who comes while there is too much to do must cost next to
            // nothing.
            Receiving.throwAway(http, vertx, config.bodyTimeout().toMillis());
            answer(http.response(), BUSY);
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
                why -> refuseUnread(http, why));
        receiving[0].start(vertx, config.bodyTimeout().toMillis());
    }

    /** Whoever was too slow to send a body would be too slow to end it. */
    private void refuseUnread(HttpServerRequest http, Refused why) {
        if (why.status() == Refused.TIMEOUT.status()) {
            http.response().endHandler(sent -> http.connection().close());
        }
        answer(http.response(), Reply.no(why));
    }

    private void work(Request request, byte[] body, Context loop, HttpServerResponse response, Receiving receiving) {
        boolean accepted = workers.accept(() -> taken(request, body).whenComplete((reply, failure) -> {
            receiving.release();
            loop.runOnContext(back -> answer(response, failure == null ? reply : failed(failure)));
        }));
        if (!accepted) {
            receiving.release();
            answer(response, BUSY);
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

    private static Request request(Endpoint endpoint, RoutingContext context) {
        var http = context.request();
        var authority = http.authority();
        return new Request(
                endpoint,
                context.pathParam("app"),
                origin(http),
                authority == null ? null : authority.toString(),
                Addresses.of(http.remoteAddress()),
                http.getHeader("Authorization"),
                http.getHeader("Content-Encoding"),
                "1".equals(trimmed(http, "Sec-GPC")),
                "1".equals(trimmed(http, "Weir-Explain")));
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
    private void preflight(RoutingContext context) {
        var response = context.response();
        var request = request(Endpoint.COLLECT, context);
        varying(response);
        if (admitted(request)) {
            response.putHeader(ALLOWED, String.valueOf(request.origin()))
                    .putHeader("Access-Control-Allow-Methods", "POST")
                    .putHeader("Access-Control-Allow-Headers", "content-type, content-encoding")
                    .putHeader("Access-Control-Max-Age", "7200");
        }
        response.setStatusCode(204).end();
    }

    /**
     * Every page may read what became of its batch, one that is not admitted or whose App ID is gone included: a collector that can't
     * would send the batch again without end. Nothing is told that the page did not send, and credentials are never allowed.
     */
    private void readable(Request request, HttpServerResponse response) {
        varying(response);
        response.putHeader(ALLOWED, admitted(request) ? String.valueOf(request.origin()) : "*")
                .putHeader("Access-Control-Expose-Headers", "Retry-After");
    }

    private static void varying(HttpServerResponse response) {
        response.putHeader("Vary", "Origin").putHeader("Cross-Origin-Resource-Policy", "cross-origin");
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

    private void wrongMethod(Endpoint endpoint, RoutingContext context) {
        if (endpoint.door().browser()) {
            readable(request(endpoint, context), context.response());
        }
        context.response().putHeader("Allow", "POST");
        problem(context.response(), Refused.of(405, "This endpoint takes POST."));
    }

    private void answer(HttpServerResponse response, Reply reply) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        reply.match(taken -> taken(response, taken), not -> refused(response, not));
    }

    private boolean taken(HttpServerResponse response, Reply.Taken taken) {
        rate(response, taken.rate());
        response.putHeader("Content-Type", "application/json")
                .end(Answer.of(taken.dispositions(), taken.explain()).toString());
        return true;
    }

    private boolean refused(HttpServerResponse response, Reply.Not not) {
        if (not.rate() != null) {
            rate(response, not.rate());
        }
        problem(response, not.why());
        return false;
    }

    private void rate(HttpServerResponse response, RateLimits.Standing rate) {
        response.putHeader("RateLimit-Policy", intake.ratePolicy()).putHeader("RateLimit", rate.header());
    }

    private void problem(HttpServerResponse response, Refused why) {
        counting.refused(why.status());
        response.setStatusCode(why.status()).putHeader("Content-Type", PROBLEM);
        var retryAfter = why.retryAfter();
        if (retryAfter != null) {
            response.putHeader("Retry-After", String.valueOf(Math.max(1, retryAfter.toSeconds())));
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
