package dev.weir.environment;

import static dev.weir.environment.EnvironmentsResource.done;
import static dev.weir.environment.EnvironmentsResource.problem;
import static dev.weir.environment.EnvironmentsResource.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.access.Role;
import dev.weir.kernel.AppId;
import dev.weir.web.Paged;
import dev.weir.web.Problem;
import dev.weir.web.ShownOnce;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** App IDs for programs. Reads the request, asks {@link AppIds}, puts the outcome into HTTP; decides nothing. */
@Path(EnvironmentsResource.HOME + "/{key}/app-ids")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Environments")
class AppIdsResource {

    record NewApp(@Nullable String label) {}

    /** The whole of what may be changed: an origin that is left out goes. */
    record AppSettings(
            @Nullable String label,
            @Nullable List<@Nullable String> origins,
            @Nullable String reason) {}

    /** For how many days the old one still works. */
    record Overlap(@Nullable Integer days) {}

    /** {@code state} is {@code working}, {@code retiring} or {@code retired}. */
    record ShownApp(
            String id,
            String environment,
            String label,
            List<String> origins,
            @JsonProperty("server_key_required") boolean serverKeyRequired,
            String state,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("retires_at") @Nullable Instant retiresAt,
            long version) {}

    /** {@code server_key} is here this once. */
    record KeyedApp(
            @JsonProperty("server_key") @Nullable String serverKey,
            @JsonProperty("app_id") ShownApp app) implements ShownOnce {

        @Override
        public KeyedApp without() {
            return new KeyedApp(null, app);
        }

        /** Never the key: a record's own would print it. */
        @Override
        public String toString() {
            return "KeyedApp";
        }
    }

    private final Environments environments;
    private final AppIds apps;
    private final Clock clock;

    AppIdsResource(Environments environments, AppIds apps, Clock clock) {
        this.environments = environments;
        this.apps = apps;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "The App IDs of an environment, a page at a time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownApp[].class)))
    public Response list(
            @RestPath String key,
            @RestQuery @DefaultValue("") String cursor,
            @RestQuery @DefaultValue("50") int limit,
            UriInfo uri) {
        return Paged.answer(place(key).apps(), app -> app.id().digits(), this::told, cursor, limit, uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Make another App ID")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ShownApp.class)))
    public Response create(@RestPath String key, @Nullable NewApp sent) {
        return made(key, apps.create(place(key).key(), sent == null ? "" : text(sent.label)));
    }

    @GET
    @Path("{app}")
    @Operation(summary = "One App ID")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownApp.class)))
    public Response find(@RestPath String key, @RestPath String app) {
        return shown(200, found(key, app)).build();
    }

    @PUT
    @Path("{app}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Change what an App ID is for, and its origins",
            description = "If-Match carries the ETag that was read. An origin that is left out goes.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownApp.class)))
    public Response change(
            @RestPath String key,
            @RestPath String app,
            @HeaderParam("If-Match") @Nullable String match,
            @Nullable AppSettings sent) {
        var here = found(key, app);
        long version = Versions.read(match);
        if (sent == null || sent.origins == null) {
            throw Problem.of(422, "Send label and origins, the whole of both.");
        }
        var origins = sent.origins.stream().map(EnvironmentsResource::text).toList();
        done(apps.change(here.id(), text(sent.label), origins, version, text(sent.reason)));
        return shown(200, found(key, app)).build();
    }

    @POST
    @Path("{app}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Make a successor with the same origins and server key",
            description = "The old one works for some days more, 14 unless days says otherwise."
                    + " If-Match carries the ETag of the old one.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ShownApp.class)))
    public Response rotate(
            @RestPath String key,
            @RestPath String app,
            @HeaderParam("If-Match") @Nullable String match,
            @Nullable Overlap sent) {
        var here = found(key, app);
        long version = Versions.read(match);
        long days = Optional.ofNullable(sent)
                .flatMap(overlap -> Optional.ofNullable(overlap.days))
                .map(Integer::longValue)
                .orElse(AppIds.OVERLAP.toDays());
        return made(key, apps.rotate(here.id(), days, version));
    }

    @POST
    @Path("{app}/retire")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Refuse an App ID from now on, for good",
            description = "If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownApp.class)))
    public Response retire(
            @RestPath String key, @RestPath String app, @HeaderParam("If-Match") @Nullable String match) {
        var here = found(key, app);
        done(apps.retire(here.id(), Versions.read(match)));
        return shown(200, found(key, app)).build();
    }

    @POST
    @Path("{app}/server-key")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Require a new key of server calls",
            description = "It is in this answer and nowhere else; the one before means nothing any more."
                    + " If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = KeyedApp.class)))
    public Response requireServerKey(
            @RestPath String key, @RestPath String app, @HeaderParam("If-Match") @Nullable String match) {
        var here = found(key, app);
        var changed = apps.requireServerKey(here.id(), Versions.read(match));
        done(changed.outcome());
        var now = found(key, app);
        return Versions.shownOnce(200, new KeyedApp(changed.made().orElseThrow(), told(now)), now.version())
                .build();
    }

    @DELETE
    @Path("{app}/server-key")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Require no key of server calls any more",
            description = "The reason may be left out. If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownApp.class)))
    public Response dropServerKey(
            @RestPath String key,
            @RestPath String app,
            @RestQuery @DefaultValue("") String reason,
            @HeaderParam("If-Match") @Nullable String match) {
        var here = found(key, app);
        done(apps.dropServerKey(here.id(), Versions.read(match), reason));
        return shown(200, found(key, app)).build();
    }

    private Response made(String key, Changed<AppId> changed) {
        done(changed.outcome());
        var digits = changed.made().orElseThrow().digits();
        return shown(201, found(key, digits))
                .location(URI.create(EnvironmentsResource.HOME + "/" + key + "/app-ids/" + digits))
                .build();
    }

    private Environment place(String key) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }

    private App found(String key, String app) {
        return place(key).app(app).orElseThrow(() -> problem(Outcome.UNKNOWN));
    }

    private Response.ResponseBuilder shown(int status, App app) {
        return Versions.shown(status, told(app), app.version());
    }

    private ShownApp told(App app) {
        return new ShownApp(
                app.id().digits(),
                app.environment().value(),
                app.label(),
                app.origins(),
                app.serverKeyRequired(),
                app.retired(clock.instant()) ? "retired" : app.retiring() ? "retiring" : "working",
                app.createdAt(),
                app.retiresAt().orElse(null),
                app.version());
    }
}
