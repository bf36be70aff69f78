package dev.weir.findings;

import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.findings.Findings.Finding;
import dev.weir.web.Paged;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What somebody should look at, for programs. Reads the request, asks {@link Findings}; decides nothing. */
@Path("/api/v1/findings/{environment}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class FindingsResource {

    private static final Set<String> KINDS = Set.of("", "quarantined", "definition", "standard", "emergency");

    private final Findings findings;
    private final Environments environments;

    FindingsResource(Findings findings, Environments environments) {
        this.findings = findings;
        this.environments = environments;
    }

    @GET
    @Operation(
            summary = "What somebody should look at in one environment, a page at a time",
            description = "What was set aside, by reason and rule (kind quarantined); definitions that are not healthy"
                    + " (definition), with the cause of a collapse where one is seen; standards that block and that definitions break"
                    + " (standard); loosenings that one Admin published alone"
                    + " and nobody has reviewed (emergency). Looked for when it is asked; by id, which stays as long as the"
                    + " finding is about the same.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Finding[].class)))
    public Response list(
            @RestPath String environment,
            @RestQuery @DefaultValue("") String kind,
            @RestQuery @DefaultValue("") String cursor,
            @RestQuery @DefaultValue("50") int limit,
            UriInfo uri) {
        var place = environments
                .named(environment)
                .map(Environment::key)
                .orElseThrow(() -> Problem.notFound("There is no such environment."));
        if (!KINDS.contains(kind)) {
            throw Problem.of(400, "The kind is quarantined, definition, standard or emergency.");
        }
        var some = findings.look(place).stream()
                .filter(finding -> kind.isEmpty() || finding.kind().equals(kind))
                .toList();
        return Paged.answer(some, Finding::id, finding -> finding, cursor, limit, uri);
    }
}
