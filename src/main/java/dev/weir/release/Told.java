package dev.weir.release;

import dev.weir.release.ChangeRequest.Comment;
import dev.weir.web.Problem;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Revisions, requests and differences as programs read them. */
final class Told {

    static final String SEEN_MISSING = "Say what you looked at: the number of the revision that is in force.";

    private Told() {}

    /** The revision that a program says it looked at. */
    static long seen(@Nullable Long number) {
        if (number == null) {
            throw Problem.of(428, SEEN_MISSING);
        }
        return number;
    }

    /** The first of a list, the newest first; the address of the next page is in {@code Link}. */
    static <T> Response page(
            List<T> found, int limit, Function<T, Object> told, String address, ToLongFunction<T> number) {
        if (limit < 1 || limit > Releases.PAGE) {
            throw Problem.of(400, "A page has 1 to " + Releases.PAGE + " entries.");
        }
        var shown = found.stream().limit(limit).toList();
        var answer = Response.ok(shown.stream().map(told).toList());
        if (shown.size() == limit && number.applyAsLong(shown.get(limit - 1)) > 1) {
            long last = number.applyAsLong(shown.get(limit - 1));
            answer.header("Link", "<" + address + "?before=" + last + "&limit=" + limit + ">; rel=\"next\"");
        }
        return answer.build();
    }

    static Map<String, @Nullable Object> release(Release release) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("environment", release.environment().value());
        told.put("number", release.number());
        told.put("hash", release.hash());
        told.put("reason", release.reason());
        told.put("publishedBy", release.publishedBy());
        told.put("publishedAt", release.publishedAt().toString());
        told.put("restores", release.restores().orElse(null));
        told.put("request", release.request().orElse(null));
        told.put(
                "expiresAt",
                release.term().map(term -> term.expiresAt().toString()).orElse(null));
        return told;
    }

    static Map<String, @Nullable Object> request(ChangeRequest request) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("environment", request.environment().value());
        told.put("number", request.number());
        told.put("state", request.state().id());
        told.put("hash", request.hash());
        told.put("base", request.base());
        told.put("restores", request.restores().orElse(null));
        told.put("partOf", request.partOf().orElse(null));
        told.put("origin", request.origin().map(Told::origin).orElse(null));
        told.put("stays", request.stays());
        told.put("reason", request.reason());
        told.put("days", request.expiresDays());
        told.put("author", person(request.author()));
        told.put("createdAt", request.createdAt().toString());
        told.put("decidedBy", request.decidedBy().map(Told::person).orElse(null));
        told.put("decidedAt", request.decidedAt().map(Object::toString).orElse(null));
        told.put("decidedReason", request.decidedReason().orElse(null));
        told.put("approvedHash", request.approvedHash().orElse(null));
        told.put("revision", request.revision().orElse(null));
        return told;
    }

    private static Map<String, Object> origin(Promotion.Origin origin) {
        return Map.of("environment", origin.source().value(), "revision", origin.revision());
    }

    static Map<String, Object> comment(Comment comment) {
        return Map.of(
                "author",
                person(comment.author()),
                "text",
                comment.text(),
                "writtenAt",
                comment.writtenAt().toString());
    }

    static Map<String, String> person(ChangeRequest.Person person) {
        return Map.of("subject", person.subject(), "name", person.name());
    }
}
