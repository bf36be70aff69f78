package dev.weir.erasure;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.jobs.Job;
import dev.weir.web.Moments;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Applying rules to what is stored, as a page. Reads the request, asks {@link Redactions}; decides nothing. */
@Path("/console/{environment}/redaction")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class RedactionPages {

    /** One count or application. */
    record Line(
            String id,
            String when,
            String by,
            String what,
            String state,
            long redacted,
            long deleted,
            long known,
            boolean ready) {}

    @CheckedTemplate(basePath = "erasure")
    record redaction(
            Environment place,
            String oldestKept,
            String oldestQuarantined,
            List<Line> lines,
            boolean counting,
            boolean admin,
            long asked,
            long inForce,
            String refused)
            implements TemplateInstance {}

    private final Redactions redactions;
    private final Environments environments;
    private final CurrentActor current;

    RedactionPages(Redactions redactions, Environments environments, CurrentActor current) {
        this.redactions = redactions;
        this.environments = environments;
        this.current = current;
    }

    /** {@code revision}: whoever comes here wants to have that one applied. */
    @GET
    public TemplateInstance show(@RestPath String environment, @RestQuery @DefaultValue("0") long revision) {
        return page(place(environment), revision, "");
    }

    @POST
    @Path("count")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response count(@RestPath String environment, @RestForm @DefaultValue("0") long revision) {
        var place = place(environment);
        return answer(place, redactions.count(place.key(), revision));
    }

    @POST
    @Path("apply")
    @RolesAllowed(Role.ADMIN)
    public Response apply(
            @RestPath String environment,
            @RestForm @DefaultValue("") String count,
            @RestForm @DefaultValue("") String why) {
        var place = place(environment);
        int said = why.strip().length();
        if (said < 3 || said > 1000) {
            return refused(422, place, "Say why, in 3 to 1000 characters.");
        }
        return answer(place, redactions.apply(place.key(), count, why.strip()));
    }

    private Response answer(Environment place, Redactions.Asked asked) {
        return asked.job()
                .map(job -> Response.seeOther(URI.create("/console/jobs/" + job.id()))
                        .build())
                .orElseGet(() -> refused(status(asked.why()), place, words(asked.why())));
    }

    static int status(Redactions.Why why) {
        return why == Redactions.Why.NEEDS_ANOTHER ? 403 : 409;
    }

    private static String words(Redactions.Why why) {
        return switch (why) {
            case DONE -> "";
            case BUSY -> "Too many jobs are waiting. Try again later.";
            case NOT_COUNTED -> "Have it counted first, and wait until the count is over.";
            case OTHER_REVISION -> "Another revision is in force than that one: count again.";
            case NEEDS_ANOTHER ->
                "It changes more than " + Redactions.ALONE
                        + " events, properties and links: an Admin who didn't have it counted applies it.";
        };
    }

    private Response refused(int status, Environment place, String words) {
        return Response.status(status).entity(page(place, 0, words)).build();
    }

    private TemplateInstance page(Environment place, long asked, String refused) {
        var oldest = redactions.oldest(place.key());
        return new redaction(
                place,
                when(oldest.kept()),
                when(oldest.quarantined()),
                redactions.recent(place.key()).stream()
                        .map(job -> line(place, job))
                        .toList(),
                current.is(Role.ADMIN) || current.is(Role.ARCHITECT),
                current.is(Role.ADMIN),
                asked,
                redactions.revision(place.key()).orElse(0L),
                refused);
    }

    private Line line(Environment place, Job job) {
        boolean counts = job.kind().equals(Redaction.Count.KIND);
        return new Line(
                job.id(),
                Moments.momentInUtc(job.askedAt()),
                job.askedBy().name(),
                counts ? "Count" : "Application",
                job.state().id(),
                job.counts().getOrDefault("redacted", 0L),
                job.counts().getOrDefault("deleted", 0L),
                job.counts().getOrDefault("properties", 0L) + job.counts().getOrDefault("links", 0L),
                counts && redactions.objection(place.key(), job) == Redactions.Why.DONE);
    }

    private static String when(Optional<Instant> moment) {
        return moment.map(Moments::momentInUtc).orElse("none");
    }

    private Environment place(String key) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
