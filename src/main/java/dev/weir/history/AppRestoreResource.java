package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.environment.EarlierSettings.Answer;
import dev.weir.environment.Environments;
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

/** An earlier version of an App ID's settings, for programs. What comes back goes through {@link Restoring}; decides nothing. */
@Path("/api/v1/environments/{key}/app-ids/{app}/restore")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMIN)
@Tag(name = "Environments")
class AppRestoreResource {

    /** The row of the change log that left it as it is to be. */
    record EarlierApp(@Nullable Long row) {}

    private final dev.weir.history.Versions past;
    private final Environments environments;
    private final Restoring restoring;

    AppRestoreResource(dev.weir.history.Versions past, Environments environments, Restoring restoring) {
        this.past = past;
        this.environments = environments;
        this.restoring = restoring;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let an App ID have the label and origins again that a row of the change log left it with",
            description =
                    "All or none, by the rules of an edit; never a server key, and never what has retired. The rows are"
                            + " those of /api/v1/history/app-id/{app}. If-Match carries the ETag that was read.")
    @APIResponse(responseCode = "204")
    public Response restore(
            @RestPath String key,
            @RestPath String app,
            @HeaderParam("If-Match") @Nullable String match,
            @Nullable EarlierApp sent) {
        var now = environments
                .named(key)
                .flatMap(environment -> environment.app(app))
                .orElseThrow(() -> Problem.notFound("There is no such App ID in this environment."));
        long version = Versions.read(match);
        if (now.version() != version) {
            throw EnvironmentRestoreResource.problem(Answer.OUTDATED);
        }
        var wanted = past.wanted(Versioned.APP, now.id().digits(), sent == null ? null : sent.row);
        return EnvironmentRestoreResource.answer(restoring.app(now, wanted, version));
    }
}
