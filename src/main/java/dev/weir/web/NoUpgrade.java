package dev.weir.web;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Without TLS nobody may leave HTTP/1.1: a proxy that passes an upgrade on would no longer see the requests that follow, and none of
 * its rules would hold for them. HTTP/2 with TLS stays, as browsers speak it.
 */
@ApplicationScoped
class NoUpgrade implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
