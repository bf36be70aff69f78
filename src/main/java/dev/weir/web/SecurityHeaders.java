package dev.weir.web;

import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** Puts the protective headers on every response, errors and files included. A response may set a header of its own over them. */
@Singleton
class SecurityHeaders {

    private static final String STRICT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /** What answers data and not pages: even if a browser were to show it as a page, it could do nothing. */
    private static final String DATA = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private static final int BEFORE_EVERYTHING = 1000;

    private final List<PagePolicy> policies;

    SecurityHeaders(@All List<PagePolicy> policies) {
        this.policies = policies;
    }

    void register(@Observes Filters filters) {
        filters.register(this::protect, BEFORE_EVERYTHING);
    }

    private void protect(RoutingContext context) {
        var path = context.normalizedPath();
        var headers = context.response().headers();
        headers.set("Content-Security-Policy", contentSecurityPolicy(path));
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
        if (Console.is(path)) {
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("X-Frame-Options", "DENY");
            headers.set("Cache-Control", "no-store");
        }
        if (Console.secure(context)) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        context.next();
    }

    String contentSecurityPolicy(String path) {
        if (path.startsWith("/api/") || path.startsWith("/js/") || path.startsWith("/config/")) {
            return DATA;
        }
        var own = policies.stream()
                .filter(policy -> path.startsWith(policy.path()))
                .max(Comparator.comparingInt(policy -> policy.path().length()));
        return own.flatMap(PagePolicy::contentSecurityPolicy)
                .orElseGet(() -> STRICT
                        + own.flatMap(PagePolicy::formTarget)
                                .map(target -> " " + target)
                                .orElse(""));
    }
}
