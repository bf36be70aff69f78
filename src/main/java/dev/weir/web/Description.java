package dev.weir.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * The description of the interface as machines read it: without the pages of the console, and with what every operation of the
 * administration has in common, so that no resource has to say it again.
 */
public class Description implements OASFilter {

    static final String ADMINISTRATION = "/api/v1/";

    /** The one operation below it that data comes in by. */
    private static final String IDENTIFY = "/api/v1/identify";

    private static final Map<String, String> SHARED = Map.of(
            "BadRequest", "The request is not understood.",
            "Unauthorised", "No token, or none that is believed.",
            "Forbidden", "The role or the scope of the token does not allow it.",
            "NotFound", "There is no such thing.",
            "Conflict", "Something else is so by now, or the same Idempotency-Key is being answered.",
            "Changed", "What was read is not what is there any more.",
            "Unprocessable", "What was sent can't be taken; the detail says why.",
            "Unconditional", "If-Match is missing.",
            "ContentType", "The content type is not taken here.");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        var paths = api.getPaths();
        List.copyOf(Objects.requireNonNull(paths.getPathItems()).keySet()).stream()
                .filter(path -> path.equals("/") || path.startsWith("/console") || path.startsWith("/sample"))
                .forEach(paths::removePathItem);
        var components = api.getComponents();
        components.addSecurityScheme(
                "token",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("A token that somebody made (wpt_…), or one of the identity provider."));
        SHARED.forEach((name, words) -> components.addResponse(name, problem(words)));
        paths.getPathItems().forEach((path, item) -> {
            if (path.startsWith(ADMINISTRATION) && !path.equals(IDENTIFY)) {
                item.getOperations().forEach((method, operation) -> complete(path, method, operation));
            }
        });
    }

    private static APIResponse problem(String words) {
        return OASFactory.createAPIResponse()
                .description(words)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/problem+json",
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/IngestProblem"))));
    }

    private static void complete(String path, HttpMethod method, Operation operation) {
        operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme("token")));
        answers(operation, 401, "Unauthorised");
        answers(operation, 403, "Forbidden");
        if (path.contains("{")) {
            answers(operation, 404, "NotFound");
        }
        if (has(operation, Parameter.In.QUERY, "")) {
            answers(operation, 400, "BadRequest");
        }
        if (has(operation, Parameter.In.HEADER, "If-Match")) {
            answers(operation, 412, "Changed");
            answers(operation, 428, "Unconditional");
        }
        if (method == HttpMethod.GET) {
            return;
        }
        answers(operation, 409, "Conflict");
        answers(operation, 422, "Unprocessable");
        if (operation.getRequestBody() != null) {
            answers(operation, 415, "ContentType");
        }
        if (method == HttpMethod.POST) {
            operation.addParameter(OASFactory.createParameter()
                    .name("Idempotency-Key")
                    .in(Parameter.In.HEADER)
                    .description(
                            "Of one's own choosing, at most 255 characters: sent again within 24 hours, the request is not done"
                                    + " again, and answered as before. Ignored where nothing is changed.")
                    .schema(OASFactory.createSchema()
                            .addType(org.eclipse.microprofile.openapi.models.media.Schema.SchemaType.STRING)));
        }
    }

    private static boolean has(Operation operation, Parameter.In in, String name) {
        return Optional.ofNullable(operation.getParameters()).stream()
                .flatMap(List::stream)
                .anyMatch(parameter -> parameter.getIn() == in && (name.isEmpty() || name.equals(parameter.getName())));
    }

    private static void answers(Operation operation, int status, String name) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        // What the scan guesses of 401 and 403 has no content.
        operation
                .getResponses()
                .addAPIResponse("" + status, OASFactory.createAPIResponse().ref("#/components/responses/" + name));
    }
}
