package dev.weir.access;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** The identity provider, when there is one. */
@ApplicationScoped
class Provider {

    URI signOut(RoutingContext context) {
        return URI.create("/console");
    }
}
