package dev.weir.code;

import dev.weir.access.Role;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Asking;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Policy as code for programs. Reads the request, asks {@link PolicyCode}, puts the outcome into HTTP; decides nothing. */
@Path("/api/v1/policy/{environment}/code")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({CodeResource.YAML, "application/x-yaml", "text/yaml", MediaType.APPLICATION_JSON})
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "Policy as code", description = "An environment as one YAML document: docs/policy-as-code.md.")
class CodeResource {

    static final String YAML = "application/yaml";

    private static final int UNPROCESSABLE = 422;

    private final PolicyCode code;

    CodeResource(PolicyCode code) {
        this.code = code;
    }

    @GET
    @Produces(YAML)
    @Operation(summary = "An environment as one YAML document", description = "of is inforce or draft.")
    public Response export(@RestPath String environment, @RestQuery @DefaultValue("inforce") String of) {
        if (!of.equals("inforce") && !of.equals("draft")) {
            throw Problem.of(400, "What is exported is inforce or draft.");
        }
        var text = code.exported(key(environment), of.equals("draft")).orElseThrow(CodeResource::nowhere);
        return Response.ok(text, YAML)
                .tag(new EntityTag(CanonicalJson.sha256(text)))
                .build();
    }

    @POST
    @Path("drift")
    @Operation(
            summary = "Whether an environment is as a file says",
            description = "200 where it is, 409 with the differences where it isn't, 422 where the file can't be read.")
    public Map<String, @Nullable Object> drift(@RestPath String environment, byte @Nullable [] file) {
        var compared = compared(environment, file);
        if (!compared.same()) {
            int differences = compared.diff().size()
                    + compared.settings().size()
                    + compared.apps().size();
            var problem = Problem.of(409, "This environment is not as the file says: " + differences + " differences.");
            compared.json().forEach((member, value) -> problem.with(member, Objects.requireNonNullElse(value, "")));
            throw problem;
        }
        return compared.json();
    }

    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    @Operation(
            summary = "Ask for what a file says",
            description =
                    "With dry=true, which is the default, nothing is changed: the answer says what would be, and its ETag"
                            + " stands for that. With dry=false the ETag is sent as If-Match, and a change request is made.")
    public Response importFile(
            @RestPath String environment,
            @RestQuery @DefaultValue("true") boolean dry,
            @RestQuery @DefaultValue("") String reason,
            @RestQuery @DefaultValue("0") int days,
            @HeaderParam("If-Match") @Nullable String match,
            byte @Nullable [] file) {
        var compared = compared(environment, file);
        if (dry) {
            return Response.ok(compared.json())
                    .tag(new EntityTag(compared.tag()))
                    .build();
        }
        if (match == null) {
            throw Problem.of(428, "Try it first with dry=true, and send the ETag of that answer as If-Match.");
        }
        if (!Versions.tag(match).equals(compared.tag())) {
            throw Problem.of(412, "This is not what was tried: the file or the policy in force is another one.");
        }
        return Asking.answer(code.propose(compared, reason, days));
    }

    private Comparison compared(String environment, byte @Nullable [] file) {
        var compared = code.compare(key(environment), file == null ? new byte[0] : file)
                .orElseThrow(CodeResource::nowhere);
        if (!compared.readable()) {
            throw Problem.of(UNPROCESSABLE, "The file can't be taken, for what stands under errors.")
                    .with("errors", errors(compared.faults()));
        }
        return compared;
    }

    private static List<Map<String, Object>> errors(List<Fault> faults) {
        return faults.stream()
                .map(fault -> Map.<String, Object>of(
                        "line", fault.line(),
                        "column", fault.column(),
                        "pointer", fault.pointer(),
                        "detail", fault.message()))
                .toList();
    }

    private static EnvironmentKey key(String environment) {
        return Optional.of(environment)
                .filter(EnvironmentKey::valid)
                .map(EnvironmentKey::new)
                .orElseThrow(CodeResource::nowhere);
    }

    private static Problem nowhere() {
        return Problem.notFound("There is no such environment.");
    }
}
