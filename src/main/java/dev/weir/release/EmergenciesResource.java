package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Emergencies.Plea;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Emergencies for programs. Reads the request, asks {@link Emergencies}; decides nothing. */
@Path("/api/v1/policy/{environment}/emergencies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class EmergenciesResource {

    private static final int MOST = 50;

    private final Emergencies emergencies;
    private final Environments environments;

    EmergenciesResource(Emergencies emergencies, Environments environments) {
        this.emergencies = emergencies;
        this.environments = environments;
    }

    /** What is sent along: each operation takes what it needs of it. A restore names {@code restores} and {@code seen}. */
    record Body(
            @Nullable Long version,
            @Nullable Long restores,
            @Nullable Long seen,
            @Nullable Integer days,
            @Nullable String reason,
            @Nullable String key) {

        static Body of(@Nullable Body body) {
            return body == null ? new Body(null, null, null, null, null, null) : body;
        }

        String said() {
            return Objects.requireNonNullElse(reason, "");
        }
    }

    /** The newest first. The address of the next page is in {@code Link}. */
    @GET
    public Response list(
            @RestPath String environment,
            @RestQuery @DefaultValue("9223372036854775807") long before,
            @RestQuery @DefaultValue("10") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.of(400, "The limit is 1 to " + MOST + ".");
        }
        var place = key(environment);
        var found = emergencies.before(place, before, limit + 1);
        var answer = Response.ok(
                found.stream().limit(limit).map(EmergenciesResource::told).toList());
        if (found.size() > limit) {
            long last = found.get(limit - 1).revision();
            answer.header(
                    "Link",
                    "</api/v1/policy/" + place + "/emergencies?before=" + last + "&limit=" + limit + ">; rel=\"next\"");
        }
        return answer.build();
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Publish a loosening alone, for a while",
            description =
                    "version is the draft's that was looked at, or else If-Match carries its ETag; with restores, seen is the"
                            + " revision that was in force.")
    public Map<String, @Nullable Object> publish(
            @RestPath String environment, @HeaderParam("If-Match") @Nullable String match, @Nullable Body sent) {
        var place = key(environment);
        var body = Body.of(sent);
        var plea = new Plea(
                body.said(), Objects.requireNonNullElse(body.days(), 0), Objects.requireNonNullElse(body.key(), ""));
        return PolicyResource.told(
                body.restores() == null
                        ? emergencies.publish(place, Versions.read(body.version(), match), plea)
                        : emergencies.restore(place, body.restores(), Told.seen(body.seen()), plea));
    }

    @POST
    @Path("{number:\\d+}/review")
    @RolesAllowed(Role.ADMIN)
    public Map<String, @Nullable Object> review(
            @RestPath String environment, @RestPath long number, @Nullable Body sent) {
        var place = key(environment);
        emergencies.review(place, number, Body.of(sent).said()).ifPresent(why -> {
            throw Asking.problem(why);
        });
        return told(emergencies.find(place, number).orElseThrow());
    }

    private static Map<String, @Nullable Object> told(Emergency emergency) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("environment", emergency.environment().value());
        told.put("revision", emergency.revision());
        told.put("publishedBy", Told.person(emergency.publishedBy()));
        told.put("publishedAt", emergency.publishedAt().toString());
        told.put(
                "reviewedBy",
                emergency.review().map(review -> Told.person(review.by())).orElse(null));
        told.put(
                "reviewedAt",
                emergency.review().map(review -> review.at().toString()).orElse(null));
        told.put("review", emergency.review().map(Emergency.Review::words).orElse(null));
        return told;
    }

    private EnvironmentKey key(String environment) {
        return PlaceView.key(environment, environments);
    }
}
