package dev.weir.jobs;

import dev.weir.access.Role;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
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
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Jobs as pages: how far they are, without a script by loading again. Reads the request, asks {@link Jobs}; decides nothing. */
@Path("/console/jobs")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class JobPages {

    @CheckedTemplate(basePath = "jobs")
    record jobs(List<JobView> jobs, boolean more, String last) implements TemplateInstance {}

    @CheckedTemplate(basePath = "jobs")
    record job(JobView view) implements TemplateInstance {}

    @CheckedTemplate(basePath = "jobs")
    record job$progress(JobView view) implements TemplateInstance {}

    private final Jobs jobs;
    private final Kinds kinds;

    JobPages(Jobs jobs, Kinds kinds) {
        this.jobs = jobs;
        this.kinds = kinds;
    }

    @GET
    public TemplateInstance list(@RestQuery @DefaultValue("") String before) {
        var found = jobs.list(Place.of(before).orElse(Place.START));
        var last = found.isEmpty() ? "" : Place.of(found.get(found.size() - 1)).word();
        return new jobs(found.stream().map(this::view).toList(), found.size() == Jobs.PAGE, last);
    }

    /** htmx asks for the progress alone. */
    @GET
    @Path("{id}")
    public TemplateInstance one(@RestPath String id, @HeaderParam("HX-Request") @Nullable String htmx) {
        var view = view(jobs.find(id).orElseThrow(() -> Problem.notFound("There is no such job.")));
        return htmx == null ? new job(view) : new job$progress(view);
    }

    @POST
    @Path("{id}/cancel")
    public Response cancel(@RestPath String id) {
        return switch (jobs.cancel(id)) {
            case DONE, OVER ->
                Response.seeOther(URI.create("/console/jobs/" + id)).build();
            case UNKNOWN -> throw Problem.notFound("There is no such job.");
            case NOT_YOURS -> throw Problem.forbidden("Only who asked for it, or an Admin, cancels a job.");
        };
    }

    private JobView view(Job job) {
        return JobView.of(job, kinds.of(job.kind()), jobs.mayCancel(job));
    }
}
