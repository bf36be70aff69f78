package dev.weir.review;

import dev.weir.access.Role;
import dev.weir.review.Task.Outcome;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Tasks of review cycles for programs. Reads the request, asks {@link Tasks}; decides nothing. */
@Path("/api/v1/reviews/{number:\\d+}/tasks/{task:\\d+}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ReviewTasksResource {

    private final Reviews reviews;
    private final Tasks tasks;

    ReviewTasksResource(Reviews reviews, Tasks tasks) {
        this.reviews = reviews;
        this.tasks = tasks;
    }

    /** {@code outcome} is in-order or needs-work. */
    record Signing(@Nullable String outcome, @Nullable String words) {}

    /** {@code owner} is a subject. */
    record Owner(@Nullable String owner) {}

    /** {@code hash} is the signature's that was looked at. */
    record Confirming(@Nullable String hash) {}

    /** {@code hash} is the signature's that was looked at. */
    record HandingBack(@Nullable String hash, @Nullable String reason) {}

    /** With the evidence, and whether what is reviewed is still as it says. */
    @GET
    public Response one(@RestPath long number, @RestPath long task) {
        var found = tasks.find(number, task).orElseThrow(() -> ReviewsResource.problem(Why.NO_TASK));
        var told = Told.task(found, reviews.today());
        told.put("evidence", tasks.evidence(found).content());
        told.put("changed", !tasks.holds(found));
        return Versions.shown(200, told, found.version()).build();
    }

    @POST
    @Path("gather")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(summary = "Gather the evidence once more")
    public Response gather(
            @RestPath long number, @RestPath long task, @HeaderParam("If-Match") @Nullable String match) {
        return told(tasks.gather(number, task, Versions.read(match)));
    }

    @POST
    @Path("sign")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(summary = "Sign one's own task")
    public Response sign(
            @RestPath long number,
            @RestPath long task,
            @HeaderParam("If-Match") @Nullable String match,
            @Nullable Signing sent) {
        long version = Versions.read(match);
        var body = sent == null ? new Signing(null, null) : sent;
        return told(tasks.sign(
                number,
                task,
                version,
                Outcome.of(Objects.requireNonNullElse(body.outcome(), "")),
                Objects.requireNonNullElse(body.words(), "")));
    }

    @POST
    @Path("owner")
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Name another owner of a task")
    public Response owner(
            @RestPath long number,
            @RestPath long task,
            @HeaderParam("If-Match") @Nullable String match,
            @Nullable Owner sent) {
        long version = Versions.read(match);
        var owner = sent == null ? "" : Objects.requireNonNullElse(sent.owner(), "");
        return told(tasks.assign(number, task, version, owner));
    }

    @POST
    @Path("counter-sign")
    @RolesAllowed(Role.AUDITOR)
    @Operation(summary = "Confirm what somebody else has signed")
    public Response counterSign(@RestPath long number, @RestPath long task, @Nullable Confirming sent) {
        return told(tasks.counterSign(number, task, seen(sent == null ? null : sent.hash())));
    }

    @POST
    @Path("hand-back")
    @RolesAllowed(Role.AUDITOR)
    @Operation(summary = "Have somebody look again at what they have signed")
    public Response handBack(@RestPath long number, @RestPath long task, @Nullable HandingBack sent) {
        var seen = seen(sent == null ? null : sent.hash());
        var reason = sent == null ? "" : Objects.requireNonNullElse(sent.reason(), "");
        return told(tasks.handBack(number, task, seen, reason));
    }

    private static String seen(@Nullable String hash) {
        if (hash == null) {
            throw Problem.of(428, "Say what you looked at: the hash of its signature.");
        }
        return hash;
    }

    private Response told(Decided<Task> became) {
        return became.match(
                task -> Versions.shown(200, Told.task(task, reviews.today()), task.version())
                        .build(),
                why -> {
                    throw ReviewsResource.problem(why);
                });
    }
}
