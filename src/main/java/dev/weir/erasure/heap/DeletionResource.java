package dev.weir.erasure.heap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.erasure.Erasures;
import dev.weir.jobs.Job;
import dev.weir.kernel.AppId;
import dev.weir.store.Erasing.Name;
import dev.weir.web.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Heap's interface for deleting users. No account and no cookie is looked at: only an App ID's erasure key, and the token given for it.
 * What is wrong with a request is said without quoting it.
 */
@Path("/api/public/v0")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class DeletionResource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int LONGEST = 255;

    private static final Duration LATER = Duration.ofMinutes(1);

    private final AccessTokens tokens;
    private final Erasures erasures;

    DeletionResource(AccessTokens tokens, Erasures erasures) {
        this.tokens = tokens;
        this.erasures = erasures;
    }

    @POST
    @Path("auth_token")
    public Map<String, Object> token(@HeaderParam("Authorization") @Nullable String authorization) {
        return basic(authorization)
                .flatMap(pair ->
                        tokens.give(pair.substring(0, pair.indexOf(':')), pair.substring(pair.indexOf(':') + 1)))
                .map(token ->
                        Map.<String, Object>of("access_token", token, "expires_in", AccessTokens.GOOD_FOR.toSeconds()))
                .orElseThrow(() -> Problem.of(401, "This is not an App ID with its erasure key."));
    }

    @POST
    @Path("user_deletion")
    public Map<String, Object> delete(
            @HeaderParam("Authorization") @Nullable String authorization, @Nullable String body) {
        var app = app(authorization);
        var names = names(body == null ? "" : body);
        return erasures.deleteUsers(names, app)
                .map(job -> Map.<String, Object>of("deletion_request_id", job.id()))
                .orElseThrow(() -> Problem.tooMany("Too many jobs are waiting.", LATER));
    }

    @GET
    @Path("deletion_status/{id}")
    public Map<String, Object> status(
            @HeaderParam("Authorization") @Nullable String authorization, @RestPath String id) {
        return erasures.asked(app(authorization), id)
                .map(DeletionResource::told)
                .orElseThrow(() -> Problem.notFound("There is no such deletion."));
    }

    private static Map<String, Object> told(Job job) {
        var status = switch (job.state()) {
            case WAITING -> job.startedAt().isPresent() ? "running" : "pending";
            case RUNNING -> "running";
            case DONE -> "complete";
            case CANCELLED -> "cancelled";
            case FAILED -> "failed";
        };
        var told = new LinkedHashMap<String, Object>();
        told.put("deletion_request_id", job.id());
        told.put("status", status);
        told.putAll(job.counts());
        return told;
    }

    private AppId app(@Nullable String authorization) {
        return after(authorization, "Bearer ")
                .flatMap(tokens::app)
                .orElseThrow(() -> Problem.of(401, "The access token is none, or none any more."));
    }

    private static Optional<String> basic(@Nullable String authorization) {
        try {
            return after(authorization, "Basic ")
                    .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                    .filter(pair -> pair.indexOf(':') > 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> after(@Nullable String header, String scheme) {
        return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(header.substring(scheme.length()).strip())
                : Optional.empty();
    }

    private static Set<Name> names(String body) {
        var users = tree(body).path("users");
        if (!users.isArray() || users.isEmpty()) {
            throw Problem.of(400, "users is an array of at least one.");
        }
        if (users.size() > Erasures.MOST) {
            throw Problem.of(400, "At most " + Erasures.MOST + " users at once.");
        }
        var names = new LinkedHashSet<Name>();
        for (JsonNode user : users) {
            names.add(name(user));
        }
        return names;
    }

    private static Name name(JsonNode user) {
        boolean identity = user.hasNonNull("identity");
        var value = user.path(identity ? "identity" : "user_id");
        var text = value.isTextual() || value.isIntegralNumber() ? value.asText() : "";
        if (identity == user.hasNonNull("user_id")
                || text.isEmpty()
                || text.indexOf('\0') >= 0
                || text.codePointCount(0, text.length()) > LONGEST) {
            throw Problem.of(
                    400, "Each user is exactly one of identity and user_id, of 1 to 255 characters, none of them NUL.");
        }
        return new Name(identity, text);
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Problem.of(400, "The body is not JSON.");
        }
    }
}
