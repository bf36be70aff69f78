package dev.weir.history;

import dev.weir.access.Role;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The History tab of an environment's policy. Decides nothing. */
@Path("/console/{environment}/policy/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PolicyHistory {

    private final PolicyVersions versions;

    PolicyHistory(PolicyVersions versions) {
        this.versions = versions;
    }

    @GET
    public TemplateInstance history(
            @RestPath String environment,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        return versions.page(environment, Optional.empty(), Optional.empty(), row, before);
    }
}
