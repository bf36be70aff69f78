package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.catalog.Definitions;
import dev.weir.history.Subject.Way;
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

/** The History tab of a definition. An earlier version opens in the catalog's editor; decides nothing. */
@Path("/console/definitions/{id}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class DefinitionHistory {

    private static final String RESTORING =
            "An Admin or Architect can restore what it said: it opens in the editor and is saved as any edit, so what was verified becomes a"
                    + " draft again. Its status never comes back from here.";

    private final Versions versions;
    private final Definitions definitions;
    private final CurrentActor current;

    DefinitionHistory(Versions versions, Definitions definitions, CurrentActor current) {
        this.versions = versions;
        this.definitions = definitions;
        this.current = current;
    }

    @GET
    public TemplateInstance history(
            @RestPath String id,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        var found = definitions.find(id).orElseThrow(() -> Problem.notFound("There is no such definition."));
        var home = "/console/definitions/" + found.id();
        boolean edits = current.is(Role.ADMIN) || current.is(Role.ARCHITECT);
        return versions.page(
                new Subject(
                        Versioned.DEFINITION,
                        found.id(),
                        "",
                        found.name(),
                        "Definition",
                        home,
                        home + "/history",
                        RESTORING,
                        Way.link(edits, home + "/edit?as=")),
                row,
                before);
    }
}
