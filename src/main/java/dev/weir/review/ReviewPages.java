package dev.weir.review;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
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
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Review cycles as pages. Reads the request, asks {@link Reviews}, picks a template; decides nothing. */
@Path("/console/reviews")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ReviewPages {

    private static final int PAGE = 20;
    private static final int USUAL_DAYS = 14;

    /** Something to choose, and whether it is chosen. */
    record Choice(String value, String label, String hint, boolean on) {}

    /** The form that opens a cycle, as it was filled in. */
    record Form(String name, String due, List<Choice> matters, List<Choice> environments, List<Choice> owners) {}

    @CheckedTemplate(basePath = "review")
    record reviews(
            boolean admin,
            boolean auditor,
            LocalDate today,
            List<Task> mine,
            List<Cycle> cycles,
            boolean more,
            long last,
            Form form,
            String refused)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "review")
    record cycle(
            Cycle cycle,
            List<Task> tasks,
            List<Long> stranded,
            LocalDate today,
            boolean admin,
            String me,
            String typed,
            String refused)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "review")
    record report(Cycle cycle, List<Task> tasks, Cycle.Closing closing) implements TemplateInstance {}

    private final Reviews reviews;
    private final Tasks tasks;
    private final Environments environments;
    private final CurrentActor current;

    ReviewPages(Reviews reviews, Tasks tasks, Environments environments, CurrentActor current) {
        this.reviews = reviews;
        this.tasks = tasks;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance list(@RestQuery @DefaultValue("9223372036854775807") long before) {
        var matters = Set.of(Matter.values());
        var all = environments.list().stream().map(one -> one.key().value()).toList();
        var due = reviews.today().plusDays(USUAL_DAYS).toString();
        return page(before, form("", due, matters.stream().map(Matter::id).toList(), all, me()), "");
    }

    private TemplateInstance page(long before, Form form, String refused) {
        var found = reviews.list(before, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        return new reviews(
                current.is(Role.ADMIN),
                current.is(Role.AUDITOR),
                reviews.today(),
                tasks.mine(),
                shown,
                found.size() > PAGE,
                shown.isEmpty() ? 1 : shown.get(shown.size() - 1).number(),
                form,
                refused);
    }

    private Form form(String name, String due, List<String> matters, List<String> places, String owner) {
        return new Form(
                name,
                due,
                List.of(Matter.values()).stream()
                        .map(one -> new Choice(one.id(), one.words(), one.question(), matters.contains(one.id())))
                        .toList(),
                environments.list().stream()
                        .map(one -> new Choice(
                                one.key().value(),
                                one.name(),
                                "",
                                places.contains(one.key().value())))
                        .toList(),
                current.is(Role.ADMIN) ? owners(owner) : List.of());
    }

    private List<Choice> owners(String chosen) {
        return reviews.owners().stream()
                .map(one ->
                        new Choice(one.subject(), one.name(), "", one.subject().equals(chosen)))
                .toList();
    }

    private String me() {
        return current.actor().subject();
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    public Response open(
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String due,
            @RestForm List<String> matter,
            @RestForm List<String> environment,
            @RestForm @DefaultValue("") String owner) {
        return ReviewsResource.opening(name, due, matter, environment, owner)
                .match(
                        opening -> reviews.open(opening)
                                .match(
                                        cycle -> to(cycle.number()),
                                        why -> refused(why, form(name, due, matter, environment, owner))),
                        why -> refused(why, form(name, due, matter, environment, owner)));
    }

    private Response refused(Why why, Form form) {
        return Response.status(why.pageStatus())
                .entity(page(Long.MAX_VALUE, form, why.words()))
                .build();
    }

    @GET
    @Path("{number:\\d+}")
    public TemplateInstance one(@RestPath long number) {
        return page(number, "", "");
    }

    private TemplateInstance page(long number, String typed, String refused) {
        var cycle = found(number);
        var all = tasks.of(cycle);
        return new cycle(
                cycle, all, reviews.stranded(all), reviews.today(), current.is(Role.ADMIN), me(), typed, refused);
    }

    @POST
    @Path("{number:\\d+}/close")
    @RolesAllowed(Role.ADMIN)
    public Response close(
            @RestPath long number,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("") String reason) {
        found(number);
        return reviews.close(number, version, reason)
                .match(
                        cycle -> to(number),
                        why -> Response.status(why.pageStatus())
                                .entity(page(number, reason, why.words()))
                                .build());
    }

    /** To be printed, or kept as a file of the browser's. */
    @GET
    @Path("{number:\\d+}/report")
    public TemplateInstance report(@RestPath long number) {
        var cycle = found(number);
        var closing =
                cycle.closing().orElseThrow(() -> Problem.notFound("The report is made when the cycle is closed."));
        return new report(cycle, tasks.of(cycle), closing);
    }

    /** As it was signed, for the offline verifier. */
    @GET
    @Path("{number:\\d+}/report.txt")
    @Produces(MediaType.TEXT_PLAIN)
    public Response note(@RestPath long number) {
        var report = reviews.exported(number)
                .orElseThrow(() -> Problem.notFound("The report is made when the cycle is closed."));
        return Response.ok(report.note())
                .header("Content-Disposition", "attachment; filename=\"weir-review-" + number + ".txt\"")
                .build();
    }

    private Cycle found(long number) {
        return reviews.find(number).orElseThrow(() -> ReviewsResource.problem(Why.NO_CYCLE));
    }

    private static Response to(long number) {
        return Response.seeOther(URI.create("/console/reviews/" + number)).build();
    }
}
