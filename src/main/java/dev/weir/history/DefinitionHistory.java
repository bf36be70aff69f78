package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.catalog.Definitions;
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

/** The History tab of a definition. Decides nothing. */
@Path("/console/definitions/{id}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class DefinitionHistory {

    private final Versions versions;
    private final Definitions definitions;

    DefinitionHistory(Versions versions, Definitions definitions) {
        this.versions = versions;
        this.definitions = definitions;
    }

    @GET
    public TemplateInstance history(
            @RestPath String id,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        var found = definitions.find(id).orElseThrow(() -> Problem.notFound("There is no such definition."));
        var home = "/console/definitions/" + found.id();
        return versions.page(
                new Subject(Versioned.DEFINITION, found.id(), "", found.name(), "Definition", home, home + "/history"),
                row,
                before);
    }
}
