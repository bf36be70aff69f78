package dev.weir.erasure;

import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Applying rules to what is stored, for programs: how far it is says {@code /api/v1/jobs}. Decides nothing. */
@Path("/api/v1/redaction/{environment}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT})
class RedactionResource {

    private final Redactions redactions;
    private final Environments environments;

    RedactionResource(Redactions redactions, Environments environments) {
        this.redactions = redactions;
        this.environments = environments;
    }

    /** @param count the job that counted what is to be done */
    record Body(@Nullable String count, @Nullable String why) {}

    @POST
    @Path("count")
    public Map<String, Object> count(@RestPath String environment) {
        return told(redactions.count(key(environment)));
    }

    @POST
    @Path("apply")
    @RolesAllowed(Role.ADMIN)
    public Map<String, Object> apply(@RestPath String environment, @Nullable Body sent) {
        var key = key(environment);
        var why = sent == null || sent.why() == null ? "" : sent.why().strip();
        if (why.length() < 3 || why.length() > 1000) {
            throw Problem.of(422, "Say why, in 3 to 1000 characters.");
        }
        var count = sent == null || sent.count() == null ? "" : sent.count();
        return told(redactions.apply(key, count, why));
    }

    private static Map<String, Object> told(Redactions.Asked asked) {
        return asked.job()
                .map(job -> Map.<String, Object>of("job", job.id()))
                .orElseThrow(() -> Problem.of(
                        RedactionPages.status(asked.why()),
                        "Refused: "
                                + asked.why().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "."));
    }

    private EnvironmentKey key(String environment) {
        return environments
                .named(environment)
                .map(Environment::key)
                .orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
