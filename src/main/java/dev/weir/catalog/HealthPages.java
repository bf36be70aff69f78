package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.web.Problem;
import dev.weir.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;

/** How all definitions fare in the environment that is looked at. Shows what {@link Checkups} found; decides nothing. */
@Path("/console/definitions")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class HealthPages {

    @CheckedTemplate(basePath = "catalog")
    record health(Checkups.Report report, List<Health> healths) implements TemplateInstance {}

    private final Checkups checkups;
    private final Shell shell;

    HealthPages(Checkups checkups, Shell shell) {
        this.checkups = checkups;
        this.shell = shell;
    }

    @GET
    @Path("health")
    public TemplateInstance health() {
        var place = shell.place();
        if (place == null) {
            throw Problem.notFound("There is no environment to look at.");
        }
        var report = checkups.look(place.key());
        return new health(
                report,
                report.healths().stream()
                        .sorted(Comparator.comparing(Health::state))
                        .toList());
    }
}
