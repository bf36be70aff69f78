package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.release.Allowances.Some;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Who allowed what, when, why, and who agreed: one page. */
@Path("/console/{environment}/allowed")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class AllowedPages {

    @CheckedTemplate(basePath = "release")
    record allowed(PlaceView place, Some found, String q, boolean newest, String older) implements TemplateInstance {}

    private final Allowances allowances;
    private final Environments environments;
    private final CurrentActor current;

    AllowedPages(Allowances allowances, Environments environments, CurrentActor current) {
        this.allowances = allowances;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance list(
            @RestPath String environment,
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("9223372036854775807") long before) {
        var place = PlaceView.of(environment, environments, current);
        var found = allowances.of(place.key(), q, before);
        var older = found.rest() == 0
                ? ""
                : place.allowed() + "?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8) + "&before=" + found.rest();
        return new allowed(place, found, q, before == Long.MAX_VALUE, older);
    }
}
