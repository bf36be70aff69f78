package dev.weir.web;

import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
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

    // Spelled as bytes once: every answer carries them, an event's as well.
    private static final CharSequence CONTENT_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence DATA_SPELLED = HttpHeaders.createOptimized(DATA);
    private static final CharSequence TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
    private static final CharSequence PERMISSIONS_POLICY = HttpHeaders.createOptimized("Permissions-Policy");
    private static final CharSequence PERMISSIONS =
            HttpHeaders.createOptimized("camera=(), microphone=(), geolocation=(), payment=(), usb=()");

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
        headers.set(CONTENT_POLICY, data(path) ? DATA_SPELLED : contentSecurityPolicy(path));
        headers.set(TYPE_OPTIONS, NOSNIFF);
        headers.set(REFERRER_POLICY, SAME_ORIGIN);
        headers.set(PERMISSIONS_POLICY, PERMISSIONS);
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

    private static boolean data(String path) {
        return path.startsWith("/api/") || path.startsWith("/js/") || path.startsWith("/config/");
    }

    String contentSecurityPolicy(String path) {
        if (data(path)) {
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
