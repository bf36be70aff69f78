package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.web.Problem;
import dev.weir.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;

/** What another version of the matcher would change, and the button for it. Reads the form, calls {@link Matching}; decides nothing. */
@Path("/console/definitions")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class MatcherPages {

    @CheckedTemplate(basePath = "catalog")
    record matcher(MatcherChange.Report report, boolean curates, String objection) implements TemplateInstance {}

    private final MatcherChange change;
    private final Matching matching;
    private final Definitions definitions;
    private final Shell shell;

    MatcherPages(MatcherChange change, Matching matching, Definitions definitions, Shell shell) {
        this.change = change;
        this.matching = matching;
        this.definitions = definitions;
        this.shell = shell;
    }

    @GET
    @Path("matcher")
    public TemplateInstance matcher() {
        return shown("");
    }

    @POST
    @Path("matcher")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response takeIntoEffect(
            @RestForm @DefaultValue("") String version,
            @RestForm @DefaultValue("") String seen,
            @RestForm @DefaultValue("") String reason) {
        if (reason.strip().length() > Form.LONGEST_REASON) {
            return Response.status(422)
                    .entity(shown("A reason has at most 1000 characters."))
                    .build();
        }
        return matching.takeIntoEffect(version(version), version(seen), reason.strip())
                ? Response.seeOther(URI.create("/console/definitions/matcher")).build()
                : Response.status(409)
                        .entity(shown("Another version came into force while you were reading. Nothing was changed."))
                        .build();
    }

    private static MatcherVersion version(String text) {
        return Optional.of(text)
                .filter(number -> number.matches("[0-9]{1,4}"))
                .flatMap(number -> MatcherVersion.of(Integer.parseInt(number)))
                .orElseThrow(() -> Problem.of(400, "There is no such version."));
    }

    private TemplateInstance shown(String objection) {
        var place = shell.place();
        if (place == null) {
            throw Problem.notFound("There is no environment to look at.");
        }
        return new matcher(change.look(place.key()), definitions.curates(), objection);
    }
}
