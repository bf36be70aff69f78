package dev.weir.web;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites from acting through a person's browser: whatever changes something under {@code /console} must come from a
 * page of this origin, as a form, with the token of {@link Csrf}; signing in included. It never looks at any other path.
 */
class CrossSiteFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OUR_OWN = Set.of("same-origin", "none");

    private final Csrf csrf;

    CrossSiteFilter(Csrf csrf) {
        this.csrf = csrf;
    }

    @ServerRequestFilter(preMatching = true)
    public void onlyOurOwnForms(ContainerRequestContext request, RoutingContext context) {
        if (!concerns(request, context)) {
            return;
        }
        if (!ourOwn(request)) {
            throw Problem.forbidden("This request came from another site. Open the page in Weir and try again.");
        }
        if (!form(request)) {
            throw Problem.of(415, "The console takes forms only.");
        }
    }

    @WithFormRead
    @ServerRequestFilter
    public void onlyWithToken(ResteasyReactiveContainerRequestContext request, RoutingContext context) {
        if (concerns(request, context) && !csrf.matches(sent(request))) {
            throw Problem.forbidden(
                    "The form is too old or was not made by Weir. Load the page again and repeat the change.");
        }
    }

    private static boolean concerns(ContainerRequestContext request, RoutingContext context) {
        return Console.is(context) && !READING.contains(request.getMethod());
    }

    /** What the browser says about who is asking: a page can't forge either header. Programs send neither, and hold no one's cookies. */
    private static boolean ourOwn(ContainerRequestContext request) {
        var site = request.getHeaderString("Sec-Fetch-Site");
        if (site != null) {
            return OUR_OWN.contains(site);
        }
        var origin = request.getHeaderString("Origin");
        return origin == null || authority(origin).equals(request.getHeaderString(HttpHeaders.HOST));
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean form(ContainerRequestContext request) {
        var type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return request.getHeaderString(Csrf.HEADER) != null;
        }
        var lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith(MediaType.APPLICATION_FORM_URLENCODED)
                || lower.startsWith(MediaType.MULTIPART_FORM_DATA);
    }

    private static @Nullable String sent(ResteasyReactiveContainerRequestContext request) {
        var header = request.getHeaderString(Csrf.HEADER);
        if (header != null) {
            return header;
        }
        var context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        return context.getFormParameter(Csrf.PARAMETER, true, false) instanceof String text ? text : null;
    }
}
