package dev.weir.release;

import dev.weir.release.ChangeRequest.Comment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Revisions, requests and differences as programs read them. */
final class Told {

    private Told() {}

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
        told.put("reason", request.reason());
        told.put("days", request.expiresDays());
        told.put("author", person(request.author()));
        told.put("createdAt", request.createdAt().toString());
        told.put("decidedBy", request.decidedBy().map(Told::person).orElse(null));
        told.put("decidedAt", request.decidedAt().map(Object::toString).orElse(null));
        told.put("approvedHash", request.approvedHash().orElse(null));
        told.put("revision", request.revision().orElse(null));
        return told;
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

    private static Map<String, String> person(ChangeRequest.Person person) {
        return Map.of("subject", person.subject(), "name", person.name());
    }
}
