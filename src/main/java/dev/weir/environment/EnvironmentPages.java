package dev.weir.environment;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** Environments. Reads the form, calls {@link Environments}, picks a template; decides nothing. */
@Path("/console/environments")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class EnvironmentPages {

    private static final int LONGEST_NAME = 100;

    /** First words of the console's own addresses. */
    private static final Set<String> RESERVED = Set.of(
            "environments",
            "people",
            "account",
            "login",
            "logout",
            "signed-out",
            "setup",
            "join",
            "theme",
            "environment",
            "new",
            "definitions",
            "audit",
            "erasure",
            "jobs",
            "changelog");

    /** What the form for a new environment holds. */
    record Creation(String key, String name, String kind, boolean critical) {
        static final Creation EMPTY = new Creation("", "", "development", false);
    }

    @CheckedTemplate(basePath = "environment")
    record list(
            List<Environment> environments,
            Instant now,
            boolean edit,
            Creation form,
            String objection,
            List<Kind> kinds)
            implements TemplateInstance {}

    private final Environments environments;
    private final EnvironmentView view;
    private final CurrentActor current;
    private final Clock clock;

    EnvironmentPages(Environments environments, EnvironmentView view, CurrentActor current, Clock clock) {
        this.environments = environments;
        this.view = view;
        this.current = current;
        this.clock = clock;
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
        return EnvironmentView.to(made);
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

    /** Whether people can read it: a name of an environment, or of what an App ID is for. */
    static boolean named(String name) {
        return !name.isBlank() && name.length() <= LONGEST_NAME;
    }

    @GET
    @Path("{key}")
    public TemplateInstance detail(@RestPath String key) {
        return view.of(view.found(key));
    }

    @POST
    @Path("{key}")
    @RolesAllowed(Role.ADMIN)
    public Response change(
            @RestPath String key,
            @RestForm @DefaultValue("") String name,
            @RestForm @DefaultValue("") String critical,
            @RestForm @DefaultValue("-1") long version) {
        var environment = view.found(key);
        if (!named(name)) {
            return view.refused(environment, "", "Give it a name of at most 100 characters.");
        }
        return view.answer(
                environment, "", environments.change(environment.key(), name.strip(), !critical.isEmpty(), version));
    }

    @POST
    @Path("{key}/apps")
    @RolesAllowed(Role.ADMIN)
    public Response createApp(@RestPath String key, @RestForm @DefaultValue("") String label) {
        var environment = view.found(key);
        if (!named(label)) {
            return view.refused(environment, "", AppPages.NOT_NAMED);
        }
        environments.createApp(environment.key(), label.strip());
        return EnvironmentView.to(environment.key());
    }

    private TemplateInstance listed(Creation form, String objection) {
        return new list(environments.list(), clock.instant(), current.is(Role.ADMIN), form, objection, Kind.ALL);
    }
}
