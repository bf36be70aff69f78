package dev.weir.check;

import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What a developer's CI asks. Reads the request, asks {@link Checks}, answers in the form that was asked for; keeps nothing. */
@Path("/api/v1/check")
@Consumes({
    MediaType.TEXT_HTML,
    MediaType.TEXT_PLAIN,
    MediaType.APPLICATION_JSON,
    "application/yaml",
    "application/x-yaml",
    "text/yaml"
})
@Produces({MediaType.APPLICATION_JSON, Formats.SARIF, MediaType.APPLICATION_XML, MediaType.TEXT_XML})
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
@Tag(name = "Check", description = "May this be sent? docs/check.md.")
class CheckResource {

    private static final int UNPROCESSABLE = 422;
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9._~/-]{1,300}");

    private final Checks checks;

    CheckResource(Checks checks) {
        this.checks = checks;
    }

    @POST
    @Operation(
            summary = "Check a page, selectors, sample events or a policy",
            description =
                    "200 where nothing is wrong, 422 with the same report where something is; fail=never answers 200 in any"
                            + " case, fail=warning is stricter. Accept chooses JSON, SARIF 2.1.0 or JUnit's XML.")
    public Response check(
            @RestQuery @DefaultValue("production") String environment,
            @RestQuery @DefaultValue("inforce") String of,
            @RestQuery @DefaultValue("error") String fail,
            @RestQuery @DefaultValue("checked") String file,
            @RestQuery @Nullable String url,
            @Context HttpHeaders headers,
            byte @Nullable [] body) {
        if (!(of.equals("inforce") || of.equals("draft"))
                || !(fail.equals("error") || fail.equals("warning") || fail.equals("never"))
                || !FILE.matcher(file).matches()) {
            throw Problem.of(
                    400, "of is inforce or draft; fail is error, warning or never; file is letters, digits and ._~/-.");
        }
        var kind = headers.getMediaType();
        var asked = AskedReader.read(
                (kind.getType() + "/" + kind.getSubtype()).toLowerCase(Locale.ROOT),
                body == null ? new byte[0] : body,
                url);
        var report = Optional.of(environment)
                .filter(EnvironmentKey::valid)
                .map(EnvironmentKey::new)
                .flatMap(key -> checks.run(key, of.equals("draft"), asked))
                .orElseThrow(() -> Problem.notFound("There is no such environment."));
        boolean fails = (!fail.equals("never") && !report.passes())
                || (fail.equals("warning") && report.count(Rule.Level.WARNING) > 0);
        return answer(fails ? UNPROCESSABLE : 200, report, file, headers);
    }

    private static Response answer(int status, Report report, String file, HttpHeaders headers) {
        var response = Response.status(status).header("Cache-Control", "no-store");
        for (var accepted : headers.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                break;
            }
            if (accepted.isCompatible(MediaType.valueOf(Formats.SARIF))) {
                return response.type(Formats.SARIF)
                        .entity(Formats.sarif(report, file))
                        .build();
            }
            if (accepted.isCompatible(MediaType.APPLICATION_XML_TYPE)
                    || accepted.isCompatible(MediaType.TEXT_XML_TYPE)) {
                return response.type("application/xml;charset=UTF-8")
                        .entity(Formats.junit(report, file))
                        .build();
            }
        }
        return response.type(MediaType.APPLICATION_JSON)
                .entity(Formats.json(report))
                .build();
    }
}
