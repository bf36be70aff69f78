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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** Environments. Reads the form, calls {@link Environments}, picks a template; decides nothing. */
@Path("/console/environments")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class EnvironmentPages {

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
    private final AppIds apps;
    private final EnvironmentView view;
    private final CurrentActor current;
    private final Clock clock;

    EnvironmentPages(Environments environments, AppIds apps, EnvironmentView view, CurrentActor current, Clock clock) {
        this.environments = environments;
        this.apps = apps;
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
        if (!EnvironmentKey.valid(form.key())) {
            return again(form, Outcome.KEY_WRONG);
        }
        var chosen = Kind.of(form.kind());
        if (chosen.isEmpty()) {
            return again(form, Outcome.KIND_WRONG);
        }
        var made = new EnvironmentKey(form.key());
        var outcome = environments.create(made, form.name(), chosen.get(), form.critical(), current.actor());
        return outcome == Outcome.DONE ? EnvironmentView.to(made) : again(form, outcome);
    }

    private Response again(Creation form, Outcome outcome) {
        return Response.status(outcome.pageStatus())
                .entity(listed(form, outcome.words()))
                .build();
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
        var outcome = environments.change(environment.key(), name, !critical.isEmpty(), version);
        return view.answer(environment, "", outcome, name);
    }

    @POST
    @Path("{key}/apps")
    @RolesAllowed(Role.ADMIN)
    public Response createApp(@RestPath String key, @RestForm @DefaultValue("") String label) {
        var environment = view.found(key);
        return view.answer(
                environment, "", apps.create(environment.key(), label).outcome(), label);
    }

    private TemplateInstance listed(Creation form, String objection) {
        return new list(environments.list(), clock.instant(), current.is(Role.ADMIN), form, objection, Kind.ALL);
    }
}
