package dev.weir.review;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.review.Task.Outcome;
import dev.weir.review.Task.State;
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
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** One task as a page. Reads the request, asks {@link Tasks}, picks a template; decides nothing. */
@Path("/console/reviews/{number:\\d+}/tasks/{task:\\d+}")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class TaskPages {

    /** What whoever looks may do here. The doors ask again. */
    record May(boolean sign, boolean gather, boolean confirm, boolean assign) {}

    @CheckedTemplate(basePath = "review")
    record task(
            Cycle cycle,
            Task task,
            List<Table> tables,
            boolean changed,
            boolean late,
            boolean mine,
            May may,
            List<Someone> owners,
            String outcome,
            String typed,
            String refused)
            implements TemplateInstance {}

    private final Reviews reviews;
    private final Tasks tasks;
    private final CurrentActor current;

    TaskPages(Reviews reviews, Tasks tasks, CurrentActor current) {
        this.reviews = reviews;
        this.tasks = tasks;
        this.current = current;
    }

    @GET
    public TemplateInstance one(@RestPath long number, @RestPath long task) {
        return page(number, task, "", "", "");
    }

    @POST
    @Path("gather")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response gather(@RestPath long number, @RestPath long task, @RestForm @DefaultValue("-1") long version) {
        found(number, task);
        return answer(number, task, "", "", tasks.gather(number, task, version));
    }

    @POST
    @Path("sign")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response sign(
            @RestPath long number,
            @RestPath long task,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("") String outcome,
            @RestForm @DefaultValue("") String words) {
        found(number, task);
        return answer(number, task, outcome, words, tasks.sign(number, task, version, Outcome.of(outcome), words));
    }

    @POST
    @Path("counter-sign")
    @RolesAllowed(Role.AUDITOR)
    public Response counterSign(@RestPath long number, @RestPath long task, @RestForm @DefaultValue("") String hash) {
        found(number, task);
        return answer(number, task, "", "", tasks.counterSign(number, task, hash));
    }

    @POST
    @Path("hand-back")
    @RolesAllowed(Role.AUDITOR)
    public Response handBack(
            @RestPath long number,
            @RestPath long task,
            @RestForm @DefaultValue("") String hash,
            @RestForm @DefaultValue("") String reason) {
        found(number, task);
        return answer(number, task, "", reason, tasks.handBack(number, task, hash, reason));
    }

    @POST
    @Path("owner")
    @RolesAllowed(Role.ADMIN)
    public Response owner(
            @RestPath long number,
            @RestPath long task,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("") String owner) {
        found(number, task);
        return answer(number, task, "", "", tasks.assign(number, task, version, owner));
    }

    private Response answer(long number, long task, String outcome, String typed, Decided<Task> became) {
        return became.match(
                done -> Response.seeOther(URI.create(done.address())).build(),
                why -> Response.status(why.pageStatus())
                        .entity(page(number, task, outcome, typed, why.words()))
                        .build());
    }

    private TemplateInstance page(long number, long task, String outcome, String typed, String refused) {
        var cycle = reviews.find(number).orElseThrow(() -> ReviewsResource.problem(Why.NO_CYCLE));
        var found = found(number, task);
        var me = current.actor().subject();
        boolean mine = found.owner().subject().equals(me);
        boolean open = cycle.open() && found.state() == State.OPEN;
        boolean changed = cycle.open() && found.state() != State.COUNTERSIGNED && !tasks.holds(found);
        var may = new May(
                open && mine && tasks.signs() && !changed,
                open && ((mine && tasks.signs()) || current.is(Role.ADMIN)),
                cycle.open() && found.state() == State.SIGNED && current.is(Role.AUDITOR) && !tasks.own(found),
                open && current.is(Role.ADMIN));
        return new task(
                cycle,
                found,
                tasks.tables(found),
                changed,
                found.overdue(reviews.today()),
                mine,
                may,
                may.assign() ? reviews.owners() : List.of(),
                outcome,
                typed,
                refused);
    }

    private Task found(long number, long task) {
        return tasks.find(number, task).orElseThrow(() -> ReviewsResource.problem(Why.NO_TASK));
    }
}
