package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Emergencies.Plea;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Emergencies for programs. Reads the request, asks {@link Emergencies}; decides nothing. */
@Path("/api/v1/policy/{environment}/emergencies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class EmergenciesResource {

    private final Emergencies emergencies;
    private final Environments environments;
    private final CurrentActor current;

    EmergenciesResource(Emergencies emergencies, Environments environments, CurrentActor current) {
        this.emergencies = emergencies;
        this.environments = environments;
        this.current = current;
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

    @GET
    public List<Map<String, @Nullable Object>> list(@RestPath String environment) {
        return emergencies.of(key(environment)).stream()
                .map(EmergenciesResource::told)
                .toList();
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    public Map<String, @Nullable Object> publish(@RestPath String environment, @Nullable Body sent) {
        var body = Body.of(sent);
        var plea = new Plea(
                body.said(), Objects.requireNonNullElse(body.days(), 0), Objects.requireNonNullElse(body.key(), ""));
        return PolicyResource.told(
                body.restores() == null
                        ? emergencies.publish(key(environment), Objects.requireNonNullElse(body.version(), -1L), plea)
                        : emergencies.restore(
                                key(environment), body.restores(), Objects.requireNonNullElse(body.seen(), -1L), plea));
    }

    @POST
    @Path("{number:\\d+}/review")
    @RolesAllowed(Role.ADMIN)
    public Map<String, @Nullable Object> review(
            @RestPath String environment, @RestPath long number, @Nullable Body sent) {
        var place = key(environment);
        emergencies.review(place, number, Body.of(sent).said()).ifPresent(why -> {
            throw Problem.of(WhyWords.status(why), WhyWords.of(why));
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
        return PlaceView.of(environment, environments, current).key();
    }
}
