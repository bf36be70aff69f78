package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** An earlier version of a definition, for programs: saved as any edit. Asks {@link PastVersions} and {@link Definitions}; decides nothing. */
@Path("/api/v1/definitions/{id}/restore")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT})
@Tag(name = "Definitions")
class DefinitionRestoreResource {

    /** The row of the change log that left the definition as it is to be. */
    record EarlierDefinition(@Nullable Long row) {}

    private final Definitions definitions;
    private final PastVersions past;
    private final DefinitionAnswers answers;

    DefinitionRestoreResource(Definitions definitions, PastVersions past, DefinitionAnswers answers) {
        this.definitions = definitions;
        this.past = past;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let a definition say again what it said after a row of the change log",
            description =
                    "Saved as any edit, so what was verified is a draft again; its status does not come back. The rows are"
                            + " those of /api/v1/history/definition/{id}. If-Match carries the ETag that was read.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = DefinitionsResource.Shown.class)))
    public Response restore(
            @RestPath String id, @HeaderParam("If-Match") @Nullable String match, @Nullable EarlierDefinition sent) {
        var now = definitions.find(id).orElseThrow(() -> problem(Outcome.UNKNOWN));
        long version = Versions.read(match);
        if (now.version() != version) {
            throw problem(Outcome.OUTDATED);
        }
        var details = Optional.ofNullable(sent)
                .flatMap(named -> Optional.ofNullable(named.row))
                .flatMap(row -> past.of(id, row))
                .orElseThrow(() -> Problem.of(422, "Name the row of one of its versions."))
                .read()
                .details()
                .orElseThrow(() -> Problem.of(
                        409, "Something of it was erased, or is refused today: what is left is no definition."));
        var result = definitions.change(id, details, version);
        return answers.shown(200, DefinitionAnswers.done(result));
    }

    private static Problem problem(Outcome outcome) {
        return Problem.of(outcome.status(), outcome.words());
    }
}
