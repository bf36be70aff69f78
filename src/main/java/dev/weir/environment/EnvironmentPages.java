package dev.weir.environment;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
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
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** Environments and App IDs. Reads the form, calls {@link Environments}, picks a template; decides nothing. */
@Path("/console/environments")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class EnvironmentPages {

    static final int LONGEST_NAME = 100;

    private static final int LONGEST_OVERLAP_DAYS = 365;

    /** First words of the console's own addresses. */
    private static final Set<String> RESERVED = Set.of(
            "environments",
            "people",
            "account",
            "login",
            "logout",
            "setup",
            "join",
            "theme",
            "environment",
            "new",
            "audit");

    private static final String OUTDATED =
            "Somebody else changed this while you were reading. Nothing of yours was saved: what holds now is shown below.";

    private static final String NAMELESS_APP = "Say in at most 100 characters which site or server it is for.";

    /** What the form for a new environment holds. */
    record Creation(String key, String name, String kind, boolean critical) {
        static final Creation EMPTY = new Creation("", "", "development", false);
    }

    /** What is shown above a page: nothing, an objection, or a key that is shown this once. */
    record Message(String tone, String text, String app, String secret) {
        static final Message NONE = new Message("", "", "", "");

        static Message objection(String text, String app) {
            return new Message("bad", text, app, "");
        }
    }

    @CheckedTemplate(basePath = "environment")
    record list(List<Environment> environments, boolean edit, Creation form, String objection, List<Kind> kinds)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "environment")
    record detail(Environment environment, boolean edit, Message message, long overlapDays)
            implements TemplateInstance {}

    private final Environments environments;
    private final CurrentActor current;

    EnvironmentPages(Environments environments, CurrentActor current) {
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance list() {
        return listed(Creation.EMPTY, "");
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    public Response create(
            @RestForm @DefaultValue("") String key,
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String kind,
            @RestForm @DefaultValue("") String critical) {
        var form = new Creation(key.strip().toLowerCase(Locale.ROOT), name.strip(), kind, !critical.isEmpty());
        var objection = objection(form);
        if (!objection.isEmpty()) {
            return Response.status(422).entity(listed(form, objection)).build();
        }
        var made = new EnvironmentKey(form.key());
        var outcome = environments.create(
                made, form.name(), Kind.of(form.kind()).orElseThrow(), form.critical(), current.actor());
        if (outcome == Outcome.TAKEN) {
            return Response.status(409)
                    .entity(listed(form, "There is an environment with this key already."))
                    .build();
        }
        return to(made);
    }

    private static String objection(Creation form) {
        if (!EnvironmentKey.valid(form.key())) {
            return "A key is a lower-case letter, then letters, digits and hyphens, at most 32. It can't be changed later.";
        }
        if (RESERVED.contains(form.key())) {
            return "This key is the address of another page. Choose a different one.";
        }
        if (!named(form.name())) {
            return "Give it a name of at most 100 characters.";
        }
        return Kind.of(form.kind()).isEmpty() ? "Choose what it is for." : "";
    }

    private static boolean named(String name) {
        return !name.isBlank() && name.length() <= LONGEST_NAME;
    }

    @GET
    @Path("{key}")
    public TemplateInstance detail(@RestPath String key) {
        return shown(found(key), Message.NONE);
    }

    @POST
    @Path("{key}")
    @RolesAllowed(Role.ADMIN)
    public Response change(
            @RestPath String key,
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String critical,
            @RestForm @DefaultValue("-1") long version) {
        var environment = found(key);
        if (!named(name)) {
            return refused(environment, Message.objection("Give it a name of at most 100 characters.", ""));
        }
        return answer(
                environment, "", environments.change(environment.key(), name.strip(), !critical.isEmpty(), version));
    }

    @POST
    @Path("{key}/apps")
    @RolesAllowed(Role.ADMIN)
    public Response createApp(@RestPath String key, @RestForm @DefaultValue("") String label) {
        var environment = found(key);
        if (!named(label)) {
            return refused(environment, Message.objection(NAMELESS_APP, ""));
        }
        environments.createApp(environment.key(), label.strip());
        return to(environment.key());
    }

    @POST
    @Path("{key}/apps/{app}/label")
    @RolesAllowed(Role.ADMIN)
    public Response label(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String label,
            @RestForm @DefaultValue("-1") long version) {
        return named(label)
                ? onApp(key, app, id -> environments.label(id, label.strip(), version))
                : refused(found(key), Message.objection(NAMELESS_APP, app));
    }

    @POST
    @Path("{key}/apps/{app}/origins")
    @RolesAllowed(Role.ADMIN)
    public Response addOrigin(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String origin,
            @RestForm @DefaultValue("-1") long version) {
        var objection = Origin.parse(origin).objection();
        return objection == null
                ? onApp(key, app, id -> environments.addOrigin(id, origin, version))
                : refused(found(key), Message.objection(objection, app));
    }

    @POST
    @Path("{key}/apps/{app}/origins/remove")
    @RolesAllowed(Role.ADMIN)
    public Response removeOrigin(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("") String origin,
            @RestForm @DefaultValue("-1") long version) {
        return onApp(key, app, id -> environments.removeOrigin(id, origin, version));
    }

    @POST
    @Path("{key}/apps/{app}/rotate")
    @RolesAllowed(Role.ADMIN)
    public Response rotate(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("14") int days,
            @RestForm @DefaultValue("-1") long version) {
        return days >= 0 && days <= LONGEST_OVERLAP_DAYS
                ? onApp(key, app, id -> environments.rotate(id, Duration.ofDays(days), version))
                : refused(found(key), Message.objection("The overlap is 0 to 365 days.", app));
    }

    @POST
    @Path("{key}/apps/{app}/retire")
    @RolesAllowed(Role.ADMIN)
    public Response retire(@RestPath String key, @RestPath String app, @RestForm @DefaultValue("-1") long version) {
        return onApp(key, app, id -> environments.retire(id, version));
    }

    @POST
    @Path("{key}/apps/{app}/server-key")
    @RolesAllowed(Role.ADMIN)
    public Response requireServerKey(
            @RestPath String key, @RestPath String app, @RestForm @DefaultValue("-1") long version) {
        var environment = found(key);
        var secret = environments.requireServerKey(id(environment, app), version);
        if (secret.isEmpty()) {
            return answer(environment, app, Outcome.OUTDATED);
        }
        // Answered at once and not after a redirect: the key exists nowhere but in this answer.
        var message = new Message(
                "ok",
                "This is the server key. It is shown this once: keep it where your server finds it.",
                app,
                secret.get());
        return Response.ok(shown(found(key), message)).build();
    }

    @POST
    @Path("{key}/apps/{app}/server-key/drop")
    @RolesAllowed(Role.ADMIN)
    public Response dropServerKey(
            @RestPath String key, @RestPath String app, @RestForm @DefaultValue("-1") long version) {
        return onApp(key, app, id -> environments.dropServerKey(id, version));
    }

    private Environment found(String key) {
        return (EnvironmentKey.valid(key)
                        ? environments.find(new EnvironmentKey(key))
                        : java.util.Optional.<Environment>empty())
                .orElseThrow(() -> Problem.notFound("There is no such environment."));
    }

    /** The App ID, if it belongs to this environment. */
    private static AppId id(Environment environment, String digits) {
        return environment.apps().stream()
                .map(App::id)
                .filter(app -> app.digits().equals(digits))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such App ID in this environment."));
    }

    private Response onApp(String key, String app, Function<AppId, Outcome> change) {
        var environment = found(key);
        return answer(environment, app, change.apply(id(environment, app)));
    }

    private Response answer(Environment environment, String app, Outcome outcome) {
        return switch (outcome) {
            case DONE -> to(environment.key());
            case OUTDATED, TAKEN ->
                Response.status(409)
                        .entity(shown(found(environment.key().value()), Message.objection(OUTDATED, app)))
                        .build();
            case UNKNOWN -> throw Problem.notFound("There is no such App ID in this environment.");
        };
    }

    private Response refused(Environment environment, Message message) {
        return Response.status(422).entity(shown(environment, message)).build();
    }

    private static Response to(EnvironmentKey key) {
        return Response.seeOther(URI.create("/console/environments/" + key)).build();
    }

    private TemplateInstance shown(Environment environment, Message message) {
        return new detail(environment, current.is(Role.ADMIN), message, Environments.OVERLAP.toDays());
    }

    private TemplateInstance listed(Creation form, String objection) {
        return new list(environments.list(), current.is(Role.ADMIN), form, objection, Kind.ALL);
    }
}
