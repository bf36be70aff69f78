package dev.weir.review;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
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
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Review cycles for programs. Reads the request, asks {@link Reviews}; decides nothing. */
@Path("/api/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ReviewsResource {

    private static final String HOME = "/api/v1/reviews";

    private final Reviews reviews;
    private final Tasks tasks;
    private final CurrentActor current;

    ReviewsResource(Reviews reviews, Tasks tasks, CurrentActor current) {
        this.reviews = reviews;
        this.tasks = tasks;
        this.current = current;
    }

    /** {@code due} is a day, in UTC; {@code owner} a subject, or whoever asks. */
    record NewCycle(
            @Nullable String name,
            @Nullable String due,
            @Nullable List<String> matters,
            @Nullable List<String> environments,
            @Nullable String owner) {}

    record Closing(@Nullable String reason) {}

    /** The newest first. The address of the next page is in {@code Link}. */
    @GET
    public Response list(
            @RestQuery @DefaultValue("9223372036854775807") long before, @RestQuery @DefaultValue("50") int limit) {
        if (limit < 1 || limit > Reviews.PAGE) {
            throw Problem.of(400, "A page has 1 to " + Reviews.PAGE + " entries.");
        }
        var found = reviews.list(before, limit + 1);
        var shown = found.stream().limit(limit).toList();
        var answer = Response.ok(
                shown.stream().map(cycle -> Told.cycle(cycle, reviews.today())).toList());
        if (found.size() > limit) {
            long last = shown.get(limit - 1).number();
            answer.header("Link", "<" + HOME + "?before=" + last + "&limit=" + limit + ">; rel=\"next\"");
        }
        return answer.build();
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Open a review cycle",
            description =
                    "matters are any of definitions, privacy, quarantine and access; the second and the third need environments.")
    public Response open(@Nullable NewCycle sent) {
        var body = sent == null ? new NewCycle(null, null, null, null, null) : sent;
        var opening = opening(
                Objects.requireNonNullElse(body.name(), ""),
                Objects.requireNonNullElse(body.due(), ""),
                Objects.requireNonNullElse(body.matters(), List.of()),
                Objects.requireNonNullElse(body.environments(), List.of()),
                Objects.requireNonNullElse(body.owner(), current.actor().subject()));
        return opening.match(
                wanted -> reviews.open(wanted)
                        .match(
                                cycle -> shown(201, cycle)
                                        .location(URI.create(HOME + "/" + cycle.number()))
                                        .build(),
                                why -> {
                                    throw problem(why);
                                }),
                why -> {
                    throw problem(why);
                });
    }

    /** What was written, as far as it can be read. */
    static Decided<Opening> opening(
            String name, String due, Collection<String> matters, Collection<String> environments, String owner) {
        var wanted = matters.stream().map(Matter::of).collect(Collectors.toSet());
        if (wanted.contains(Optional.<Matter>empty())) {
            return new Decided.Refused<>(Why.MATTER_WRONG);
        }
        if (!environments.stream().allMatch(EnvironmentKey::valid)) {
            return new Decided.Refused<>(Why.ENVIRONMENTS_WRONG);
        }
        return new Decided.Done<>(new Opening(
                name,
                day(due),
                wanted.stream().flatMap(Optional::stream).collect(Collectors.toSet()),
                Set.copyOf(environments.stream().map(EnvironmentKey::new).collect(Collectors.toSet())),
                owner));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** What waits for whoever asks, the most urgent first. */
    @GET
    @Path("mine")
    public List<Map<String, @Nullable Object>> mine() {
        return tasks.mine().stream()
                .map(task -> Told.task(task, reviews.today()))
                .toList();
    }

    /** With its tasks. */
    @GET
    @Path("{number:\\d+}")
    public Response one(@RestPath long number) {
        var cycle = reviews.find(number).orElseThrow(() -> problem(Why.NO_CYCLE));
        var told = new LinkedHashMap<>(Told.cycle(cycle, reviews.today()));
        told.put(
                "tasks",
                tasks.of(cycle).stream()
                        .map(task -> Told.task(task, reviews.today()))
                        .toList());
        return Versions.shown(200, told, cycle.version()).build();
    }

    @POST
    @Path("{number:\\d+}/close")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Close a review cycle, and have its report signed",
            description = "reason is needed where not every task is counter-signed.")
    public Response close(
            @RestPath long number, @HeaderParam("If-Match") @Nullable String match, @Nullable Closing sent) {
        long version = Versions.read(match);
        var reason = sent == null ? "" : Objects.requireNonNullElse(sent.reason(), "");
        return reviews.close(number, version, reason)
                .match(cycle -> shown(200, cycle).build(), why -> {
                    throw problem(why);
                });
    }

    /** {@code note} is the report as it was signed, for the offline verifier; {@code report} is what it says. */
    @GET
    @Path("{number:\\d+}/report")
    public Map<String, Object> report(@RestPath long number) {
        var report = reviews.exported(number)
                .orElseThrow(() -> Problem.notFound("There is no report: it is made when the cycle is closed."));
        return Map.of("sha256", report.hash(), "note", report.note(), "report", Reporting.content(report));
    }

    private Response.ResponseBuilder shown(int status, Cycle cycle) {
        return Versions.shown(status, Told.cycle(cycle, reviews.today()), cycle.version());
    }

    static Problem problem(Why why) {
        return Problem.of(why.status(), why.words());
    }
}
