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
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** An earlier version of an environment's settings, for programs. What comes back goes through {@link Restoring}; decides nothing. */
@Path("/api/v1/environments/{key}/restore")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMIN)
@Tag(name = "Environments")
class EnvironmentRestoreResource {

    /** The row of the change log that left it as it is to be; {@code reason} where it is to be critical no longer. */
    record EarlierEnvironment(@Nullable Long row, @Nullable String reason) {}

    private final dev.weir.history.Versions past;
    private final Environments environments;
    private final Restoring restoring;

    EnvironmentRestoreResource(dev.weir.history.Versions past, Environments environments, Restoring restoring) {
        this.past = past;
        this.environments = environments;
        this.restoring = restoring;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let an environment have the settings again that a row of the change log left it with",
            description =
                    "Its name, and that it is critical, at once. That it be critical no longer is only asked for, with"
                            + " reason. The rows are those of /api/v1/history/environment/{key}. If-Match carries the ETag that was"
                            + " read.")
    @APIResponse(responseCode = "204")
    public Response restore(
            @RestPath String key, @HeaderParam("If-Match") @Nullable String match, @Nullable EarlierEnvironment sent) {
        var now = environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
        long version = Versions.read(match);
        if (now.version() != version) {
            throw problem(Answer.OUTDATED);
        }
        var wanted = past.wanted(Versioned.ENVIRONMENT, now.key().value(), sent == null ? null : sent.row);
        var reason = sent == null ? "" : Objects.requireNonNullElse(sent.reason, "");
        return answer(restoring.environment(now, wanted, version, reason));
    }

    static Response answer(Answer answer) {
        if (answer != Answer.DONE) {
            throw problem(answer);
        }
        return Response.noContent().build();
    }

    /** What is a conflict on a page is a lost race to a program. */
    static Problem problem(Answer answer) {
        return Problem.of(answer == Answer.OUTDATED ? 412 : answer.status(), answer.words());
    }
}
