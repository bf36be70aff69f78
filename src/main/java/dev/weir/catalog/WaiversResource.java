package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Waivers for programs. Reads the request, asks {@link Waivers}; decides nothing. */
@Path("/api/v1/definitions/{id}/waivers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT})
@Tag(name = "Definitions")
class WaiversResource {

    record SentWaiver(@Nullable String rule, @Nullable String reason) {}

    private final Waivers waivers;
    private final DefinitionAnswers answers;

    WaiversResource(Waivers waivers, DefinitionAnswers answers) {
        this.waivers = waivers;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let a definition break a standard that blocks, as long as neither changes",
            description =
                    "By somebody who may verify it, with a reason of 3 to 1000 characters. If-Match carries the ETag"
                            + " that was read. An edit of the definition makes it void, and so does a change of what the standard asks.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = DefinitionsResource.Shown.class)))
    public Response waive(
            @RestPath String id, @HeaderParam("If-Match") @Nullable String match, @Nullable SentWaiver sent) {
        long version = Versions.read(match);
        var waiver = sent == null ? new SentWaiver(null, null) : sent;
        var rule = Objects.requireNonNullElse(waiver.rule(), "");
        var reason = Objects.requireNonNullElse(waiver.reason(), "").strip();
        return answers.shown(200, DefinitionAnswers.done(waivers.waive(id, rule, version, reason)));
    }
}
