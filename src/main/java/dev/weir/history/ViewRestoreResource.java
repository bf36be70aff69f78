package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.catalog.SavedViews;
import dev.weir.catalog.ViewOutcome;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** An earlier version of a saved view, for programs. What comes back goes through {@link Restoring}; decides nothing. */
@Path("/api/v1/definitions/views/{id}/restore")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT})
@Tag(name = "Definitions")
class ViewRestoreResource {

    /** The row of the change log that left it as it is to be. */
    record EarlierView(@Nullable Long row) {}

    private final dev.weir.history.Versions past;
    private final SavedViews views;
    private final Restoring restoring;

    ViewRestoreResource(dev.weir.history.Versions past, SavedViews views, Restoring restoring) {
        this.past = past;
        this.views = views;
        this.restoring = restoring;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let a saved view be again what a row of the change log left it as",
            description =
                    "Name, question and sharing, for who made it. The rows are those of /api/v1/history/saved-view/{id}."
                            + " If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "204")
    public Response restore(
            @RestPath String id, @HeaderParam("If-Match") @Nullable String match, @Nullable EarlierView sent) {
        var now = views.find(id).orElseThrow(() -> problem(ViewOutcome.UNKNOWN));
        long version = Versions.read(match);
        if (now.version() != version) {
            throw problem(ViewOutcome.OUTDATED);
        }
        var wanted = past.wanted(Versioned.VIEW, now.id(), sent == null ? null : sent.row);
        restoring.view(now, wanted, version).ifPresent(refused -> {
            throw problem(refused);
        });
        return Response.noContent().build();
    }

    private static Problem problem(ViewOutcome outcome) {
        return Problem.of(outcome.status(), outcome.words());
    }
}
