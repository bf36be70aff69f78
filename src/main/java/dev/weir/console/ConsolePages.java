package dev.weir.console;

import dev.weir.access.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The overview. Reads the doors of the features below; decides nothing. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ConsolePages {

    @CheckedTemplate(basePath = "console")
    record overview() implements TemplateInstance {}

    @GET
    public TemplateInstance overview() {
        return new overview();
    }
}
