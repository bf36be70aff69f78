package dev.weir.erasure;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.App;
import dev.weir.environment.Environments;
import dev.weir.erasure.Requests.Why;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.kernel.AppId;
import dev.weir.store.Erasing.Name;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** Deleting users as a page. Reads the request, asks {@link Requests} and {@link Erasures}; decides nothing, and shows nobody's name again. */
@Path("/console/erasure")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ErasurePages {

    private static final int SHOWN = 20;
    private static final int LONGEST = 255;

    /** An App ID and which key programs have for it; {@link Erasures#NO_KEY} for none. */
    record KeyView(String app, String label, String environment, long version) {

        public boolean made() {
            return version != Erasures.NO_KEY;
        }
    }

    /** What was just done, or what stands against it; {@code key} is shown this once. */
    record Said(String tone, String text, String key) {
        static final Said NOTHING = new Said("", "", "");
    }

    /** What somebody asked for, as whoever looks may decide about it. */
    record Waiting(
            String id,
            String when,
            String by,
            String state,
            long users,
            long events,
            boolean releasable,
            boolean another,
            boolean declinable) {

        public boolean counted() {
            return state.equals("done");
        }
    }

    @CheckedTemplate(basePath = "erasure")
    record erasure(
            boolean admin,
            boolean mayAsk,
            long alone,
            long suppressed,
            List<Waiting> waiting,
            List<KeyView> keys,
            List<Job> jobs,
            Said said)
            implements TemplateInstance {}

    private final Erasures erasures;
    private final Requests requests;
    private final Environments environments;
    private final Jobs jobs;
    private final CurrentActor current;

    ErasurePages(Erasures erasures, Requests requests, Environments environments, Jobs jobs, CurrentActor current) {
        this.erasures = erasures;
        this.requests = requests;
        this.environments = environments;
        this.jobs = jobs;
        this.current = current;
    }

    @GET
    public TemplateInstance show() {
        return page(Said.NOTHING);
    }

    /** Asks; what it comes to is counted first. */
    @POST
    @Path("users")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response users(
            @RestForm @DefaultValue("") String names,
            @RestForm @DefaultValue("identity") String kind,
            @RestForm @DefaultValue("") String why) {
        var meant = names(names, kind.equals("identity"));
        var objection = objection(meant, why);
        if (!objection.isEmpty()) {
            return refused(422, objection);
        }
        return requests.ask(meant, why.strip())
                .map(job -> to(job.id()))
                .orElseThrow(() -> Problem.tooMany("Too many jobs or requests are waiting.", Duration.ofMinutes(1)));
    }

    @POST
    @Path("requests/{id}/release")
    @RolesAllowed(Role.ADMIN)
    public Response release(@RestPath String id) {
        var released = requests.release(id);
        return released.job()
                .map(job -> to(job.id()))
                .orElseGet(() -> refused(status(released.why()), words(released.why(), requests.alone())));
    }

    @POST
    @Path("requests/{id}/decline")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response decline(@RestPath String id) {
        var why = requests.decline(id);
        return why == Why.DONE
                ? Response.seeOther(URI.create("/console/erasure")).build()
                : refused(status(why), words(why, requests.alone()));
    }

    static int status(Why why) {
        return switch (why) {
            case NEEDS_ANOTHER, NOT_YOURS -> 403;
            case UNKNOWN -> 404;
            case DONE, BUSY, NOT_WAITING -> 409;
        };
    }

    static String words(Why why, long alone) {
        return switch (why) {
            case DONE -> "";
            case BUSY -> "Too many jobs are waiting. Try again later.";
            case UNKNOWN -> "There is no such request.";
            case NOT_WAITING ->
                "Nothing waits here: it is still being counted, or it was released or declined already.";
            case NEEDS_ANOTHER ->
                "It deletes more than " + alone + " events: an Admin who didn't ask for it releases it.";
            case NOT_YOURS -> "Only who asked for it, or an Admin, declines it.";
        };
    }

    private static Response to(String job) {
        return Response.seeOther(URI.create("/console/jobs/" + job)).build();
    }

    /** Answered at once and not after a redirect: the key exists nowhere but in this answer. */
    @POST
    @Path("keys")
    @RolesAllowed(Role.ADMIN)
    public Response makeKey(@RestForm @DefaultValue("") String app, @RestForm @DefaultValue("-1") long version) {
        var made = erasures.makeKey(id(app), version);
        return made.key()
                .map(key -> Response.ok(page(new Said("ok", "This is the erasure key. It is shown this once.", key)))
                        .build())
                .orElseGet(() -> keyed(made.outcome()));
    }

    @POST
    @Path("keys/drop")
    @RolesAllowed(Role.ADMIN)
    public Response dropKey(@RestForm @DefaultValue("") String app, @RestForm @DefaultValue("-1") long version) {
        return keyed(erasures.dropKey(id(app), version));
    }

    private Response keyed(Erasures.Keyed outcome) {
        return switch (outcome) {
            case DONE -> Response.seeOther(URI.create("/console/erasure")).build();
            case UNKNOWN -> throw Problem.notFound("There is no such App ID.");
            case OUTDATED ->
                refused(
                        409,
                        "Somebody else made or dropped a key of this App ID while you were reading. Nothing of yours was done.");
        };
    }

    private static AppId id(String app) {
        if (!AppId.valid(app)) {
            throw Problem.notFound("There is no such App ID.");
        }
        return new AppId(app);
    }

    private static Set<Name> names(String lines, boolean identities) {
        return lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> new Name(identities, line))
                .collect(Collectors.toSet());
    }

    static String objection(Set<Name> names, String why) {
        int said = why.strip().length();
        if (said < 3 || said > 1000) {
            return "Say why, in 3 to 1000 characters.";
        }
        if (names.isEmpty() || names.size() > Requests.MOST) {
            return "Name 1 to " + Requests.MOST + " users, one in each line.";
        }
        boolean wrong = names.stream()
                .map(Name::text)
                .anyMatch(text -> text.codePointCount(0, text.length()) > LONGEST || text.indexOf('\0') >= 0);
        return wrong ? "A name has at most " + LONGEST + " characters, and no NUL." : "";
    }

    private Response refused(int status, String objection) {
        return Response.status(status)
                .entity(page(new Said("bad", objection, "")))
                .build();
    }

    private TemplateInstance page(Said said) {
        var made = erasures.keys();
        var keys = environments.list().stream()
                .flatMap(environment -> environment.apps().stream().map(app -> key(app, environment.name(), made)))
                .toList();
        var mine = jobs.ofKind(UserDeletion.KIND, SHOWN);
        return new erasure(
                current.is(Role.ADMIN),
                current.is(Role.ADMIN) || current.is(Role.ARCHITECT),
                requests.alone(),
                erasures.suppressed(),
                requests.waiting().stream().map(this::waiting).toList(),
                keys,
                mine,
                said);
    }

    private Waiting waiting(Job count) {
        var objection = requests.objection(count);
        boolean counted = objection != Why.NOT_WAITING;
        return new Waiting(
                count.id(),
                Moments.momentInUtc(count.askedAt()),
                count.askedBy().name(),
                count.state().id(),
                count.counts().getOrDefault("users", 0L),
                count.counts().getOrDefault("events", 0L) + count.counts().getOrDefault("quarantined", 0L),
                objection == Why.DONE && current.is(Role.ADMIN),
                objection == Why.NEEDS_ANOTHER,
                counted && (current.is(Role.ADMIN) || (current.is(Role.ARCHITECT) && jobs.mine(count))));
    }

    private static KeyView key(App app, String environment, Map<String, Long> made) {
        var digits = app.id().digits();
        return new KeyView(digits, app.label(), environment, made.getOrDefault(digits, Erasures.NO_KEY));
    }
}
