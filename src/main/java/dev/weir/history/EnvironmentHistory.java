package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environment;
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

/** The History tab of an environment. What comes back goes through {@link Restoring}; decides nothing. */
@Path("/console/environments/{key}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class EnvironmentHistory {

    private static final String RESTORING =
            "An Admin can restore the name, and that it is critical, as by an edit. That it be critical no longer is only asked for: another"
                    + " Admin has to agree. What it is for never changes.";

    private final Versions versions;
    private final Environments environments;
    private final Restoring restoring;
    private final CurrentActor current;

    EnvironmentHistory(Versions versions, Environments environments, Restoring restoring, CurrentActor current) {
        this.versions = versions;
        this.environments = environments;
        this.restoring = restoring;
        this.current = current;
    }

    @GET
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public TemplateInstance history(
            @RestPath String key,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        return versions.page(subject(found(key)), row, before);
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    public Response restore(
            @RestPath String key,
            @RestForm @DefaultValue("0") long row,
            @RestForm @DefaultValue("-1") long version,
            @RestForm @DefaultValue("") String reason) {
        var environment = found(key);
        return versions.restore(subject(environment), row, past -> {
            var answer = restoring.environment(environment, past, version, reason);
            return new Versions.Refused(answer.status(), answer.words());
        });
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
                home + "/history",
                RESTORING,
                Way.form(current.is(Role.ADMIN), environment.version(), environment.critical()));
    }

    private Environment found(String key) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
