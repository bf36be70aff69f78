package dev.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.database.Sql;
import dev.weir.testsupport.Described;
import dev.weir.testsupport.Described.Operation;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.WholeToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is edited through the interface says what was looked at, and who was overtaken changes nothing. The operations are those of
 * docs/openapi.yaml: a new one is raced here, or stands with its reason among those that overwrite nothing.
 */
@QuarkusTest
class LostRaceTest {

    private static final String MAKES = "makes something new";
    private static final String LOOKS = "changes nothing";
    private static final String ADDS = "only adds, and overwrites nothing that somebody else said";
    private static final String ONCE =
            "decides about content that never changes, once: who comes second is a 409, whoever was first";
    private static final String ENDS = "ends what is under way; whatever was looked at, nothing of it is lost by it";

    /** Operations that need not say what was looked at, and why. */
    private static final Map<String, String> UNCONDITIONAL = new HashMap<>(Map.of(
            "POST /api/v1/environments", MAKES,
            "POST /api/v1/environments/{key}/app-ids", MAKES,
            "POST /api/v1/people", MAKES,
            "POST /api/v1/people/{id}/sessions/end", ENDS,
            "POST /api/v1/definitions", MAKES,
            "POST /api/v1/definitions/views", MAKES,
            "POST /api/v1/check", LOOKS,
            "POST /api/v1/policy/{environment}/code/drift", LOOKS,
            "POST /api/v1/jobs/{id}/cancel", ENDS));

    static {
        UNCONDITIONAL.put("POST /api/v1/reviews", MAKES);
        UNCONDITIONAL.put("DELETE /api/v1/tokens/{id}", ENDS);
        UNCONDITIONAL.put("POST /api/v1/definitions/preview", LOOKS);
        UNCONDITIONAL.put("POST /api/v1/definitions/starter-pack", MAKES + ": what has a name that is taken stays out");
        UNCONDITIONAL.put(
                "POST /api/v1/changelog/{sequence}/erase",
                "a row never changes: what is erased of it is gone, whoever was first");
        UNCONDITIONAL.put(
                "POST /api/v1/definitions/bulk",
                "names the version of each definition that was looked at: BulkResourceTest loses a race");
        UNCONDITIONAL.put("POST /api/v1/erasure", MAKES);
        UNCONDITIONAL.put("POST /api/v1/erasure/{id}/release", ONCE);
        UNCONDITIONAL.put("POST /api/v1/erasure/{id}/decline", ONCE);
        var links = "POST /api/v1/identities/{environment}/";
        UNCONDITIONAL.put(links + "links", LOOKS);
        UNCONDITIONAL.put(links + "cuts", MAKES);
        UNCONDITIONAL.put(links + "cuts/{id}/release", ONCE);
        UNCONDITIONAL.put(links + "cuts/{id}/decline", ONCE);
        UNCONDITIONAL.put(links + "restores", ONCE);
        var changes = "POST /api/v1/changes/{environment}/{number}/";
        UNCONDITIONAL.put(changes + "comments", ADDS);
        UNCONDITIONAL.put(changes + "reviewers", ADDS);
        UNCONDITIONAL.put(changes + "decline", ONCE);
        UNCONDITIONAL.put(changes + "publish", ONCE);
        var policy = "POST /api/v1/policy/{environment}/";
        UNCONDITIONAL.put(policy + "emergencies/{number}/review", ONCE);
        UNCONDITIONAL.put(policy + "simulate", LOOKS);
        UNCONDITIONAL.put(policy + "simulate/file", LOOKS);
        UNCONDITIONAL.put(policy + "simulate/{id}/cancel", ENDS);
        var stored = "names the events; one that is gone by then is counted as gone";
        UNCONDITIONAL.put("POST /api/v1/quarantine/{environment}/release", stored);
        UNCONDITIONAL.put("POST /api/v1/quarantine/{environment}/purge", stored);
        UNCONDITIONAL.put("POST /api/v1/redaction/{environment}/count", LOOKS);
        UNCONDITIONAL.put(
                "POST /api/v1/redaction/{environment}/apply",
                "names the count, which is good for one policy: docs/erasure.md");
    }

    private static final AtomicInteger MADE = new AtomicInteger();

    private static String ada = "";
    private static String bob = "";
    private static String eve = "";

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    /** A request that says what was looked at: by If-Match, or where that is empty, in its body. */
    private record Sent(String match, Object body) {}

    /**
     * @param thing where it is looked at
     * @param address what is sent to
     * @param asked what she sends after she has looked
     * @param first what somebody else does between
     * @param who by whom; ada, where nothing else is said
     */
    private record Race(String thing, String address, Function<Response, Sent> asked, Runnable first, String who) {

        Race(String thing, String address, Function<Response, Sent> asked, Runnable first) {
            this(thing, address, asked, first, ada);
        }
    }

    private final Map<String, List<Supplier<Race>>> races = new HashMap<>();

    @BeforeEach
    void two_admins_and_their_races() {
        if (ada.isEmpty()) {
            ada = token("racing-ada");
            bob = token("racing-bob");
            eve = WholeToken.of("racing-eve", Role.AUDITOR, sql);
        }
        environments();
        appIds();
        people();
        definitions();
        drafts();
        policies();
        reviews();
        restores();
        erasureKeys();
    }

    static List<Operation> edits() {
        return Described.operations().stream()
                .filter(operation -> !operation.method().equals("GET"))
                .filter(operation -> !UNCONDITIONAL.containsKey(operation.text()))
                .toList();
    }

    @Test
    void whatever_is_edited_says_what_was_looked_at_or_why_it_need_not() {
        var described = Described.operations().stream().map(Operation::text).collect(Collectors.toSet());
        assertThat(described).containsAll(UNCONDITIONAL.keySet());
        assertThat(edits()).hasSizeGreaterThan(25).allSatisfy(operation -> {
            var named = new TreeSet<>(operation.fields());
            named.retainAll(List.of("version", "seen", "hash"));
            assertThat(operation.takes("header", "If-Match") || !named.isEmpty())
                    .as(operation + " takes If-Match, or a version, seen or hash in its body")
                    .isTrue();
        });
        assertThat(Described.operations().stream()
                        .filter(operation -> UNCONDITIONAL.containsKey(operation.text()))
                        .filter(operation -> operation.takes("header", "If-Match")))
                .as("what takes If-Match is raced")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("edits")
    void who_was_overtaken_is_a_412_and_changes_nothing(Operation operation) {
        var each = races.getOrDefault(operation.text(), List.of());
        assertThat(each).as("no race is known for " + operation).isNotEmpty();
        for (var one : each) {
            run(operation, one.get());
        }
    }

    private void run(Operation operation, Race race) {
        var late = race.asked().apply(look(race.thing()));
        race.first().run();
        var before = look(race.thing());
        long newest = log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0).sequence();

        var answer = send(operation, race, late);

        assertThat(answer.statusCode()).as(operation + ": " + answer.asString()).isEqualTo(412);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        var after = look(race.thing());
        assertThat(after.asString()).as(operation.text()).isEqualTo(before.asString());
        assertThat(after.header("ETag")).as(operation.text()).isEqualTo(before.header("ETag"));
        assertThat(log.find(Filter.ALL, Long.MAX_VALUE, 50))
                .as(operation + " writes nothing")
                .noneMatch(row -> row.sequence() > newest && row.content().contains("Racing of racing-ada"));
        if (!late.match().isEmpty()) {
            assertThat(send(operation, race, new Sent("", late.body())).statusCode())
                    .as(operation + " without If-Match")
                    .isEqualTo(428);
        }

        // That it was the race and nothing else: who looks again is heard.
        var again = send(operation, race, race.asked().apply(look(race.thing())));
        assertThat(again.statusCode()).as(operation + ": " + again.asString()).isBetween(200, 204);
    }

    private static Response look(String thing) {
        var answer = with(ada).get(thing);
        assertThat(answer.statusCode()).as(thing).isEqualTo(200);
        return answer;
    }

    private static Response send(Operation operation, Race race, Sent sent) {
        var request = with(race.who()).contentType("application/json").body(sent.body());
        if (!sent.match().isEmpty()) {
            request.header("If-Match", sent.match());
        }
        return request.request(operation.method(), race.address());
    }

    private void race(String operation, Supplier<Race> race) {
        races.computeIfAbsent(operation, unknown -> new ArrayList<>()).add(race);
    }

    private static Function<Response, Sent> tagged(Object body) {
        return read -> new Sent(read.header("ETag"), body);
    }

    private static String environment(String kind, boolean critical) {
        var key = "raced-" + MADE.incrementAndGet();
        by(
                ada,
                "POST",
                "/api/v1/environments",
                Map.of("key", key, "name", "Raced", "kind", kind, "critical", critical),
                "");
        return key;
    }

    private void environments() {
        var home = "/api/v1/environments/";
        race("PUT /api/v1/environments/{key}", () -> {
            var place = home + environment("production", true);
            return new Race(place, place, tagged(Map.of("name", "Ada's", "critical", true)), () -> renamed(place));
        });
        race("POST /api/v1/environments/{key}/uncritical", () -> {
            var place = home + environment("production", true);
            return new Race(
                    place, place + "/uncritical", tagged(Map.of("reason", "Nobody sells here")), () -> renamed(place));
        });
        for (var answer : List.of("agree", "decline")) {
            race("POST /api/v1/environments/{key}/uncritical/" + answer, () -> {
                var place = home + environment("production", true);
                Runnable wish =
                        () -> by(bob, "POST", place + "/uncritical", Map.of("reason", "I am in a hurry"), tag(place));
                wish.run();
                return new Race(place, place + "/uncritical/" + answer, tagged(Map.of()), wish);
            });
        }
    }

    private static void renamed(String place) {
        by(bob, "PUT", place, Map.of("name", "Bob's", "critical", true), tag(place));
    }

    private void appIds() {
        var home = "/api/v1/environments/{key}/app-ids/{app}";
        app("PUT " + home, "", Map.of("label", "Ada's", "origins", List.of("https://ada.example")));
        app("POST " + home + "/rotate", "/rotate", Map.of("days", 1));
        app("POST " + home + "/retire", "/retire", Map.of());
        app("POST " + home + "/server-key", "/server-key", Map.of());
        app("DELETE " + home + "/server-key", "/server-key", Map.of());
    }

    private void app(String operation, String what, Map<String, ?> body) {
        race(operation, () -> {
            var apps = "/api/v1/environments/" + environment("staging", false) + "/app-ids";
            var app = apps + "/" + look(apps).jsonPath().getString("[0].id");
            return new Race(
                    app,
                    app + what,
                    tagged(body),
                    () -> by(bob, "PUT", app, Map.of("label", "Bob's", "origins", List.of()), tag(app)));
        });
    }

    private void people() {
        for (var what : List.of("", "/link")) {
            race((what.isEmpty() ? "PUT" : "POST") + " /api/v1/people/{id}" + what, () -> {
                var login = "raced-" + MADE.incrementAndGet();
                var body = Map.of("login", login, "name", "Raced", "role", "auditor");
                var person = "/api/v1/people/"
                        + by(ada, "POST", "/api/v1/people", body, "").path("person.id");
                return new Race(
                        person,
                        person + what,
                        tagged(Map.of("role", "architect", "disabled", false)),
                        () -> by(bob, "PUT", person, Map.of("role", "developer", "disabled", false), tag(person)));
            });
        }
    }

    private void definitions() {
        definition("PUT /api/v1/definitions/{id}", "", false);
        definition("POST /api/v1/definitions/{id}/status", "/status", false);
        definition("POST /api/v1/definitions/{id}/share", "/share", true);
        for (var method : List.of("PUT", "DELETE")) {
            race(method + " /api/v1/definitions/views/{id}", () -> {
                var body = Map.of("name", "Raced " + MADE.incrementAndGet(), "query", Map.of("type", "click"));
                var home = "/api/v1/definitions/views";
                var view = home + "/" + by(ada, "POST", home, body, "").path("id");
                var other = Map.of("name", "Raced, and renamed " + MADE.get(), "query", Map.of("type", "click"));
                return new Race(view, view, tagged(body), () -> by(ada, "PUT", view, other, tag(view)));
            });
        }
        race("POST /api/v1/definitions/import", () -> {
            int number = MADE.incrementAndGet();
            var home = "/api/v1/definitions";
            Function<String, Map<String, ?>> body = text ->
                    Map.of("name", "Raced import " + number, "type", "click", "filter", "text equals \"" + text + "\"");
            var one = home + "/" + by(ada, "POST", home, body.apply("Buy"), "").path("id");
            var file = Map.of("definitions", List.of(body.apply("Ada's")));
            var address = home + "/import?kind=json";
            Function<Response, Sent> tried =
                    read -> new Sent(by(ada, "POST", address, file, "").header("ETag"), file);
            return new Race(
                    one, address + "&dry=false", tried, () -> by(bob, "PUT", one, body.apply("Bob's"), tag(one)));
        });
        race("POST /api/v1/definitions/matcher", () -> {
            var thing = "/api/v1/definitions/matcher";
            Function<Response, Sent> asked = read -> new Sent(
                    read.header("ETag"), Map.of("version", read.<Integer>path("other"), "reason", "For a race"));
            return new Race(thing + "?environment=development", thing, asked, () -> {
                var now = asked.apply(look(thing + "?environment=development"));
                by(bob, "POST", thing, now.body(), now.match());
            });
        });
    }

    private void definition(String operation, String what, boolean personal) {
        race(operation, () -> {
            var number = MADE.incrementAndGet();
            Function<String, Map<String, ?>> body = text -> Map.of(
                    "name",
                    "Raced " + number,
                    "type",
                    "click",
                    "filter",
                    "text equals \"" + text + number + "\"",
                    "personal",
                    personal,
                    "status",
                    "archived");
            var home = "/api/v1/definitions";
            var one = home + "/" + by(ada, "POST", home, body.apply("Buy"), "").path("id");
            return new Race(
                    one,
                    one + what,
                    tagged(body.apply("Ada's")),
                    // Of a personal draft nobody else knows.
                    () -> by(personal ? ada : bob, "PUT", one, body.apply("Bob's"), tag(one)));
        });
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
            return new Race(draft, draft + what, tagged(body), () -> drafted(draft, 20));
        });
    }

    private static String policy(String key) {
        return "/api/v1/policy/" + key;
    }

    private static Map<String, ?> keeping(int days) {
        return Map.of("version", 1, "retention", Map.of("events", days));
    }

    private static void drafted(String draft, int days) {
        by(bob, "PUT", draft, keeping(days), tag(draft));
    }

    private static void published(String key, int days) {
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
        race("POST /api/v1/changes/{environment}/{number}/approve", LostRaceTest::approving);
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
            return new Race(policy(key), code + "?dry=false&reason=A race", tried, () -> published(key, 20));
        });
    }

    /** What is done with a draft that may loosen: where it is urgent, in a critical environment. */
    private static Race ofDraft(String what, boolean header) {
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
        return new Race(draft, address, asked, () -> drafted(draft, 401));
    }

    /** What brings revision 1 back. */
    private static Race restoring(String what, String number) {
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
        return new Race(
                policy(key),
                part || what.isEmpty() ? "/api/v1/changes/" + key : policy(key) + what,
                asked,
                () -> published(key, 20));
    }

    /** She has looked at the first request, and agrees to the second. */
    private static Race approving() {
        var key = environment("production", true);
        var draft = policy(key) + "/draft";
        var changes = "/api/v1/changes/" + key;
        Runnable asks = () -> by(bob, "POST", changes, Map.of("reason", "A race"), tag(draft));
        drafted(draft, 400);
        asks.run();
        Function<Response, Sent> asked =
                read -> new Sent("", Map.of("hash", read.jsonPath().getString("[0].hash")));
        return new Race(changes + "?limit=1", changes + "/2/approve", asked, () -> {
            drafted(draft, 401);
            asks.run();
        });
    }

    /** She has looked at a request that nobody has decided about, and somebody agrees to it, or says something about it. */
    private static Race rejecting(boolean approved) {
        var key = environment("production", true);
        var draft = policy(key) + "/draft";
        var request = "/api/v1/changes/" + key + "/1";
        by(ada, "PUT", draft, keeping(400), tag(draft));
        by(ada, "POST", "/api/v1/changes/" + key, Map.of("reason", "A race"), tag(draft));
        return new Race(
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
    private static Race promoting(boolean ofSource) {
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
        return new Race(thing, policy(target) + "/promote", asked, () -> published(ofSource ? source : target, 20));
    }

    /** An earlier version of a thing, which somebody changes once more meanwhile. */
    private void restores() {
        race("POST /api/v1/environments/{key}/restore", () -> {
            var key = environment("production", true);
            var place = "/api/v1/environments/" + key;
            renamed(place);
            return new Race(
                    place,
                    place + "/restore",
                    tagged(Map.of("row", firstRow("environment/" + key))),
                    () -> by(bob, "PUT", place, Map.of("name", "Bob's own", "critical", true), tag(place)));
        });
        race("POST /api/v1/environments/{key}/app-ids/{app}/restore", () -> {
            var apps = "/api/v1/environments/" + environment("staging", false) + "/app-ids";
            var digits = look(apps).jsonPath().getString("[0].id");
            var app = apps + "/" + digits;
            labelled(app, "Bob's");
            return new Race(
                    app,
                    app + "/restore",
                    tagged(Map.of("row", firstRow("app-id/" + digits))),
                    () -> labelled(app, "Bob's own"));
        });
        race("POST /api/v1/definitions/{id}/restore", () -> {
            int number = MADE.incrementAndGet();
            Function<String, Map<String, ?>> body = text ->
                    Map.of("name", "Raced back " + number, "type", "click", "filter", "text equals \"" + text + "\"");
            var home = "/api/v1/definitions";
            String id = by(ada, "POST", home, body.apply("Buy"), "").path("id");
            var one = home + "/" + id;
            by(ada, "PUT", one, body.apply("Ada's"), tag(one));
            return new Race(
                    one,
                    one + "/restore",
                    tagged(Map.of("row", firstRow("definition/" + id))),
                    () -> by(bob, "PUT", one, body.apply("Bob's"), tag(one)));
        });
        race("POST /api/v1/definitions/views/{id}/restore", () -> {
            int number = MADE.incrementAndGet();
            Function<String, Map<String, ?>> body =
                    name -> Map.of("name", name + " view " + number, "query", Map.of("type", "click"));
            var home = "/api/v1/definitions/views";
            String id = by(ada, "POST", home, body.apply("First"), "").path("id");
            var view = home + "/" + id;
            by(ada, "PUT", view, body.apply("Second"), tag(view));
            return new Race(
                    view,
                    view + "/restore",
                    tagged(Map.of("row", firstRow("saved-view/" + id))),
                    () -> by(ada, "PUT", view, body.apply("Third"), tag(view)));
        });
    }

    /** The number of the row that a thing began with. */
    private static long firstRow(String thing) {
        return look("/api/v1/history/" + thing).jsonPath().getLong("[-1].row");
    }

    private static void labelled(String app, String label) {
        by(bob, "PUT", app, Map.of("label", label, "origins", List.of()), tag(app));
    }

    private void erasureKeys() {
        for (var method : List.of("POST", "DELETE")) {
            race(method + " /api/v1/erasure/keys/{app}", () -> {
                var apps = "/api/v1/environments/" + environment("staging", false) + "/app-ids";
                var key = "/api/v1/erasure/keys/" + look(apps).jsonPath().getString("[0].id");
                Runnable makes = () -> by(bob, "POST", key, Map.of(), tag(key));
                makes.run();
                return new Race(key, key, tagged(Map.of()), makes);
            });
        }
        race("POST /api/v1/erasure/keys/{app}", () -> {
            var apps = "/api/v1/environments/" + environment("staging", false) + "/app-ids";
            var key = "/api/v1/erasure/keys/" + look(apps).jsonPath().getString("[0].id");
            return new Race(key, key, tagged(Map.of()), () -> by(bob, "POST", key, Map.of(), tag(key)));
        });
    }

    private void reviews() {
        var home = "/api/v1/reviews/{number}";
        race("POST " + home + "/close", () -> {
            var cycle = cycle();
            return new Race(
                    cycle, cycle + "/close", tagged(Map.of("reason", "Enough of it")), () -> moved(cycle + "/tasks/1"));
        });
        Map.of(
                        "gather", Map.of(),
                        "sign", Map.of("outcome", "in-order"),
                        "owner", Map.of("owner", subject(bob)))
                .forEach((what, body) -> race("POST " + home + "/tasks/{task}/" + what, () -> {
                    var task = cycle() + "/tasks/1";
                    return new Race(task, task + "/" + what, tagged(body), () -> moved(task));
                }));
        for (var what : List.of("counter-sign", "hand-back")) {
            race("POST " + home + "/tasks/{task}/" + what, () -> confirming(what));
        }
    }

    private static String cycle() {
        var body = Map.of(
                "name",
                "Raced",
                "due",
                LocalDate.now(ZoneOffset.UTC).plusDays(1).toString(),
                "matters",
                List.of("privacy"),
                "environments",
                List.of(environment("staging", false)));
        return "/api/v1/reviews/" + by(ada, "POST", "/api/v1/reviews", body, "").path("number");
    }

    private static String subject(String who) {
        return with(who).get("/api/v1/me").path("subject");
    }

    /** To bob, and back to ada. */
    private static void moved(String task) {
        for (var who : List.of(bob, ada)) {
            by(bob, "POST", task + "/owner", Map.of("owner", subject(who)), tag(task));
        }
    }

    /** What she looked at was signed anew. */
    private static Race confirming(String what) {
        var task = cycle() + "/tasks/1";
        Runnable signs = () -> by(ada, "POST", task + "/sign", Map.of("outcome", "in-order"), tag(task));
        signs.run();
        Function<Response, Sent> asked =
                read -> new Sent("", Map.of("hash", read.path("signature.sha256"), "reason", "For a race"));
        return new Race(
                task,
                task + "/" + what,
                asked,
                () -> {
                    by(eve, "POST", task + "/hand-back", asked.apply(look(task)).body(), "");
                    signs.run();
                },
                eve);
    }

    private static String tag(String thing) {
        return look(thing).header("ETag");
    }

    private static Response by(String who, String method, String path, Object body, String match) {
        var request = with(who).contentType("application/json").body(body);
        var answer = (match.isEmpty() ? request : request.header("If-Match", match)).request(method, path);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.asString())
                .isBetween(200, 204);
        return answer;
    }

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }

    private static String token(String login) {
        SignedIn.account(login, login, Role.ADMIN);
        return SignedIn.signIn(login, SignedIn.PASSWORD).token("Racing of " + login, "all");
    }
}
