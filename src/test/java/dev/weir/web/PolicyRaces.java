package dev.weir.web;

import dev.weir.web.Race.Sent;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Over drafts, revisions and change requests. */
final class PolicyRaces extends Races {

    PolicyRaces(Racers racers) {
        super(racers);
    }

    @Override
    void all() {
        drafts();
        policies();
    }

    private void drafts() {
        var home = "/api/v1/policy/{environment}/draft";
        draft("PUT " + home, "", keeping(30));
        draft("PUT " + home + "/rule", "/rule", Map.of("path", "events", "rule", "ada's"));
        draft("DELETE " + home + "/rule", "/rule?path=urls.parameters.names&about=token", Map.of());
        for (var what : List.of("/undo", "/discard", "/rebase")) {
            draft("POST " + home + what, what, Map.of());
        }
    }

    private void draft(String operation, String what, Map<String, ?> body) {
        race(operation, () -> {
            var draft = policy(environment("staging", false)) + "/draft";
            drafted(draft, 10);
            return racing(draft, draft + what, tagged(body), () -> drafted(draft, 20));
        });
    }

    private static String policy(String key) {
        return "/api/v1/policy/" + key;
    }

    private static Map<String, ?> keeping(int days) {
        return Map.of("version", 1, "retention", Map.of("events", days));
    }

    private void drafted(String draft, int days) {
        by(bob, "PUT", draft, keeping(days), tag(draft));
    }

    private void published(String key, int days) {
        var draft = policy(key) + "/draft";
        drafted(draft, days);
        by(bob, "POST", policy(key) + "/publish", Map.of("reason", "A race", "key", key), tag(draft));
    }

    private void policies() {
        race("POST /api/v1/policy/{environment}/publish", () -> ofDraft("/publish", true));
        race("POST /api/v1/policy/{environment}/publish", () -> ofDraft("/publish", false));
        race("POST /api/v1/policy/{environment}/emergencies", () -> ofDraft("/emergencies", true));
        race("POST /api/v1/policy/{environment}/emergencies", () -> ofDraft("/emergencies", false));
        race("POST /api/v1/policy/{environment}/emergencies", () -> restoring("/emergencies", "restores"));
        race("POST /api/v1/policy/{environment}/rollback", () -> restoring("/rollback", "number"));
        race("POST /api/v1/changes/{environment}", () -> ofDraft("", true));
        race("POST /api/v1/changes/{environment}", () -> ofDraft("", false));
        race("POST /api/v1/changes/{environment}", () -> restoring("", "restores"));
        race("POST /api/v1/changes/{environment}", () -> restoring("?part", "restores"));
        race("POST /api/v1/changes/{environment}/{number}/approve", this::approving);
        race("POST /api/v1/changes/{environment}/{number}/reject", () -> rejecting(true));
        race("POST /api/v1/changes/{environment}/{number}/reject", () -> rejecting(false));
        race("POST /api/v1/policy/{environment}/promote", () -> promoting(true));
        race("POST /api/v1/policy/{environment}/promote", () -> promoting(false));
        race("POST /api/v1/policy/{environment}/code", () -> {
            var key = environment("staging", false);
            var code = policy(key) + "/code";
            Function<Response, Sent> tried = read -> {
                var file = Map.of("weir", 1, "policy", keeping(5));
                return new Sent(by(ada, "POST", code, file, "").header("ETag"), file);
            };
            return racing(policy(key), code + "?dry=false&reason=A race", tried, () -> published(key, 20));
        });
    }

    /** What is done with a draft that may loosen: where it is urgent, in a critical environment. */
    private Race ofDraft(String what, boolean header) {
        boolean urgent = what.equals("/emergencies");
        var key = environment("production", urgent);
        var draft = policy(key) + "/draft";
        drafted(draft, 400);
        var address = what.isEmpty() ? "/api/v1/changes/" + key : policy(key) + what;
        Function<Response, Sent> asked = read -> {
            var body = new HashMap<String, Object>(
                    Map.of("reason", "The auditors are at the door", "key", key, "days", urgent ? 1 : 0));
            if (!header) {
                body.put("version", read.jsonPath().getLong("version"));
            }
            return new Sent(header ? read.header("ETag") : "", body);
        };
        return racing(draft, address, asked, () -> drafted(draft, 401));
    }

    /** What brings revision 1 back. */
    private Race restoring(String what, String number) {
        boolean urgent = what.equals("/emergencies");
        var key = environment("production", urgent);
        published(key, 30);
        boolean part = what.equals("?part");
        Function<Response, Sent> asked = read -> {
            var body = new HashMap<String, Object>(Map.of(
                    number,
                    1,
                    "seen",
                    read.jsonPath().getLong("number"),
                    "reason",
                    "The auditors are at the door",
                    "key",
                    key,
                    "days",
                    urgent ? 1 : 0));
            if (part) {
                body.put("part", "retention");
            }
            return new Sent("", body);
        };
        return racing(
                policy(key),
                part || what.isEmpty() ? "/api/v1/changes/" + key : policy(key) + what,
                asked,
                () -> published(key, 20));
    }

    /** She has looked at the first request, and agrees to the second. */
    private Race approving() {
        var key = environment("production", true);
        var draft = policy(key) + "/draft";
        var changes = "/api/v1/changes/" + key;
        Runnable asks = () -> by(bob, "POST", changes, Map.of("reason", "A race"), tag(draft));
        drafted(draft, 400);
        asks.run();
        Function<Response, Sent> asked =
                read -> new Sent("", Map.of("hash", read.jsonPath().getString("[0].hash")));
        return racing(changes + "?limit=1", changes + "/2/approve", asked, () -> {
            drafted(draft, 401);
            asks.run();
        });
    }

    /** She has looked at a request that nobody has decided about, and somebody agrees to it, or says something about it. */
    private Race rejecting(boolean approved) {
        var key = environment("production", true);
        var draft = policy(key) + "/draft";
        var request = "/api/v1/changes/" + key + "/1";
        by(ada, "PUT", draft, keeping(400), tag(draft));
        by(ada, "POST", "/api/v1/changes/" + key, Map.of("reason", "A race"), tag(draft));
        return racing(
                request,
                request + "/reject",
                tagged(Map.of("reason", "It is not needed")),
                () -> by(
                        bob,
                        "POST",
                        request + (approved ? "/approve" : "/comments"),
                        approved ? Map.of("hash", look(request).jsonPath().getString("hash")) : Map.of("text", "It is"),
                        ""));
    }

    /** Either environment may have another revision by then. */
    private Race promoting(boolean ofSource) {
        var source = environment("development", false);
        var target = environment("production", true);
        published(source, 30);
        var thing = policy(target) + "/promote?from=" + source;
        Function<Response, Sent> asked = read -> new Sent(
                "",
                Map.of(
                        "from",
                        source,
                        "revision",
                        read.jsonPath().getLong("revision"),
                        "seen",
                        read.jsonPath().getLong("seen"),
                        "take",
                        List.of(0),
                        "leave",
                        List.of(),
                        "reason",
                        "As before"));
        return racing(thing, policy(target) + "/promote", asked, () -> published(ofSource ? source : target, 20));
    }
}
