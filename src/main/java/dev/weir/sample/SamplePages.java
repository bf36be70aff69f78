package dev.weir.sample;

import dev.weir.environment.App;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;

/** A small shop that is full of planted personal data, under Development's snippet. It keeps nothing and reads no form. */
@Path("/sample")
@PermitAll
class SamplePages {

    @CheckedTemplate(basePath = "sample")
    record shop(String base, boolean app, View view, String environment) implements TemplateInstance {}

    private static final String DOCUMENTS = "/sample";
    private static final String ROUTES = "/sample/app";

    /** Where a form of this careless shop leads: its answer puts planted values into the address. */
    private static final Map<String, String> AFTER = Map.of(
            "sign-up", "/welcome?email=jane.doe%40example.com&session_id=s-4b1f0c77d2&plan=basic",
            "checkout",
                    "/thanks?order=WR-20417&card=4111111111111111&token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl");

    private final Environments environments;
    private final SampleConfig config;
    private final Clock clock;

    SamplePages(Environments environments, SampleConfig config, Clock clock) {
        this.environments = environments;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance home() {
        return page(DOCUMENTS, "");
    }

    @GET
    @Path("{path: .+}")
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page(@RestPath String path) {
        return path.equals("app") || path.startsWith("app/")
                ? page(ROUTES, path.substring(Math.min(path.length(), "app/".length())))
                : page(DOCUMENTS, path);
    }

    @POST
    @Path("{form: sign-up|checkout}")
    public Response sent(@RestPath String form) {
        open();
        return Response.seeOther(URI.create(DOCUMENTS + AFTER.get(form))).build();
    }

    @POST
    @Path("app/{form: sign-up|checkout}")
    public Response sentFromApp(@RestPath String form) {
        open();
        return Response.seeOther(URI.create(ROUTES + AFTER.get(form))).build();
    }

    /** The snippet as a file of its own, because this shop's content security policy allows no inline script. */
    @GET
    @Path("weir.js")
    @Produces("text/javascript")
    public Response snippet() {
        open();
        var app = development().flatMap(this::working);
        var code = app.map(found -> loader() + "heap.load(\"" + found.id() + "\",{});")
                .orElse("console.warn(\"Weir: no Development environment with a working App ID\");");
        return Response.ok(code).header("Cache-Control", "no-cache").build();
    }

    private TemplateInstance page(String base, String path) {
        open();
        var view = View.at(path).orElseThrow(() -> Problem.notFound("The sample shop has no such page."));
        var environment = development().map(found -> found.key().value()).orElse("development");
        return new shop(base, base.equals(ROUTES), view, environment);
    }

    private void open() {
        if (!config.enabled()) {
            throw Problem.notFound("There is no such page.");
        }
    }

    private Optional<Environment> development() {
        return environments.list().stream()
                .filter(environment -> environment.kind() == Kind.DEVELOPMENT)
                .findFirst();
    }

    private Optional<App> working(Environment environment) {
        return environment.working(clock.instant()).stream().findFirst();
    }

    /** The same loader as on the snippet page; served by this server, so its own origin is the right one. */
    private static String loader() {
        try (var in = SamplePages.class.getResourceAsStream("/snippet/loader.js")) {
            if (in == null) {
                throw new IllegalStateException("the build lacks the loader");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\"__WEIR__\"", "location.origin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
