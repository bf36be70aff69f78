package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.environment.Environment;
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

/** The History tab of an environment. Reads what there is of it; decides nothing. */
@Path("/console/environments/{key}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class EnvironmentHistory {

    private final Versions versions;
    private final Environments environments;

    EnvironmentHistory(Versions versions, Environments environments) {
        this.versions = versions;
        this.environments = environments;
    }

    @GET
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public TemplateInstance history(
            @RestPath String key,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        return versions.page(subject(found(key)), row, before);
    }

    private Subject subject(Environment environment) {
        var home = "/console/environments/" + environment.key();
        return new Subject(
                Versioned.ENVIRONMENT,
                environment.key().value(),
                environment.key().value(),
                environment.name(),
                "Environment",
                home,
                home + "/history");
    }

    private Environment found(String key) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
