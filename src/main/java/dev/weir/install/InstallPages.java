package dev.weir.install;

import dev.weir.access.Role;
import dev.weir.environment.App;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.store.Sighting;
import dev.weir.store.Sightings;
import dev.weir.web.Problem;
import dev.weir.web.PublicAddress;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The code that brings Weir into a page or a server, for one App ID, and whether its first event has come. Changes nothing. */
@Path("/console/{environment}/snippet")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class InstallPages {

    @CheckedTemplate(basePath = "install")
    record snippet(
            Environment environment,
            @Nullable App app,
            List<App> apps,
            String server,
            boolean plain,
            List<Snippets.Code> codes,
            List<Snippets.Code> servers,
            Snippets.@Nullable Code chosen,
            String csp,
            @Nullable Sighting first)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "install")
    record snippet$arrival(
            Environment environment, App app, @Nullable Sighting first) implements TemplateInstance {}

    private static final int LOOK_BACK = 500;

    private final Environments environments;
    private final Sightings sightings;
    private final Snippets snippets;
    private final PublicAddress address;
    private final Clock clock;

    InstallPages(
            Environments environments, Sightings sightings, Snippets snippets, PublicAddress address, Clock clock) {
        this.environments = environments;
        this.sightings = sightings;
        this.snippets = snippets;
        this.address = address;
        this.clock = clock;
    }

    @GET
    public TemplateInstance snippet(
            @RestPath String environment,
            @RestQuery @DefaultValue("") String app,
            @RestQuery @DefaultValue("direct") String way,
            RoutingContext request) {
        var here = environment(environment);
        var working = working(here);
        var server = address.of(request);
        var chosen = working.stream()
                .filter(each -> each.id().digits().equals(app))
                .findFirst()
                .or(() -> working.stream().findFirst());
        if (chosen.isEmpty()) {
            return new snippet(here, null, working, server, false, List.of(), List.of(), null, "", null);
        }
        var id = chosen.get().id();
        var browser = snippets.browser(id, server);
        var servers = snippets.server(id, server, chosen.get().serverKeyRequired());
        var code = java.util.stream.Stream.concat(browser.stream(), servers.stream())
                .filter(each -> each.way().id().equals(way))
                .findFirst()
                .orElse(browser.get(0));
        return new snippet(
                here,
                chosen.get(),
                working,
                server,
                server.startsWith("http:"),
                browser,
                servers,
                code,
                snippets.contentSecurityPolicy(id, server),
                latest(here, chosen.get()).orElse(null));
    }

    /** Asked again and again by the page until something has come. */
    @GET
    @Path("arrival")
    public TemplateInstance arrival(@RestPath String environment, @RestQuery @DefaultValue("") String app) {
        var here = environment(environment);
        var known = here.apps().stream()
                .filter(each -> each.id().digits().equals(app))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such App ID here."));
        return new snippet$arrival(here, known, latest(here, known).orElse(null));
    }

    private Optional<Sighting> latest(Environment environment, App app) {
        return sightings.newest(environment.key(), LOOK_BACK).stream()
                .filter(sighting -> sighting.app().equals(app.id()))
                .findFirst();
    }

    private List<App> working(Environment environment) {
        return environment.working(clock.instant());
    }

    private Environment environment(String key) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
