package dev.weir.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Refuses what a proxy before us may have cut into requests in another way than we do. The server itself refuses most of it; what it
 * would overlook is a transfer coding that it doesn't know.
 */
@ApplicationScoped
class Framing {

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::look);
    }

    private void look(RoutingContext context) {
        var codings = context.request().headers().getAll("Transfer-Encoding");
        if (codings.isEmpty() || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
            context.next();
            return;
        }
        // Where the next request begins is not known, so there is none: an answer would let the server go on to it.
        context.request().connection().close();
    }
}
