package dev.weir.install;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.access.Role;
import dev.weir.environment.App;
import dev.weir.environment.Environments;
import dev.weir.kernel.CanonicalJson;
import dev.weir.web.Problem;
import dev.weir.web.PublicAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The code that brings Weir into a page or a server, for programs. Reads the request, asks {@link Snippets}; changes nothing. */
@Path("/api/v1/snippets/{environment}/{app}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Snippets", description = "The code that brings Weir into a page or a server.")
class SnippetsResource {

    /** Code of one way; {@code where} is {@code browser} or {@code server}. */
    record SnippetBody(String way, String where, String title, String hint, String code) {

        static SnippetBody of(String where, Snippets.Code code) {
            var way = code.way();
            return new SnippetBody(way.id(), where, way.title(), way.hint(), code.text());
        }
    }

    /** {@code content_security_policy} is what the site's own has to allow. */
    record SnippetsBody(
            @JsonProperty("app_id") String app,
            String environment,
            String server,
            @JsonProperty("content_security_policy") String policy,
            List<SnippetBody> snippets) {}

    private final Environments environments;
    private final Snippets snippets;
    private final PublicAddress address;
    private final Clock clock;

    SnippetsResource(Environments environments, Snippets snippets, PublicAddress address, Clock clock) {
        this.environments = environments;
        this.snippets = snippets;
        this.address = address;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "All code for one App ID",
            description =
                    "The ways are those of the page Snippet. No secret is in them: where a server key belongs, the code reads it"
                            + " from the environment.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SnippetsBody.class)))
    public Response all(@RestPath String environment, @RestPath String app, @Context RoutingContext context) {
        var body = body(environment, app, context);
        var text = body.snippets().stream().map(SnippetBody::code).collect(Collectors.joining("\n"));
        return Response.ok(body).tag(tag(text + body.policy())).build();
    }

    @GET
    @Path("{way}")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "The code of one way, as text")
    public Response one(
            @RestPath String environment, @RestPath String app, @RestPath String way, @Context RoutingContext context) {
        var code = body(environment, app, context).snippets().stream()
                .filter(snippet -> snippet.way().equals(way))
                .map(SnippetBody::code)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such way."));
        return Response.ok(code + "\n").tag(tag(code)).build();
    }

    private SnippetsBody body(String environment, String digits, RoutingContext context) {
        var app = working(environment, digits);
        var server = address.of(context);
        var codes = Stream.concat(
                        snippets.browser(app.id(), server).stream().map(code -> SnippetBody.of("browser", code)),
                        snippets.server(app.id(), server, app.serverKeyRequired()).stream()
                                .map(code -> SnippetBody.of("server", code)))
                .toList();
        return new SnippetsBody(
                app.id().digits(),
                app.environment().value(),
                server,
                snippets.contentSecurityPolicy(app.id(), server),
                codes);
    }

    /** Code for one that is refused would only do harm. */
    private App working(String environment, String digits) {
        return environments
                .named(environment)
                .flatMap(here -> here.app(digits))
                .filter(app -> !app.retired(clock.instant()))
                .orElseThrow(() -> Problem.notFound("There is no such App ID at work in this environment."));
    }

    private static EntityTag tag(String text) {
        return new EntityTag(CanonicalJson.sha256(text));
    }
}
