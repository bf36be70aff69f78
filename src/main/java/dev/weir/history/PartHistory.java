package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.privacy.Section;
import dev.weir.web.Problem;
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

/** The History tab of one part of an environment's policy: its URL rules, its consent settings. Decides nothing. */
@Path("/console/{environment}/privacy/{part}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PartHistory {

    private final PolicyVersions versions;

    PartHistory(PolicyVersions versions) {
        this.versions = versions;
    }

    @GET
    public TemplateInstance history(
            @RestPath String environment,
            @RestPath String part,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        var section = Section.ofSlug(part).orElseThrow(() -> Problem.notFound("There is no such page."));
        return versions.page(environment, Optional.of(section), row, before);
    }
}
