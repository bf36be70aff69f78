package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.history.Subject.Way;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;

/** The History tab of the matcher. Another version comes into effect on the matcher's own page; decides nothing. */
@Path("/console/definitions/matcher/history")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class MatcherHistory {

    private static final String HOME = "/console/definitions/matcher";

    private static final String RESTORING =
            "An Admin or Architect takes an earlier version into effect on the matcher's own page, which first shows what that changes.";

    private final Versions versions;
    private final CurrentActor current;

    MatcherHistory(Versions versions, CurrentActor current) {
        this.versions = versions;
        this.current = current;
    }

    @GET
    public TemplateInstance history(
            @RestQuery @DefaultValue("0") long row, @RestQuery @DefaultValue("9223372036854775807") long before) {
        boolean curates = current.is(Role.ADMIN) || current.is(Role.ARCHITECT);
        return versions.page(
                new Subject(
                        Versioned.MATCHER,
                        "catalog",
                        "",
                        "Version of the matcher",
                        "Matcher",
                        HOME,
                        HOME + "/history",
                        RESTORING,
                        Way.link(curates, HOME + "?row=")),
                row,
                before);
    }
}
