package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.EventFile;
import dev.weir.simulation.Simulation;
import dev.weir.simulation.Simulations;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Trying a change on events, for programs. Reads the request, asks {@link Simulations}; decides nothing. */
@Path("/api/v1/policy/{environment}/simulate")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class SimulateResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final int EVENTS = 10_000;

    private final Simulations simulations;
    private final Trials trials;
    private final Environments environments;

    SimulateResource(Simulations simulations, Trials trials, Environments environments) {
        this.simulations = simulations;
        this.trials = trials;
        this.environments = environments;
    }

    /** What is sent along: a change request instead of the draft; how many of the newest recorded events. */
    record Body(@Nullable Long request, @Nullable Integer events) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response recorded(@RestPath String environment, @Nullable Body sent) {
        var body = sent == null ? new Body(null, null) : sent;
        var question = trials.question(key(environment), Objects.requireNonNullElse(body.request(), 0L));
        return accepted(simulations.onRecorded(question, Objects.requireNonNullElse(body.events(), EVENTS)));
    }

    /** The body is the file. */
    @POST
    @Path("file")
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response file(
            @RestPath String environment, @RestQuery @DefaultValue("0") long request, byte @Nullable [] file) {
        var question = trials.question(key(environment), request);
        if (simulations.full()) {
            throw Problem.of(429, Trials.FULL);
        }
        var content = EventFile.read(file == null ? new byte[0] : file);
        if (!content.readable()) {
            throw Problem.of(422, content.objection());
        }
        return accepted(simulations.onFile(question, content.events()));
    }

    @GET
    @Path("{id}")
    public Map<String, @Nullable Object> one(@RestPath String environment, @RestPath String id) {
        return told(simulations.find(key(environment), id));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Map<String, @Nullable Object> cancel(@RestPath String environment, @RestPath String id) {
        var place = key(environment);
        return switch (simulations.cancel(place, id)) {
            case DONE, OVER, UNKNOWN -> told(simulations.find(place, id));
            case NOT_YOURS -> throw Problem.forbidden(Trials.NOT_YOURS);
        };
    }

    private static Response accepted(Optional<Simulation> started) {
        var simulation = started.orElseThrow(() -> Problem.of(429, Trials.FULL));
        return Response.status(Response.Status.ACCEPTED)
                .location(URI.create("/api/v1/policy/" + simulation.environment() + "/simulate/" + simulation.id()))
                .entity(told(simulation))
                .build();
    }

    private static Map<String, @Nullable Object> told(Optional<Simulation> found) {
        return told(found.orElseThrow(() -> Problem.notFound("There is no such simulation.")));
    }

    private static Map<String, @Nullable Object> told(Simulation simulation) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("id", simulation.id());
        told.put("environment", simulation.environment().value());
        told.put("request", simulation.request().orElse(null));
        told.put("hash", simulation.hash());
        told.put("base", simulation.base());
        told.put("uploaded", simulation.uploaded());
        told.put("state", simulation.state().id());
        told.put("wanted", simulation.wanted());
        told.put("looked", simulation.looked());
        told.put("askedAt", simulation.askedAt().toString());
        told.put("endedAt", simulation.endedAt().map(Object::toString).orElse(null));
        told.put("effect", simulation.effect().orElse(null));
        return told;
    }

    private EnvironmentKey key(String environment) {
        return PlaceView.key(environment, environments);
    }
}
