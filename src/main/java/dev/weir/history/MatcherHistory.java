package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.restoration.Versioned;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;

/** The History tab of the matcher. Decides nothing. */
@Path("/console/definitions/matcher/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class MatcherHistory {

    private static final String HOME = "/console/definitions/matcher";

    private final Versions versions;

    MatcherHistory(Versions versions) {
        this.versions = versions;
    }

    @GET
    public TemplateInstance history(
            @RestQuery @DefaultValue("0") long row, @RestQuery @DefaultValue("9223372036854775807") long before) {
        return versions.page(
                new Subject(
                        Versioned.MATCHER, "catalog", "", "Version of the matcher", "Matcher", HOME, HOME + "/history"),
                row,
                before);
    }
}
