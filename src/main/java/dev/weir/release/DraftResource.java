package dev.weir.release;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.PolicyError;
import dev.weir.privacy.Draft;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.Edited;
import dev.weir.privacy.OneRule;
import dev.weir.privacy.PolicyDiff;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The draft of an environment for programs. Reads the request, asks {@link Drafts}, puts the outcome into HTTP; decides nothing. */
@Path("/api/v1/policy/{environment}/draft")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class DraftResource {

    /** Of a document that is sent. */
    static final int MOST_BYTES = 1 << 20;

    private static final int MOST_ERRORS = 100;

    /** A key that stands there twice is no document: which of the two is meant, nobody knows. */
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Object.class);

    private final Drafts drafts;
    private final Releases releases;
    private final Terms terms;
    private final Environments environments;

    DraftResource(Drafts drafts, Releases releases, Terms terms, Environments environments) {
        this.drafts = drafts;
        this.releases = releases;
        this.terms = terms;
        this.environments = environments;
    }

    @GET
    @Operation(summary = "The draft, and what each of its changes does")
    public Response draft(@RestPath String environment) {
        return shown(drafts.of(key(environment)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Replace the draft by a whole document",
            description =
                    "What is left out is as in a new document. Nothing is enforced before it is published."
                            + " If-Match carries the ETag that was read; where somebody else was first, the 412 says what they changed.")
    public Response replace(
            @RestPath String environment,
            @HeaderParam("If-Match") @Nullable String match,
            @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT))) byte @Nullable [] sent) {
        var key = key(environment);
        long version = Versions.read(match);
        return answer(drafts.replace(key, version, document(sent == null ? new byte[0] : sent)));
    }

    /** A dotted path of the document, and what stands there: the value of a setting, or one rule of a list. */
    record RuleBody(@Nullable String path, @Nullable Object rule) {}

    @PUT
    @Path("rule")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "One setting or one rule of the draft",
            description =
                    "A rule of a list takes the place of the one that is about the same thing (the same name, selector, detector"
                            + " or pattern), or comes last. Turning urls.parameters.mode begins the other list afresh. If-Match carries the ETag that was read.")
    public Response put(
            @RestPath String environment,
            @HeaderParam("If-Match") @Nullable String match,
            @RequestBody(content = @Content(schema = @Schema(implementation = RuleBody.class)))
                    byte @Nullable [] sent) {
        var key = key(environment);
        long version = Versions.read(match);
        var read = json(within(sent == null ? new byte[0] : sent));
        var body = read instanceof Map<?, ?> map ? map : Map.of();
        return answer(drafts.put(key, version, String.valueOf(body.get("path")), body.get("rule")));
    }

    @DELETE
    @Path("rule")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Take one rule out of a list of the draft",
            description =
                    "path is the list, about what the rule is about, as in its history. If-Match carries the ETag that was read.")
    public Response remove(
            @RestPath String environment,
            @HeaderParam("If-Match") @Nullable String match,
            @RestQuery @DefaultValue("") String path,
            @RestQuery @DefaultValue("") String about) {
        var key = key(environment);
        return answer(drafts.remove(key, Versions.read(match), new OneRule(path, about)));
    }

    @POST
    @Path("undo")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Take the last edit back",
            description = "Twice brings it again. If-Match carries the ETag that was read.")
    public Response undo(@RestPath String environment, @HeaderParam("If-Match") @Nullable String match) {
        var key = key(environment);
        return answer(drafts.undo(key, Versions.read(match)));
    }

    @POST
    @Path("discard")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(summary = "Back to the revision in force", description = "If-Match carries the ETag that was read.")
    public Response discard(@RestPath String environment, @HeaderParam("If-Match") @Nullable String match) {
        var key = key(environment);
        return answer(drafts.discard(key, Versions.read(match)));
    }

    @POST
    @Path("rebase")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Operation(
            summary = "Keep the draft, on top of the revision that is in force now",
            description = "If-Match carries the ETag that was read.")
    public Response rebase(@RestPath String environment, @HeaderParam("If-Match") @Nullable String match) {
        var key = key(environment);
        return answer(drafts.rebase(key, Versions.read(match)));
    }

    private Response answer(Edited edited) {
        return edited.match(
                saved -> shown(saved.draft()),
                invalid -> {
                    throw invalid(invalid.errors());
                },
                overtaken -> {
                    throw Problem.of(412, "Somebody else changed the draft first. Nothing of yours was saved.")
                            .with("version", overtaken.draft().version())
                            .with("changes", new PolicyDiff(overtaken.meanwhile()).json());
                });
    }

    private static byte[] within(byte[] sent) {
        if (sent.length > MOST_BYTES) {
            throw Problem.of(413, "A document has at most 1 MiB.");
        }
        return sent;
    }

    private static PolicyDocument document(byte[] sent) {
        return PolicyDocument.parse(json(within(sent))).match(valid -> valid, errors -> {
            throw invalid(errors);
        });
    }

    private static @Nullable Object json(byte[] sent) {
        try {
            return JSON.readValue(sent);
        } catch (IOException e) {
            throw Problem.of(400, "This is no JSON, or a key stands there twice.");
        }
    }

    private static Problem invalid(List<PolicyError> errors) {
        return Problem.of(422, "This is no policy, for what stands under errors.")
                .with(
                        "errors",
                        errors.stream()
                                .limit(MOST_ERRORS)
                                .map(error -> Map.of(
                                        "pointer", error.pointer(),
                                        "position", error.position(),
                                        "detail", error.message()))
                                .toList());
    }

    private Response shown(Draft draft) {
        var release =
                releases.inForce(draft.environment()).orElseThrow(() -> Problem.notFound("no policy in force here"));
        var before = releases.document(release);
        var diff = PolicyDiff.between(before, draft.document());
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("version", draft.version());
        told.put("base", draft.base());
        told.put("hash", draft.document().hash());
        told.put("loosens", !diff.onlyTightens());
        told.put("changes", diff.json());
        terms.loss(draft.environment(), diff).ifPresent(loss -> told.put("deletes", loss.json()));
        told.put(
                "loses",
                terms.collateral(draft.environment(), before, draft.document()).json());
        told.put("document", draft.document().json());
        return Versions.shown(200, told, draft.version()).build();
    }

    private EnvironmentKey key(String environment) {
        return PlaceView.key(environment, environments);
    }
}
