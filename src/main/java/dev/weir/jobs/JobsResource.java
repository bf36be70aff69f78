package dev.weir.jobs;

import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Jobs for programs. Reads the request, asks {@link Jobs}; decides nothing. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class JobsResource {

    private final Jobs jobs;

    JobsResource(Jobs jobs) {
        this.jobs = jobs;
    }

    /** The newest first. The address of the next page is in {@code Link}. */
    @GET
    public Response list(
            @RestQuery @DefaultValue("") String before, @RestQuery @DefaultValue("" + Jobs.PAGE) int limit) {
        if (limit < 1 || limit > Jobs.PAGE) {
            throw Problem.of(400, "The limit is 1 to " + Jobs.PAGE + ".");
        }
        var start = Place.of(before).orElseThrow(() -> Problem.of(400, "This is no place that was given out."));
        var found = jobs.list(start).stream().limit(limit).toList();
        var answer = Response.ok(found.stream().map(JobsResource::told).toList());
        if (found.size() == limit) {
            var last = Place.of(found.get(limit - 1)).word();
            answer.header("Link", "</api/v1/jobs?before=" + last + "&limit=" + limit + ">; rel=\"next\"");
        }
        return answer.build();
    }

    @GET
    @Path("{id}")
    public Map<String, @Nullable Object> one(@RestPath String id) {
        return told(jobs.find(id).orElseThrow(() -> Problem.notFound("There is no such job.")));
    }

    @POST
    @Path("{id}/cancel")
    public Map<String, @Nullable Object> cancel(@RestPath String id) {
        return switch (jobs.cancel(id)) {
            case DONE -> one(id);
            case OVER -> throw Problem.of(409, "The job is over.");
            case UNKNOWN -> throw Problem.notFound("There is no such job.");
            case NOT_YOURS -> throw Problem.forbidden("Only who asked for it, or an Admin, cancels a job.");
        };
    }

    private static Map<String, @Nullable Object> told(Job job) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("id", job.id());
        told.put("kind", job.kind());
        told.put("environment", job.environment().map(EnvironmentKey::value).orElse(null));
        told.put("state", job.state().id());
        told.put("done", job.done());
        told.put("total", job.total().orElse(null));
        told.put("counts", job.counts());
        told.put("askedBy", job.askedBy());
        told.put("askedAt", job.askedAt().toString());
        told.put("startedAt", job.startedAt().map(Instant::toString).orElse(null));
        told.put("endedAt", job.endedAt().map(Instant::toString).orElse(null));
        return told;
    }
}
