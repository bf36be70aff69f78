package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.catalog.SavedViews;
import dev.weir.catalog.View;
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

/** The History tab of a saved view. Reads what there is of it; decides nothing. */
@Path("/console/definitions/views/{id}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class ViewHistory {

    private static final String HOME = "/console/definitions/views";

    private final Versions versions;
    private final SavedViews views;

    ViewHistory(Versions versions, SavedViews views) {
        this.versions = versions;
        this.views = views;
    }

    @GET
    public TemplateInstance history(
            @RestPath String id,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        return versions.page(subject(found(id)), row, before);
    }

    private Subject subject(View view) {
        return new Subject(
                Versioned.VIEW, view.id(), "", view.name(), "Saved views", HOME, HOME + "/" + view.id() + "/history");
    }

    private View found(String id) {
        return views.find(id).orElseThrow(() -> Problem.notFound("There is no such view."));
    }
}
