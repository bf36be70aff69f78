package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Policies for programs: in force, drafted, earlier. Reads the request, asks {@link Releases}; decides nothing. */
@Path("/api/v1/policy/{environment}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PolicyResource {

    private static final String HOME = "/api/v1/policy/";

    private final Releases releases;
    private final Environments environments;

    PolicyResource(Releases releases, Environments environments) {
        this.releases = releases;
        this.environments = environments;
    }

    /** What is sent along to publish ({@code version} of the draft) or to roll back ({@code number}, and {@code seen}, the one in force). */
    record Body(
            @Nullable Long version,
            @Nullable Long number,
            @Nullable Long seen,
            @Nullable String reason,
            @Nullable String key) {

        private static final Body EMPTY = new Body(null, null, null, null, null);

        static Body of(@Nullable Body body) {
            return body == null ? EMPTY : body;
        }

        String said() {
            return Objects.requireNonNullElse(reason, "");
        }

        String typed() {
            return Objects.requireNonNullElse(key, "");
        }
    }

    @GET
    public Response inForce(@RestPath String environment) {
        var release = releases.inForce(key(environment)).orElseThrow(() -> Problem.notFound("no policy in force here"));
        return whole(release);
    }

    /** The newest first. The address of the next page is in {@code Link}. */
    @GET
    @Path("revisions")
    public Response revisions(
            @RestPath String environment,
            @RestQuery @DefaultValue("9223372036854775807") long before,
            @RestQuery @DefaultValue("50") int limit) {
        var found = releases.revisions(key(environment), before);
        return Told.page(found, limit, Told::release, HOME + environment + "/revisions", Release::number);
    }

    @GET
    @Path("revisions/{number:\\d+}")
    public Response revision(@RestPath String environment, @RestPath long number) {
        return whole(releases.find(key(environment), number).orElseThrow(() -> Problem.notFound("no such revision")));
    }

    @POST
    @Path("publish")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Publish the draft",
            description = "version is the draft's that was looked at, or else If-Match carries its ETag.")
    public Map<String, @Nullable Object> publish(
            @RestPath String environment, @HeaderParam("If-Match") @Nullable String match, @Nullable Body sent) {
        var place = key(environment);
        var body = Body.of(sent);
        return told(releases.publish(place, Versions.read(body.version(), match), body.said(), body.typed()));
    }

    @POST
    @Path("rollback")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Publish an earlier revision again",
            description = "number is the earlier one, seen the one that was in force when this was decided.")
    public Map<String, @Nullable Object> rollback(@RestPath String environment, @Nullable Body sent) {
        var place = key(environment);
        var body = Body.of(sent);
        return told(releases.restore(
                place,
                Objects.requireNonNullElse(body.number(), -1L),
                Told.seen(body.seen()),
                body.said(),
                body.typed()));
    }

    static Map<String, @Nullable Object> told(Publication became) {
        return became.match(done -> Told.release(done.release()), refused -> {
            throw Asking.problem(refused.why(), refused.diff());
        });
    }

    private Response whole(Release release) {
        var told = Told.release(release);
        told.put("document", releases.document(release).json());
        return Response.ok(told).header("ETag", "\"" + release.hash() + "\"").build();
    }

    private EnvironmentKey key(String environment) {
        return PlaceView.key(environment, environments);
    }
}
