package dev.weir.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.changelog.Noted.Deed;
import dev.weir.changelog.Noted.Doer;
import dev.weir.database.Sql;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.release.ChangeRequests;
import dev.weir.release.Emergencies;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.WholeToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs reach the doors by a way of their own: what {@link EveryChangeTest} asks of pages is asked of them here. */
@QuarkusTest
@TestProfile(EveryProgramChangeTest.Alone.class)
class EveryProgramChangeTest {

    static final String[] POLICIES = {
        "POST /api/v1/policy/", "PUT /api/v1/policy/", "DELETE /api/v1/policy/", "POST /api/v1/changes/"
    };

    static final String[] DEFINITIONS = {
        "POST /api/v1/definitions",
        "PUT /api/v1/definitions",
        "DELETE /api/v1/definitions",
        "POST /api/v1/standards",
        "PUT /api/v1/standards"
    };

    static final String[] STORED = {
        "POST /api/v1/quarantine",
        "POST /api/v1/redaction",
        "POST /api/v1/erasure",
        "DELETE /api/v1/erasure",
        "POST /api/v1/changelog",
        "POST /api/v1/identities",
        "POST /api/v1/jobs",
        "POST /api/v1/check",
        "POST /api/public"
    };

    static final String[] SETTINGS = {
        "POST /api/v1/environments",
        "PUT /api/v1/environments",
        "DELETE /api/v1/environments",
        "POST /api/v1/people",
        "PUT /api/v1/people",
        "DELETE /api/v1/tokens"
    };

    static final String[] REVIEWS = {"POST /api/v1/reviews"};

    static final String[] RESTORATIONS = {"POST /api/v1/restorations"};

    /** A database of its own: nobody else writes while this test counts. */
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("weir.database.url", "jdbc:h2:mem:every-program-change");
        }
    }

    @Inject
    ChangeLog log;

    @Inject
    ChangeRequests requests;

    @Inject
    Emergencies emergencies;

    @Inject
    Drafts drafts;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    private final Map<String, Doer> doers = new HashMap<>();

    private Noted noted;
    private String me = "";

    @BeforeEach
    void nothing_noted() {
        noted = new Noted(log, sql, SignedIn.PASSWORD);
    }

    @Test
    void what_is_done_about_policies_writes_what_the_table_says() {
        me = token("program");
        var ada = Acting.as("door-ada", Role.ADMIN, sql);
        var place = new EnvironmentKey("development");
        var policy = "/api/v1/policy/development/";
        var changes = "/api/v1/changes/development";

        program(policy + "publish", "version", keeping(ada, place, 100), "reason", "It tightens");
        program(policy + "rollback", "number", 1, "seen", 2, "reason", "Not so strict");
        long version = keeping(ada, place, 200);
        program(changes, "version", version, "reason", "For a while");
        program(changes, "version", version, "reason", "For a while, again");
        program(changes + "/2/comments", "text", "Is it?");
        sent(
                with(me).header("If-Match", with(me).get(changes + "/2").header("ETag")),
                changes + "/2/reject",
                "reason",
                "It is not");
        var asked = ada.does(() -> requests.open(place, version, "By a person", 0))
                .match(done -> done.request(), refused -> {
                    throw new AssertionError(refused.why());
                });
        program(changes + "/3/reviewers", "people", List.of(subject("program")));
        program(changes + "/3/decline");
        program(changes + "/3/approve", "hash", asked.hash());
        program(changes + "/3/publish");

        file(policy + "code");
        emergency(ada);
        program(
                "/api/v1/policy/production/promote",
                "from",
                "development",
                "revision",
                sql.number("select max(number) from policy_revision where environment = 'development'"),
                "seen",
                3,
                "take",
                List.of(0),
                "leave",
                List.of(),
                "reason",
                "As in development");
        draft(policy);
        program(policy + "simulate", "events", 10);
        program(policy + "simulate/file", "type", "pageview");
        program(policy + "simulate/" + simulation("development") + "/cancel");

        assertThat(noted.seen()).isEqualTo(ChangeTable.of(POLICIES));
        assertThat(log.verify().fault()).isEmpty();
    }

    private void draft(String policy) {
        var path = policy + "draft";
        edit("PUT", path, path, Map.of("version", 1, "retention", Map.of("events", 300)));
        edit("POST", path, path + "/undo", Map.of());
        edit("PUT", path, path, Map.of("version", 1, "retention", Map.of("events", 301)));
        edit("PUT", path, path + "/rule", Map.of("path", "retention.events", "rule", 302));
        edit("DELETE", path, path + "/rule?path=urls.parameters.names&about=token", Map.of());
        // Another revision comes into force meanwhile.
        long seen = sql.number("select max(number) from policy_revision where environment = 'development'");
        program(policy + "rollback", "number", 1, "seen", seen, "reason", "Not so strict");
        edit("POST", path, path + "/rebase", Map.of());
        edit("POST", path, path + "/discard", Map.of());
    }

    private void edit(String method, String read, String path, Map<String, ?> body) {
        var tag = with(me).get(read).header("ETag");
        note(
                me,
                with(me).contentType("application/json").header("If-Match", tag).body(body),
                method,
                path,
                body);
    }

    /** Compared, tried, asked for. */
    private void file(String path) {
        var file = "{\"weir\":1,\"policy\":{\"version\":1,\"retention\":{\"events\":1}}}";
        var tag = with(me).contentType("application/json").body(file).post(path).header("ETag");
        note(
                me,
                with(me).contentType("application/json").header("If-Match", tag).body(file),
                "POST",
                path + "?dry=false&reason=Asked by a file",
                Map.of("reason", "Asked by a file"));
        long before = noted.newest();
        with(me).contentType("application/json")
                .body(file)
                .post(path + "/drift")
                .then()
                .statusCode(409);
        var doer = Objects.requireNonNull(doers.get(me));
        noted.since(before, new Deed("POST", path + "/drift", doer, Optional.empty()));
    }

    /** One by a person, for the program to review, and one by the program. */
    private void emergency(Acting ada) {
        var production = new EnvironmentKey("production");
        var home = "/api/v1/policy/production/emergencies";
        var plea = new Emergencies.Plea("The auditors are at the door", 1, "production");
        long first = keeping(ada, production, 400);
        ada.does(() -> emergencies.publish(production, first, plea)).match(done -> done.release(), refused -> {
            throw new AssertionError(refused.why());
        });
        program(home + "/2/review", "reason", "They were not");
        long second = keeping(ada, production, 401);
        program(home, "version", second, "reason", plea.reason(), "days", 1, "key", "production");
    }

    private long keeping(Acting who, EnvironmentKey place, long days) {
        var document = PolicyDocument.parse(Map.of("version", 1L, "retention", Map.of("events", days)))
                .match(valid -> valid, errors -> {
                    throw new AssertionError(errors);
                });
        who.does(() -> drafts.replace(place, drafts.of(place).version(), document));
        return who.does(() -> drafts.of(place).version());
    }

    private void program(String path, Object... fields) {
        sent(with(me), path, fields);
    }

    private void sent(RequestSpecification request, String path, Object... fields) {
        var body = new TreeMap<String, Object>();
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        note(me, request.contentType("application/json").body(body), "POST", path, body);
    }

    private String simulation(String environment) {
        return sql.first(
                        "select id from policy_simulation where environment = ? order by asked_at desc limit 1",
                        row -> row.getString(1),
                        environment)
                .orElseThrow();
    }

    @Test
    void what_is_done_about_definitions_writes_what_the_table_says() {
        var ada = token("catalog-ada");
        var carl = token("catalog-carl");
        var home = "/api/v1/definitions";
        var bought = Map.of("name", "Ordered", "type", "click", "filter", "text equals \"Buy\"", "personal", true);
        var owned = Map.of(
                "name",
                "Ordered",
                "type",
                "click",
                "filter",
                "text equals \"Buy\"",
                "owner",
                Map.of("kind", "team", "name", "Sales"));

        var one = home + "/" + send(ada, "POST", home, bought, -1).path("id");
        send(ada, "POST", one + "/share", Map.of(), 0);
        send(ada, "PUT", one, owned, 1);
        var many = List.of(Map.of("id", one.replaceFirst(".*/", ""), "version", 2));
        send(ada, "POST", home + "/bulk", Map.of("action", "tag", "value", "shop", "definitions", many), -1);
        send(ada, "POST", one + "/status", Map.of("status", "archived"), 3);
        send(ada, "POST", one + "/status", Map.of("status", "draft"), 4);
        send(ada, "POST", one + "/status", Map.of("status", "in-review"), 5);
        send(carl, "POST", one + "/status", Map.of("status", "verified"), 6);
        send(carl, "POST", one + "/status", Map.of("status", "deprecated", "reason", "Nobody buys"), 7);
        var file =
                "name,type,filter\nOrdered,click,\"text equals \"\"Sell\"\"\"\nSent out,click,\"text equals \"\"Sell\"\"\"\n";
        var tried = with(ada).contentType("text/csv").body(file).post(home + "/import?kind=csv");
        note(
                ada,
                with(ada)
                        .header("If-Match", tried.header("ETag"))
                        .contentType("text/csv")
                        .body(file),
                "POST",
                home + "/import?kind=csv&dry=false",
                Map.of());
        var view = home + "/views/"
                + send(ada, "POST", home + "/views", Map.of("name", "Orders", "query", Map.of("type", "click")), -1)
                        .path("id");
        send(ada, "PUT", view, Map.of("name", "All orders", "query", Map.of("type", "click")), 0);
        send(ada, "DELETE", view, Map.of(), 1);
        kept(ada, home);
        standards(ada, carl, one);
        send(ada, "POST", home + "/starter-pack", Map.of(), -1);
        var matcher = with(ada).get(home + "/matcher?environment=development");
        var other = Map.of("version", matcher.<Integer>path("other"), "reason", "As before");
        note(
                ada,
                with(ada)
                        .header("If-Match", matcher.header("ETag"))
                        .contentType("application/json")
                        .body(other),
                "POST",
                home + "/matcher",
                other);

        assertThat(noted.seen()).isEqualTo(ChangeTable.of(DEFINITIONS));
    }

    /** Nothing is asked but a context, which somebody does without. */
    private void standards(String ada, String carl, String one) {
        var asked = Map.of("rules", List.of(Map.of("rule", "context", "level", "block")), "reason", "As agreed");
        send(ada, "POST", "/api/v1/standards/preview", asked, -1);
        long version = with(ada).get("/api/v1/standards").jsonPath().getLong("version");
        send(ada, "PUT", "/api/v1/standards", asked, version);
        long looked = with(carl).get(one).jsonPath().getLong("version");
        send(carl, "POST", one + "/waivers", Map.of("rule", "context", "reason", "It is clear"), looked);
    }

    /** Looked at, drafted, changed, and as it was. */
    private void kept(String ada, String home) {
        var sold = Map.of("name", "Sold", "type", "click", "filter", "text equals \"Sell\"");
        send(
                ada,
                "POST",
                home + "/preview",
                Map.of("environment", "development", "type", "click", "filter", sold.get("filter")),
                -1);
        var one = home + "/" + send(ada, "POST", home, sold, -1).path("id");
        var other = Map.of("name", "Sold out", "type", "click", "filter", "text equals \"Sold out\"");
        send(ada, "PUT", one, other, 0);
    }

    /** The number of the first row that says this about the thing at the end of an address. */
    private long row(String kind, String path, String action) {
        return sql.number(
                "select min(sequence) from changelog where object_kind = ? and object_id = ? and action = ?",
                kind,
                path.replaceFirst(".*/", ""),
                action);
    }

    @Test
    void what_is_done_about_what_is_stored_writes_what_the_table_says() {
        var ada = token("stored-ada");
        for (var what : List.of("row", "actor")) {
            send(ada, "POST", "/api/v1/changelog/1/erase", Map.of("what", what, "reason", "It named somebody"), -1);
        }
        aside(1);
        aside(2);
        var quarantine = "/api/v1/quarantine/development/";
        send(ada, "POST", quarantine + "release", Map.of("events", List.of(1), "why", "It was our own page"), -1);
        send(ada, "POST", quarantine + "purge", Map.of("events", List.of(2), "why", "It was not"), -1);
        var redaction = "/api/v1/redaction/development/";
        var count = send(ada, "POST", redaction + "count", Map.of(), -1).path("job");
        JobsAtWork.all();
        send(ada, "POST", redaction + "apply", Map.of("count", count, "why", "A new rule"), -1);
        JobsAtWork.all();
        var erasure = "/api/v1/erasure";
        var users = Map.of("users", List.of(Map.of("identity", "otter-9")), "why", "They asked for it");
        var wanted = send(ada, "POST", erasure, users, -1).path("job");
        JobsAtWork.all();
        send(ada, "POST", erasure + "/" + wanted + "/release", Map.of(), -1);
        JobsAtWork.all();
        var unwanted = send(ada, "POST", erasure, users, -1).path("job");
        JobsAtWork.all();
        send(ada, "POST", erasure + "/" + unwanted + "/decline", Map.of(), -1);
        links(ada);
        var app = sql.first("select digits from app_id where environment = 'development'", row -> row.getString(1))
                .orElseThrow();
        var keys = erasure + "/keys/" + app;
        var tag = with(ada).get(keys).header("ETag");
        var made = note(ada, with(ada).header("If-Match", tag), "POST", keys, Map.of());
        var pair = Base64.getEncoder().encodeToString((app + ":" + made.path("key")).getBytes(StandardCharsets.UTF_8));
        var heap = "/api/public/v0/";
        var keyed = new Doer("erasure-key:" + app, "token", "");
        doers.put(pair, keyed);
        String access = note(
                        pair,
                        SignedIn.anonymous().header("Authorization", "Basic " + pair),
                        "POST",
                        heap + "auth_token",
                        Map.of())
                .path("access_token");
        doers.put(access, keyed);
        var asked = send(
                access, "POST", heap + "user_deletion", Map.of("users", List.of(Map.of("identity", "otter-8"))), -1);
        send(ada, "POST", "/api/v1/jobs/" + asked.path("deletion_request_id") + "/cancel", Map.of(), -1);
        send(ada, "POST", "/api/v1/check", Map.of("events", List.of()), -1);
        note(ada, with(ada).header("If-Match", made.header("ETag")), "DELETE", keys, Map.of());

        assertThat(noted.seen()).isEqualTo(ChangeTable.of(STORED));
    }

    private void links(String ada) {
        sql.change(
                "insert into identity_link (environment, user_id, identity, linked_at) values ('development', '4711', 'marten', ?)",
                clock.instant());
        var home = "/api/v1/identities/development/";
        String link = send(ada, "POST", home + "links", Map.of("identity", "marten"), -1)
                .path("links[0].link");
        var wanted = Map.of("user", "4711", "link", link, "why", "It was a shared device");
        var asked = send(ada, "POST", home + "cuts", wanted, -1).path("job");
        JobsAtWork.all();
        send(ada, "POST", home + "cuts/" + asked + "/release", Map.of(), -1);
        send(ada, "POST", home + "restores", wanted, -1);
        var again = send(ada, "POST", home + "cuts", wanted, -1).path("job");
        JobsAtWork.all();
        send(ada, "POST", home + "cuts/" + again + "/decline", Map.of(), -1);
    }

    @Test
    void what_is_done_about_environments_and_people_writes_what_the_table_says() {
        var ada = token("settings-ada");
        var carl = token("settings-carl");
        var home = "/api/v1/environments";
        var place = home + "/programmed";

        send(ada, "POST", home, Map.of("key", "programmed", "name", "Programmed", "kind", "production"), -1);
        send(ada, "PUT", place, Map.of("name", "By a program", "critical", true), 0);
        send(ada, "POST", place + "/uncritical", Map.of("reason", "Nobody buys"), 1);
        send(carl, "POST", place + "/uncritical/decline", Map.of(), 2);
        send(ada, "POST", place + "/uncritical", Map.of("reason", "Nobody buys, really"), 3);
        send(carl, "POST", place + "/uncritical/agree", Map.of(), 4);
        var app = place + "/app-ids/"
                + send(ada, "POST", place + "/app-ids", Map.of("label", "Second"), -1)
                        .path("id");
        send(ada, "PUT", app, Map.of("label", "First", "origins", List.of("https://shop.example")), 0);
        send(ada, "PUT", app, Map.of("label", "First", "origins", List.of()), version(app, ada));
        send(ada, "POST", app + "/server-key", Map.of(), version(app, ada));
        send(ada, "POST", app + "/server-key", Map.of(), version(app, ada));
        send(ada, "DELETE", app + "/server-key", Map.of(), version(app, ada));
        send(ada, "POST", app + "/rotate", Map.of("days", 3), version(app, ada));
        send(ada, "POST", app + "/retire", Map.of(), version(app, ada));

        var people = "/api/v1/people";
        var invited = send(ada, "POST", people, Map.of("login", "eve", "name", "Eve", "role", "auditor"), -1);
        var eve = people + "/" + invited.path("id");
        var own = List.of("development");
        send(ada, "PUT", eve, Map.of("role", "developer", "disabled", false, "environments", own), version(eve, ada));
        send(ada, "POST", eve + "/sessions/end", Map.of(), -1);
        send(ada, "PUT", eve, Map.of("role", "developer", "disabled", true), version(eve, ada));
        SignedIn.signIn("settings-carl", SignedIn.PASSWORD).token("Nightly", "check");
        var nightly = with(ada).get("/api/v1/tokens").path("find { it.name == 'Nightly' }.id");
        send(ada, "DELETE", "/api/v1/tokens/" + nightly, Map.of(), -1);

        assertThat(noted.seen()).isEqualTo(ChangeTable.of(SETTINGS));
        assertThat(log.verify().fault()).isEmpty();
    }

    @Test
    void what_is_done_about_restorations_writes_what_the_table_says() {
        var ada = token("restoring-ada");
        var carl = token("restoring-carl");
        var place = "/api/v1/environments/restorable";
        var body = Map.of("key", "restorable", "name", "First", "kind", "staging");
        with(ada).contentType("application/json").body(body).post("/api/v1/environments");
        named(ada, place, "Second");

        var declined = askedBack(ada, place);
        send(carl, "POST", declined + "/decline", Map.of("hash", hash(declined), "reason", "Not today"), -1);
        var withdrawn = askedBack(ada, place);
        send(ada, "POST", withdrawn + "/withdraw", Map.of("hash", hash(withdrawn)), -1);
        askedBack(ada, place);
        named(ada, place, "Third");
        var agreed = askedBack(ada, place);
        send(carl, "POST", agreed + "/agree", Map.of("hash", hash(agreed)), -1);

        assertThat(noted.seen()).isEqualTo(ChangeTable.of(RESTORATIONS));
    }

    private void named(String who, String place, String name) {
        with(who)
                .contentType("application/json")
                .header("If-Match", "\"" + version(place, who) + "\"")
                .body(Map.of("name", name, "critical", false))
                .put(place);
    }

    private String askedBack(String who, String place) {
        var wanted = Map.of(
                "kind", "environment",
                "object", "restorable",
                "row", row("environment", place, "created"),
                "version", version(place, who),
                "reason", "As it was called first");
        return "/api/v1/restorations/"
                + send(who, "POST", "/api/v1/restorations", wanted, -1).path("number");
    }

    private String hash(String restoration) {
        long number = Long.parseLong(restoration.replaceFirst(".*/", ""));
        return sql.first("select hash from restoration where number = ?", row -> row.getString(1), number)
                .orElseThrow();
    }

    @Test
    void what_is_done_about_reviews_writes_what_the_table_says() {
        var ada = token("review-ada");
        var eve = WholeToken.of("review-eve", Role.AUDITOR, sql);
        doers.put(eve, new Doer(subject("review-eve"), "token", "everything"));
        var home = "/api/v1/reviews";
        var due = clock.instant().plus(Duration.ofDays(1)).toString().substring(0, 10);
        var wanted =
                Map.of("name", "Q1", "due", due, "matters", List.of("privacy"), "environments", List.of("production"));

        var cycle = home + "/" + send(ada, "POST", home, wanted, -1).path("number");
        var task = cycle + "/tasks/1";
        var me = with(ada).get(task).path("owner.subject");
        send(ada, "POST", task + "/gather", Map.of(), 0);
        token("review-carl");
        send(ada, "POST", task + "/owner", Map.of("owner", me), 1);
        send(ada, "POST", task + "/owner", Map.of("owner", subject("review-carl")), 2);
        send(ada, "POST", task + "/owner", Map.of("owner", me), 3);
        send(ada, "POST", task + "/sign", Map.of("outcome", "in-order"), 4);
        send(eve, "POST", task + "/hand-back", Map.of("hash", signature(task, eve), "reason", "Really?"), -1);
        send(ada, "POST", task + "/sign", Map.of("outcome", "needs-work", "words", "Not really"), 6);
        send(eve, "POST", task + "/counter-sign", Map.of("hash", signature(task, eve)), -1);
        send(ada, "POST", cycle + "/close", Map.of(), version(cycle, ada));

        assertThat(noted.seen()).isEqualTo(ChangeTable.of(REVIEWS));
        assertThat(log.verify().fault()).isEmpty();
    }

    private static String signature(String task, String token) {
        return with(token).get(task).path("signature.sha256");
    }

    private static long version(String path, String token) {
        return with(token).get(path).jsonPath().getLong("version");
    }

    private String token(String login) {
        SignedIn.account(login, login, Role.ADMIN);
        var name = "Everything of " + login;
        var secret = SignedIn.signIn(login, SignedIn.PASSWORD).token(name, "all");
        doers.put(secret, new Doer(subject(login), "token", name));
        return secret;
    }

    private String subject(String login) {
        return "local:"
                + sql.first("select id from account where login = ?", row -> row.getString(1), login)
                        .orElseThrow();
    }

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }

    /** With If-Match, where there is a version. */
    private Response send(String token, String method, String path, Map<String, ?> body, long version) {
        var request = with(token).contentType("application/json").body(body);
        return note(
                token, version < 0 ? request : request.header("If-Match", "\"" + version + "\""), method, path, body);
    }

    /** @param said what is sent, where that gives a reason */
    private Response note(String token, RequestSpecification request, String method, String path, Map<String, ?> said) {
        long before = noted.newest();

        var answer = request.request(method, path);

        assertThat(answer.statusCode())
                .as(method + " " + path + " " + answer.asString())
                .isBetween(200, 204);
        var doer = Objects.requireNonNull(doers.get(token)).bringing(path);
        var reason = Stream.of("reason", "why")
                .flatMap(name -> Stream.ofNullable(said.get(name)))
                .map(String::valueOf)
                .findFirst();
        noted.since(before, new Deed(method, path.replaceFirst("\\?.*", ""), doer, reason));
        return answer;
    }

    private void aside(long sequence) {
        sql.change("""
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status, reason,
                                   redacted, revision, stale, findings, body)
                values ('development', ?, ?, '1234567890', 'track', ?, ?, 'custom', 'Bought', 'quarantined', 'ORIGIN_FENCE', false, 1,
                        false, '[]', '{"type":"custom","name":"Bought"}')
                """, sequence, UUID.randomUUID(), clock.instant(), clock.instant());
    }
}
