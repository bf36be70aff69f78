package dev.weir.web;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Nobody leaves HTTP/1.1. Without TLS, a proxy that passes an upgrade on would no longer see the requests that follow, and none of its
 * rules would hold for them. With TLS, many requests on one connection would share its end: what a slow one deserves would hit the
 * others, and no limit here counts streams. Whoever wants HTTP/2 has a proxy in front that speaks it.
 */
@ApplicationScoped
class NoUpgrade implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setUseAlpn(false);
    }
}
