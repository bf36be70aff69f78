package dev.weir.erasure;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.App;
import dev.weir.environment.Environments;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.kernel.AppId;
import dev.weir.store.Erasing.Name;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;

/** Deleting users as a page. Reads the request, asks {@link Erasures}; decides nothing, and shows nobody's name again. */
@Path("/console/erasure")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ErasurePages {

    private static final int SHOWN = 20;
    private static final int LONGEST = 255;

    /** An App ID and whether programs have a key for it. */
    record KeyView(String app, String label, String environment, boolean made) {}

    /** What was just done, or what stands against it; {@code key} is shown this once. */
    record Said(String tone, String text, String key) {
        static final Said NOTHING = new Said("", "", "");
    }

    @CheckedTemplate(basePath = "erasure")
    record erasure(boolean admin, long suppressed, List<KeyView> keys, List<Job> jobs, Said said)
            implements TemplateInstance {}

    private final Erasures erasures;
    private final Environments environments;
    private final Jobs jobs;
    private final CurrentActor current;

    ErasurePages(Erasures erasures, Environments environments, Jobs jobs, CurrentActor current) {
        this.erasures = erasures;
        this.environments = environments;
        this.jobs = jobs;
        this.current = current;
    }

    @GET
    public TemplateInstance show() {
        return page(Said.NOTHING);
    }

    @POST
    @Path("users")
    @RolesAllowed(Role.ADMIN)
    public Response users(
            @RestForm @DefaultValue("") String names,
            @RestForm @DefaultValue("identity") String kind,
            @RestForm @DefaultValue("") String why) {
        var meant = names(names, kind.equals("identity"));
        var objection = objection(meant, why);
        if (!objection.isEmpty()) {
            return refused(422, objection);
        }
        return erasures.deleteUsers(meant, why.strip())
                .map(job -> Response.seeOther(URI.create("/console/jobs/" + job.id()))
                        .build())
                .orElseThrow(() -> Problem.tooMany("Too many jobs are waiting.", Duration.ofMinutes(1)));
    }

    /** Answered at once and not after a redirect: the key exists nowhere but in this answer. */
    @POST
    @Path("keys")
    @RolesAllowed(Role.ADMIN)
    public Response makeKey(@RestForm @DefaultValue("") String app) {
        return erasures.makeKey(id(app))
                .map(key -> Response.ok(page(new Said("ok", "This is the erasure key. It is shown this once.", key)))
                        .build())
                .orElseThrow(() -> Problem.notFound("There is no such App ID."));
    }

    @POST
    @Path("keys/drop")
    @RolesAllowed(Role.ADMIN)
    public Response dropKey(@RestForm @DefaultValue("") String app) {
        erasures.dropKey(id(app));
        return Response.seeOther(URI.create("/console/erasure")).build();
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

    private static String objection(Set<Name> names, String why) {
        int said = why.strip().length();
        if (said < 3 || said > 1000) {
            return "Say why, in 3 to 1000 characters.";
        }
        if (names.isEmpty() || names.size() > Erasures.BY_HAND) {
            return "Name 1 to " + Erasures.BY_HAND + " users, one in each line.";
        }
        boolean tooLong =
                names.stream().map(Name::text).anyMatch(text -> text.codePointCount(0, text.length()) > LONGEST);
        return tooLong ? "A name has at most " + LONGEST + " characters." : "";
    }

    private Response refused(int status, String objection) {
        return Response.status(status)
                .entity(page(new Said("bad", objection, "")))
                .build();
    }

    private TemplateInstance page(Said said) {
        var made = Set.copyOf(erasures.keys());
        var keys = environments.list().stream()
                .flatMap(environment -> environment.apps().stream().map(app -> key(app, environment.name(), made)))
                .toList();
        var mine = jobs.ofKind(UserDeletion.KIND, SHOWN);
        return new erasure(current.is(Role.ADMIN), erasures.suppressed(), keys, mine, said);
    }

    private static KeyView key(App app, String environment, Set<String> made) {
        var digits = app.id().digits();
        return new KeyView(digits, app.label(), environment, made.contains(digits));
    }
}
