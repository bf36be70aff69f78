package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.App;
import dev.weir.environment.Environments;
import dev.weir.history.Subject.Way;
import dev.weir.web.Problem;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The History tab of an App ID. What comes back goes through {@link Restoring}; decides nothing. */
@Path("/console/environments/{key}/apps/{app}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class AppHistory {

    private static final String RESTORING =
            "An Admin can restore what it is for and its origins, by the rules of an edit: nothing of somebody's own machine for production."
                    + " A server key never comes back, required or not, and a retired App ID stays retired.";

    private final Versions versions;
    private final Environments environments;
    private final Restoring restoring;
    private final CurrentActor current;

    AppHistory(Versions versions, Environments environments, Restoring restoring, CurrentActor current) {
        this.versions = versions;
        this.environments = environments;
        this.restoring = restoring;
        this.current = current;
    }

    @GET
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public TemplateInstance history(
            @RestPath String key,
            @RestPath String app,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        return versions.page(subject(found(key, app)), row, before);
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    public Response restore(
            @RestPath String key,
            @RestPath String app,
            @RestForm @DefaultValue("0") long row,
            @RestForm @DefaultValue("-1") long version) {
        var found = found(key, app);
        return versions.restore(subject(found), row, past -> {
            var answer = restoring.app(found, past, version);
            return new Versions.Refused(answer.status(), answer.words());
        });
    }

    private Subject subject(App app) {
        var home = "/console/environments/" + app.environment();
        return new Subject(
                Versioned.APP,
                app.id().digits(),
                app.environment().value(),
                "App ID " + app.id().digits(),
                "App ID",
                home + "#app-" + app.id().digits(),
                home + "/apps/" + app.id().digits() + "/history",
                RESTORING,
                Way.form(current.is(Role.ADMIN), app.version(), false));
    }

    private App found(String key, String digits) {
        return environments
                .named(key)
                .flatMap(environment -> environment.app(digits))
                .orElseThrow(() -> Problem.notFound("There is no such App ID in this environment."));
    }
}
