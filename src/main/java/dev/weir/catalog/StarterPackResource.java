package dev.weir.catalog;

import dev.weir.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The starter pack for programs: what is in it, and taking it. Asks {@link Imports}; decides nothing. */
@Path("/api/v1/definitions/starter-pack")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Definitions")
class StarterPackResource {

    /** {@code taken}: a shared definition has this name, so this one stays out. */
    record Starter(String name, String type, String filter, String category, String description, boolean taken) {}

    record StarterPack(List<Starter> definitions) {}

    private final Imports imports;
    private final Definitions definitions;

    StarterPackResource(Imports imports, Definitions definitions) {
        this.imports = imports;
        this.definitions = definitions;
    }

    @GET
    @Operation(summary = "The definitions that Weir comes with, and whether their names are taken")
    public StarterPack list() {
        return new StarterPack(Imports.starterPack().stream()
                .map(form -> new Starter(
                        form.name(),
                        form.type(),
                        form.filter(),
                        form.category(),
                        form.description(),
                        definitions.named(form.name()).isPresent()))
                .toList());
    }

    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(
            summary = "Draft those of them whose names nobody has taken",
            description = "All of these or, where one can't be, none; what is there stays as it is.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = DefinitionsResource.ImportBody.class)))
    public Response take() {
        var report = imports.starters();
        return Response.status(report.done() ? 200 : 422)
                .entity(DefinitionsResource.ImportBody.of(report))
                .build();
    }
}
