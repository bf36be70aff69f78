package dev.weir.environment;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Paged;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Environments for programs. Reads the request, asks {@link Environments} and {@link UncriticalWishes}; decides nothing. */
@Path(EnvironmentsResource.HOME)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Environments", description = "Where data is kept apart, and the App IDs that send there.")
class EnvironmentsResource {

    static final String HOME = "/api/v1/environments";

    /** Without {@code critical}, one for production is critical and another isn't. */
    record NewEnvironment(
            @Nullable String key,
            @Nullable String name,
            @Nullable String kind,
            @Nullable Boolean critical) {}

    /** What may be changed; key and kind may not. */
    record EnvironmentSettings(
            @Nullable String name, @Nullable Boolean critical) {}

    record WishReason(@Nullable String reason) {}

    /** Somebody who asks that it be critical no longer. */
    record WishBody(String subject, String name, Instant at, String reason) {}

    record ShownEnvironment(
            String key,
            String name,
            String kind,
            boolean critical,
            @JsonProperty("uncritical_asked") @Nullable WishBody uncriticalAsked,
            long version) {}

    private final Environments environments;
    private final UncriticalWishes wishes;
    private final CurrentActor current;

    EnvironmentsResource(Environments environments, UncriticalWishes wishes, CurrentActor current) {
        this.environments = environments;
        this.wishes = wishes;
        this.current = current;
    }

    @GET
    @Operation(summary = "Environments by key, a page at a time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownEnvironment[].class)))
    public Response list(
            @RestQuery @DefaultValue("") String cursor, @RestQuery @DefaultValue("50") int limit, UriInfo uri) {
        return Paged.answer(
                environments.list(), environment -> environment.key().value(), this::told, cursor, limit, uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Make an environment, with one App ID and a policy in force")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ShownEnvironment.class)))
    public Response create(@Nullable NewEnvironment sent) {
        var whole = Optional.ofNullable(sent).orElseThrow(() -> Problem.of(400, "The body is empty."));
        var key = text(whole.key);
        if (!EnvironmentKey.valid(key)) {
            throw problem(Outcome.KEY_WRONG);
        }
        var kind = Kind.of(text(whole.kind)).orElseThrow(() -> problem(Outcome.KIND_WRONG));
        boolean critical = Objects.requireNonNullElse(whole.critical, kind.criticalByDefault());
        done(environments.create(new EnvironmentKey(key), text(whole.name), kind, critical, current.actor()));
        return shown(201, key).location(URI.create(HOME + "/" + key)).build();
    }

    @GET
    @Path("{key}")
    @Operation(summary = "One environment")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownEnvironment.class)))
    public Response find(@RestPath String key) {
        return shown(200, key).build();
    }

    @PUT
    @Path("{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Change name and criticality",
            description = "If-Match carries the ETag that was read. That it be critical no longer is asked for:"
                    + " …/uncritical. Key and kind can't be changed.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownEnvironment.class)))
    public Response change(
            @RestPath String key, @HeaderParam("If-Match") @Nullable String match, @Nullable EnvironmentSettings sent) {
        var here = found(key);
        long version = Versions.read(match);
        var whole = Optional.ofNullable(sent).orElseThrow(() -> Problem.of(400, "The body is empty."));
        boolean critical = Optional.ofNullable(whole.critical)
                .orElseThrow(() -> Problem.of(422, "Say whether it is critical: true or false."));
        done(environments.change(here.key(), text(whole.name), critical, version));
        return shown(200, key).build();
    }

    @POST
    @Path("{key}/uncritical")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Ask that it be critical no longer",
            description = "Another Admin agrees. If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownEnvironment.class)))
    public Response ask(
            @RestPath String key, @HeaderParam("If-Match") @Nullable String match, @Nullable WishReason sent) {
        var here = found(key);
        long version = Versions.read(match);
        return answer(here, wishes.ask(here.key(), sent == null ? "" : text(sent.reason), version));
    }

    @POST
    @Path("{key}/uncritical/agree")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Agree that it be critical no longer",
            description = "Never to one's own wish. If-Match carries the ETag that was read with it.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownEnvironment.class)))
    public Response agree(@RestPath String key, @HeaderParam("If-Match") @Nullable String match) {
        var here = found(key);
        return answer(here, wishes.agree(here.key(), Versions.read(match)));
    }

    @POST
    @Path("{key}/uncritical/decline")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Decline that it be critical no longer, or take one's own wish back",
            description = "If-Match carries the ETag that was read with it.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownEnvironment.class)))
    public Response decline(@RestPath String key, @HeaderParam("If-Match") @Nullable String match) {
        var here = found(key);
        return answer(here, wishes.decline(here.key(), Versions.read(match)));
    }

    private Response answer(Environment environment, UncriticalWishes.Answer answer) {
        if (answer != UncriticalWishes.Answer.DONE) {
            throw Problem.of(answer.status(), answer.words());
        }
        return shown(200, environment.key().value()).build();
    }

    private Environment found(String key) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }

    private Response.ResponseBuilder shown(int status, String key) {
        var environment = found(key);
        return Versions.shown(status, told(environment), environment.version());
    }

    private ShownEnvironment told(Environment environment) {
        return new ShownEnvironment(
                environment.key().value(),
                environment.name(),
                environment.kind().id(),
                environment.critical(),
                wishes.wish(environment.key())
                        .map(wish -> new WishBody(wish.subject(), wish.name(), wish.askedAt(), wish.reason()))
                        .orElse(null),
                environment.version());
    }

    static void done(Outcome outcome) {
        if (outcome != Outcome.DONE) {
            throw problem(outcome);
        }
    }

    static Problem problem(Outcome outcome) {
        return Problem.of(outcome.status(), outcome.words());
    }

    static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
