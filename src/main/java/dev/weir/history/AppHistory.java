package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.environment.App;
import dev.weir.environment.Environments;
import dev.weir.restoration.Versioned;
import dev.weir.web.Problem;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The History tab of an App ID. Reads what there is of it; decides nothing. */
@Path("/console/environments/{key}/apps/{app}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class AppHistory {

    private final Versions versions;
    private final Environments environments;

    AppHistory(Versions versions, Environments environments) {
        this.versions = versions;
        this.environments = environments;
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

    private Subject subject(App app) {
        var home = "/console/environments/" + app.environment();
        return new Subject(
                Versioned.APP,
                app.id().digits(),
                app.environment().value(),
                "App ID " + app.id().digits(),
                "App ID",
                home + "#app-" + app.id().digits(),
                home + "/apps/" + app.id().digits() + "/history");
    }

    private App found(String key, String digits) {
        return environments
                .named(key)
                .flatMap(environment -> environment.app(digits))
                .orElseThrow(() -> Problem.notFound("There is no such App ID in this environment."));
    }
}
