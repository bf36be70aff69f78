package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.catalog.SavedViews;
import dev.weir.catalog.View;
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

/** The History tab of a saved view. What comes back goes through {@link Restoring}; decides nothing. */
@Path("/console/definitions/views/{id}/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class ViewHistory {

    private static final String HOME = "/console/definitions/views";

    private static final String RESTORING =
            "Who made it can restore its name, its question and whether it is shared, as by an edit. A view that was removed does not come back.";

    private final Versions versions;
    private final SavedViews views;
    private final Restoring restoring;

    ViewHistory(Versions versions, SavedViews views, Restoring restoring) {
        this.versions = versions;
        this.views = views;
        this.restoring = restoring;
    }

    @GET
    public TemplateInstance history(
            @RestPath String id,
            @RestQuery @DefaultValue("0") long row,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        return versions.page(subject(found(id)), row, before);
    }

    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response restore(
            @RestPath String id, @RestForm @DefaultValue("0") long row, @RestForm @DefaultValue("-1") long version) {
        var view = found(id);
        return versions.restore(subject(view), row, past -> {
            var outcome = restoring.view(view, past, version);
            return outcome.map(refused -> new Versions.Refused(refused.status(), refused.words()))
                    .orElse(Versions.Refused.NOT);
        });
    }

    private Subject subject(View view) {
        return new Subject(
                Versioned.VIEW,
                view.id(),
                "",
                view.name(),
                "Saved views",
                HOME,
                HOME + "/" + view.id() + "/history",
                RESTORING,
                Way.form(views.mine(view), view.version(), false));
    }

    private View found(String id) {
        return views.find(id).orElseThrow(() -> Problem.notFound("There is no such view."));
    }
}
