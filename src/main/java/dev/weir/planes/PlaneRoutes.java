package dev.weir.planes;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers 404 for whatever belongs to the control plane where that is not started, which is everything but health, metrics and the
 * routes of the data plane. Those are asked before this one, and are registered only where their own plane is started.
 */
@ApplicationScoped
class PlaneRoutes {

    /** After the routes of the data plane, before everything else that answers. */
    private static final int ORDER = -2;

    private final Planes planes;

    PlaneRoutes(Planes planes) {
        this.planes = planes;
    }

    void register(@Observes Router router) {
        if (!planes.control()) {
            router.route().order(ORDER).handler(PlaneRoutes::onlyForOperators);
        }
    }

    private static void onlyForOperators(RoutingContext context) {
        var path = context.normalizedPath();
        if (path.equals("/q/health") || path.startsWith("/q/health/") || path.equals("/q/metrics")) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(404)
                    .putHeader("Content-Type", "application/problem+json")
                    .putHeader("Cache-Control", "no-store")
                    .end("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}");
        }
    }
}
