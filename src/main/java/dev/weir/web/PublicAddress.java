package dev.weir.web;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Under which address people, pages and servers reach this Weir: {@code weir.url}, else what the request names. It is always an
 * origin, so it can stand in code, in a link and in a header; whatever else a {@code Host} header says is not repeated.
 */
@ApplicationScoped
public class PublicAddress {

    /** Host names of containers may have an underscore. */
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

    private final Optional<String> configured;

    /** Stops the start where the setting can't be such an address. */
    PublicAddress(@ConfigProperty(name = "weir.url") Optional<String> url) {
        this.configured = url.map(String::strip).map(PublicAddress::withoutSlash);
        if (configured.filter(address -> !ORIGIN.matcher(address).matches()).isPresent()) {
            throw new IllegalArgumentException("weir.url must be scheme and host, and a port if need be, such as"
                    + " https://weir.example.com: Weir does not work below a path of another site");
        }
    }

    /** Looks at the setting before anybody is served. */
    void start(@Observes StartupEvent started) {}

    /** As configured; empty where every request says it. */
    public Optional<String> configured() {
        return configured;
    }

    /** As the request's sender reaches it. */
    public String of(RoutingContext context) {
        return configured.orElseGet(() -> asNamed(context));
    }

    private static String asNamed(RoutingContext context) {
        var request = context.request();
        var named = request.scheme() + "://" + request.authority();
        return ORIGIN.matcher(named).matches() ? named : request.scheme() + "://" + own(request.localAddress());
    }

    /** Where the connection came in. */
    private static String own(@Nullable SocketAddress here) {
        var address = here == null ? null : here.hostAddress();
        if (here == null || address == null) {
            return "localhost";
        }
        return (address.contains(":") ? "[" + address.replaceFirst("%.*", "") + "]" : address) + ":" + here.port();
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
