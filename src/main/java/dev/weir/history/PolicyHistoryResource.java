package dev.weir.history;

import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.history.Publications.Published;
import dev.weir.history.Publications.Sought;
import dev.weir.privacy.OneRule;
import dev.weir.privacy.PolicyDiff;
import dev.weir.privacy.Section;
import dev.weir.release.Emergency;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The history of a policy, of a part or of one rule of it, for programs. Reads the request, asks {@link Publications}; decides nothing. */
@Path("/api/v1/policy/{environment}/history")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PolicyHistoryResource {

    /** Publications of one page, at most: each is compared with the one before it. */
    private static final int MOST = 50;

    private final Publications publications;
    private final Environments environments;

    PolicyHistoryResource(Publications publications, Environments environments) {
        this.publications = publications;
        this.environments = environments;
    }

    @GET
    @Operation(
            summary = "What was published of a policy, of one part or of one rule of it, the newest first",
            description =
                    "part is a page of the rules; rule a dotted path, and about what a rule of a list is about. The address"
                            + " of the next page is in Link. A Developer reads of environments that are their own.")
    public Response list(
            @RestPath String environment,
            @RestQuery @DefaultValue("") String part,
            @RestQuery @DefaultValue("") String rule,
            @RestQuery @DefaultValue("") String about,
            @RestQuery @DefaultValue("9223372036854775807") long before,
            @RestQuery @DefaultValue("10") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.of(400, "The limit is 1 to " + MOST + ".");
        }
        var place =
                environments.named(environment).orElseThrow(() -> Problem.notFound("There is no such environment."));
        var sought = new Sought(place, section(part), one(rule, about));
        var found = publications.find(sought, before, limit + 1);
        var answer = Response.ok(
                found.stream().limit(limit).map(PolicyHistoryResource::told).toList());
        if (found.size() > limit) {
            var asked = new LinkedHashMap<String, String>();
            asked.put("part", part);
            asked.put("rule", rule);
            asked.put("about", about);
            asked.put("before", Long.toString(found.get(limit - 1).row().sequence()));
            asked.put("limit", Integer.toString(limit));
            answer.header(
                    "Link", "</api/v1/policy/" + place.key() + "/history?" + Asked.written(asked) + ">; rel=\"next\"");
        }
        return answer.build();
    }

    private static Optional<Section> section(String part) {
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Section.ofSlug(part).orElseThrow(() -> Problem.of(400, "There is no such part of a policy.")));
    }

    private static Optional<OneRule> one(String rule, String about) {
        return rule.isEmpty()
                ? Optional.empty()
                : Optional.of(OneRule.of(rule, about)
                        .orElseThrow(() -> Problem.of(400, "There is no such rule in a policy.")));
    }

    private static Map<String, @Nullable Object> told(Published published) {
        var row = published.row();
        var assent = published.assent();
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("row", row.sequence());
        told.put("revision", published.number());
        told.put("hash", published.release().hash());
        told.put("publishedAt", row.at().toString());
        told.put("publishedBy", row.who());
        told.put("action", row.row().action());
        told.put("reason", row.reasoned() ? row.reason() : null);
        told.put("request", published.release().request().orElse(null));
        told.put("askedBy", assent.asked().orElse(null));
        told.put("agreedBy", assent.agreed().orElse(null));
        told.put("emergency", assent.emergency().isPresent());
        told.put(
                "reviewedBy",
                assent.reviewed().map(review -> review.by().name()).orElse(null));
        told.put("review", assent.reviewed().map(Emergency.Review::words).orElse(null));
        told.put("first", published.first());
        told.put("changes", new PolicyDiff(published.changed()).json());
        return told;
    }
}
