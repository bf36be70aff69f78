package dev.weir.console;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Whoever comes to the address of the server alone wants the console. */
@ApplicationScoped
class FrontDoor {

    void register(@Observes Router router) {
        router.get("/")
                .handler(context -> context.response()
                        .setStatusCode(303)
                        .putHeader("Location", "/console")
                        .end());
    }
}
