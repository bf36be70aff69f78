package dev.weir.erasure;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.access.Role;
import dev.weir.environment.App;
import dev.weir.environment.Environments;
import dev.weir.erasure.Erasures.Keyed;
import dev.weir.kernel.AppId;
import dev.weir.web.Paged;
import dev.weir.web.Problem;
import dev.weir.web.ShownOnce;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Erasure keys for programs: which App IDs have one, making one, dropping it. Reads the request, asks {@link Erasures}; decides nothing. */
@Path("/api/v1/erasure/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ErasureKeysResource {

    /** Whether a program may ask with a key of this App ID. Which key it is, says the ETag alone: it is no number to count with. */
    record ShownKey(@JsonProperty("app_id") String app, String environment, String label, boolean made) {}

    /** {@code key} is here this once. */
    record MadeKey(
            @Nullable String key, @JsonProperty("app_id") String app) implements ShownOnce {

        @Override
        public MadeKey without() {
            return new MadeKey(null, app);
        }

        /** Never the key: a record's own would print it. */
        @Override
        public String toString() {
            return "MadeKey";
        }
    }

    private final Erasures erasures;
    private final Environments environments;

    ErasureKeysResource(Erasures erasures, Environments environments) {
        this.erasures = erasures;
        this.environments = environments;
    }

    @GET
    @Operation(summary = "App IDs, and whether they have an erasure key, a page at a time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownKey[].class)))
    public Response list(
            @RestQuery @DefaultValue("") String cursor, @RestQuery @DefaultValue("50") int limit, UriInfo uri) {
        var made = erasures.keys().keySet();
        var apps = environments.list().stream()
                .flatMap(environment -> environment.apps().stream())
                .toList();
        return Paged.answer(
                apps,
                app -> app.id().digits(),
                app -> told(app, made.contains(app.id().digits())),
                cursor,
                limit,
                uri);
    }

    @GET
    @Path("{app}")
    @Operation(summary = "Whether an App ID has an erasure key; its ETag stands for which")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownKey.class)))
    public Response find(@RestPath String app) {
        return shown(found(app));
    }

    @POST
    @Path("{app}")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Make an erasure key for an App ID, in the place of the one that was looked at",
            description = "It is in this answer and nowhere else. Who has it may have anybody deleted: docs/erasure.md."
                    + " If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MadeKey.class)))
    public Response make(@RestPath String app, @HeaderParam("If-Match") @Nullable String match) {
        var id = found(app).id();
        var made = erasures.makeKey(id, seen(match));
        done(made.outcome());
        return Response.ok(new MadeKey(made.key().orElseThrow(), id.digits()))
                .tag(tag(made.version()))
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @Path("{app}")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Drop the erasure key of an App ID",
            description = "Only the one that was looked at. If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownKey.class)))
    public Response drop(@RestPath String app, @HeaderParam("If-Match") @Nullable String match) {
        var here = found(app);
        done(erasures.dropKey(here.id(), seen(match)));
        return shown(here);
    }

    private Response shown(App app) {
        long version = erasures.keys().getOrDefault(app.id().digits(), Erasures.NO_KEY);
        return Response.ok(told(app, version != Erasures.NO_KEY))
                .tag(tag(version))
                .build();
    }

    private static ShownKey told(App app, boolean made) {
        return new ShownKey(app.id().digits(), app.environment().value(), app.label(), made);
    }

    private App found(String app) {
        return Optional.of(app)
                .filter(AppId::valid)
                .flatMap(digits -> environments.find(new AppId(digits)))
                .orElseThrow(() -> problem(Keyed.UNKNOWN));
    }

    private static EntityTag tag(long version) {
        return new EntityTag(Long.toHexString(version));
    }

    /** What is no tag of ours is none that holds now. */
    private static long seen(@Nullable String match) {
        var tag = Versions.tag(match);
        return tag.matches("[0-9a-f]{1,15}|[0-7][0-9a-f]{15}") ? Long.parseLong(tag, 16) : -1;
    }

    private static void done(Keyed outcome) {
        if (outcome != Keyed.DONE) {
            throw problem(outcome);
        }
    }

    private static Problem problem(Keyed outcome) {
        return outcome == Keyed.UNKNOWN
                ? Problem.notFound("There is no such App ID.")
                : Problem.of(412, "Another key was made or dropped meanwhile. Nothing of yours was done.");
    }
}
