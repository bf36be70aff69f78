package dev.weir.snippet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.kernel.AppId;
import dev.weir.planes.Planes;
import dev.weir.policy.GovernedApp;
import dev.weir.policy.PublishedPolicies;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What pages load, from memory, for anybody: it holds nothing but rules. A script that does not exist is answered by a comment,
 * because a page that still carries the address of a retired App ID must go on working.
 */
@ApplicationScoped
class SnippetRoutes {

    private static final Logger LOG = Logger.getLogger(SnippetRoutes.class);

    /** Like the ingestion routes: after what protects every answer, before the server's sign-in. */
    private static final int ORDER = -500;

    private static final String FRESH = "public, max-age=60, stale-while-revalidate=86400";

    private final PublishedPolicies policies;
    private final Scripts scripts;
    private final Planes planes;
    private final Vertx vertx;

    SnippetRoutes(PublishedPolicies policies, Scripts scripts, Planes planes, Vertx vertx) {
        this.policies = policies;
        this.scripts = scripts;
        this.planes = planes;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        if (!planes.data()) {
            return;
        }
        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD}) {
            router.routeWithRegex(method, "/js/heap-(?<app>[^/]{1,64})\\.js")
                    .order(ORDER)
                    .handler(this::script);
            router.route(method, "/config/:app/heap_config.js").order(ORDER).handler(this::script);
            router.route(method, "/api/policy/:app").order(ORDER).handler(this::policy);
        }
    }

    private void script(RoutingContext context) {
        var app = app(context);
        if (app.isEmpty()) {
            common(context.response(), "text/javascript; charset=utf-8")
                    .setStatusCode(policies.loaded() ? 404 : 503)
                    .putHeader("Cache-Control", "no-store")
                    .end("/* Weir: nothing is captured here, there is no such App ID. */\n");
            return;
        }
        var ready = scripts.ready(app.get());
        if (ready.isPresent()) {
            script(context, ready.get());
        } else {
            vertx.executeBlocking(() -> scripts.make(app.get()), false)
                    .onSuccess(made -> script(context, made))
                    .onFailure(failure -> failed(context, failure));
        }
    }

    private static void script(RoutingContext context, Packed packed) {
        var coding = packed.best(context.request().getHeader("Accept-Encoding"));
        var response = common(context.response(), "text/javascript; charset=utf-8");
        response.putHeader("Vary", "Accept-Encoding");
        if (coding != Coding.IDENTITY) {
            response.putHeader("Content-Encoding", coding.token());
        }
        send(context, packed.tag(coding), packed.body(coding));
    }

    private void policy(RoutingContext context) {
        var app = app(context);
        if (app.isEmpty()) {
            problem(context.response(), policies.loaded() ? 404 : 503);
            return;
        }
        common(context.response(), "application/json");
        var document = app.get().policy().document().canonical();
        send(context, "\"" + app.get().revision().hash() + "\"", Buffer.buffer(document));
    }

    private Optional<GovernedApp> app(RoutingContext context) {
        return Optional.ofNullable(context.pathParam("app"))
                .filter(AppId::valid)
                .flatMap(digits -> policies.governing(new AppId(digits)));
    }

    private static void send(RoutingContext context, String tag, Buffer body) {
        var response = context.response();
        response.putHeader("ETag", tag).putHeader("Cache-Control", FRESH);
        if (IfNoneMatch.of(context.request().getHeader("If-None-Match")).holds(tag)) {
            response.headers().remove("Content-Encoding");
            response.headers().remove("Content-Type");
            response.setStatusCode(304).end();
        } else if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", String.valueOf(body.length())).end();
        } else {
            response.end(body);
        }
    }

    private static HttpServerResponse common(HttpServerResponse response, String type) {
        return response.putHeader("Content-Type", type)
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
                .putHeader("Timing-Allow-Origin", "*")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    private static void problem(HttpServerResponse response, int status) {
        common(response, "application/problem+json").setStatusCode(status).putHeader("Cache-Control", "no-store");
        response.end(JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", response.getStatusMessage())
                .put("status", status)
                .put("detail", status == 404 ? "There is no such App ID." : "No policy has been read yet.")
                .toString());
    }

    private static void failed(RoutingContext context, Throwable failure) {
        LOG.errorf("a script was not made: %s", failure.getClass().getName());
        problem(context.response(), 500);
    }
}
