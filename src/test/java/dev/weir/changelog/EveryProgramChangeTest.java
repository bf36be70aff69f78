package dev.weir.changelog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
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
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
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
        "POST /api/v1/definitions", "PUT /api/v1/definitions", "DELETE /api/v1/definitions"
    };

    static final String[] STORED = {
        "POST /api/v1/quarantine",
        "POST /api/v1/redaction",
        "POST /api/v1/erasure",
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
        "PUT /api/v1/people"
    };

    static final String[] REVIEWS = {"POST /api/v1/reviews"};

    private static final Pattern ERASURE_KEY = Pattern.compile("wdk_[\\w-]+");

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

    private Noted noted;

    @BeforeEach
    void nothing_noted() {
        noted = new Noted(log, SignedIn.PASSWORD);
    }

    @Test
    @TestSecurity(
            user = "program",
            roles = Role.ADMIN,
            attributes = @SecurityAttribute(key = "weir.subject", value = "local:program"))
    void what_is_done_about_policies_writes_what_the_table_says() {
        sql.change(
                "insert into account (id, login, name, role, disabled, created_at) values ('program', 'program', 'P', 'admin', false, ?)",
                clock.instant());
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
                given().header("If-Match", given().get(changes + "/2").header("ETag")),
                changes + "/2/reject",
                "reason",
                "It is not");
        var asked = ada.does(() -> requests.open(place, version, "By a person", 0))
                .match(done -> done.request(), refused -> {
                    throw new AssertionError(refused.why());
                });
        program(changes + "/3/reviewers", "people", List.of("local:program"));
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
        var tag = given().get(read).header("ETag");
        note(given().contentType("application/json").header("If-Match", tag).body(body), method, path);
    }

    /** Compared, tried, asked for. */
    private void file(String path) {
        var file = "{\"weir\":1,\"policy\":{\"version\":1,\"retention\":{\"events\":1}}}";
        var tag = given().contentType("application/json").body(file).post(path).header("ETag");
        long before = noted.newest();
        given().contentType("application/json")
                .header("If-Match", tag)
                .body(file)
                .post(path + "?dry=false&reason=Asked by a file")
                .then()
                .statusCode(201);
        noted.since(before, "POST", path);
        before = noted.newest();
        given().contentType("application/json")
                .body(file)
                .post(path + "/drift")
                .then()
                .statusCode(409);
        noted.since(before, "POST", path + "/drift");
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
        sent(given(), path, fields);
    }

    private void sent(RequestSpecification request, String path, Object... fields) {
        var body = new TreeMap<String, Object>();
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        long before = noted.newest();

        var answer = request.contentType("application/json").body(body).post(path);

        assertThat(answer.statusCode()).as(path + answer.asString()).isBetween(200, 202);
        noted.since(before, "POST", path);
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
                with(ada)
                        .header("If-Match", tried.header("ETag"))
                        .contentType("text/csv")
                        .body(file),
                "POST",
                home + "/import?kind=csv&dry=false");
        var view = home + "/views/"
                + send(ada, "POST", home + "/views", Map.of("name", "Orders", "query", Map.of("type", "click")), -1)
                        .path("id");
        send(ada, "PUT", view, Map.of("name", "All orders", "query", Map.of("type", "click")), 0);
        send(ada, "DELETE", view, Map.of(), 1);
        var matcher = with(ada).get(home + "/matcher?environment=development");
        note(
                with(ada)
                        .header("If-Match", matcher.header("ETag"))
                        .contentType("application/json")
                        .body(Map.of("version", matcher.<Integer>path("other"), "reason", "As before")),
                "POST",
                home + "/matcher");

        assertThat(noted.seen()).isEqualTo(ChangeTable.of(DEFINITIONS));
    }

    @Test
    void what_is_done_about_what_is_stored_writes_what_the_table_says() {
        var person = SignedIn.as(Role.ADMIN);
        var ada = person.token("Everything stored", "all");
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
        var key = ERASURE_KEY.matcher(person.request()
                .formParam("app", app)
                .formParam(
                        "version",
                        sql.number("select coalesce(max(version), 0) from erasure_key where app_id = ?", app))
                .post("/console/erasure/keys")
                .asString());
        assertThat(key.find()).isTrue();
        var pair = Base64.getEncoder().encodeToString((app + ":" + key.group()).getBytes(StandardCharsets.UTF_8));
        var heap = "/api/public/v0/";
        var access = note(SignedIn.anonymous().header("Authorization", "Basic " + pair), "POST", heap + "auth_token");
        var asked = send(
                access.path("access_token"),
                "POST",
                heap + "user_deletion",
                Map.of("users", List.of(Map.of("identity", "otter-8"))),
                -1);
        send(ada, "POST", "/api/v1/jobs/" + asked.path("deletion_request_id") + "/cancel", Map.of(), -1);
        send(ada, "POST", "/api/v1/check", Map.of("events", List.of()), -1);

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
        send(ada, "PUT", app, Map.of("label", "First", "origins", List.of()), 1);
        send(ada, "POST", app + "/server-key", Map.of(), 2);
        send(ada, "POST", app + "/server-key", Map.of(), 3);
        send(ada, "DELETE", app + "/server-key", Map.of(), 4);
        send(ada, "POST", app + "/rotate", Map.of("days", 3), 5);
        send(ada, "POST", app + "/retire", Map.of(), 6);

        var people = "/api/v1/people";
        var invited = send(ada, "POST", people, Map.of("login", "eve", "name", "Eve", "role", "auditor"), -1);
        var eve = people + "/" + invited.path("person.id");
        var own = List.of("development");
        send(ada, "PUT", eve, Map.of("role", "developer", "disabled", false, "environments", own), version(eve, ada));
        send(ada, "POST", eve + "/link", Map.of(), version(eve, ada));
        send(ada, "POST", eve + "/sessions/end", Map.of(), -1);
        send(ada, "PUT", eve, Map.of("role", "developer", "disabled", true), version(eve, ada));
        send(ada, "PUT", eve, Map.of("role", "developer", "disabled", false), version(eve, ada));

        assertThat(noted.seen()).isEqualTo(ChangeTable.of(SETTINGS));
        assertThat(log.verify().fault()).isEmpty();
    }

    @Test
    void what_is_done_about_reviews_writes_what_the_table_says() {
        var ada = token("review-ada");
        var eve = WholeToken.of("review-eve", Role.AUDITOR, sql);
        var home = "/api/v1/reviews";
        var due = clock.instant().plus(Duration.ofDays(1)).toString().substring(0, 10);
        var wanted =
                Map.of("name", "Q1", "due", due, "matters", List.of("privacy"), "environments", List.of("production"));

        var cycle = home + "/" + send(ada, "POST", home, wanted, -1).path("number");
        var task = cycle + "/tasks/1";
        var me = with(ada).get(task).path("owner.subject");
        send(ada, "POST", task + "/gather", Map.of(), 0);
        send(ada, "POST", task + "/owner", Map.of("owner", me), 1);
        send(ada, "POST", task + "/sign", Map.of("outcome", "in-order"), 2);
        send(eve, "POST", task + "/hand-back", Map.of("hash", signature(task, eve), "reason", "Really?"), -1);
        send(ada, "POST", task + "/sign", Map.of("outcome", "needs-work", "words", "Not really"), 4);
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

    private static String token(String login) {
        SignedIn.account(login, login, Role.ADMIN);
        return SignedIn.signIn(login, SignedIn.PASSWORD).token("Everything of " + login, "all");
    }

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }

    /** With If-Match, where there is a version. */
    private Response send(String token, String method, String path, Map<String, ?> body, long version) {
        var request = with(token).contentType("application/json").body(body);
        return note(version < 0 ? request : request.header("If-Match", "\"" + version + "\""), method, path);
    }

    private Response note(RequestSpecification request, String method, String path) {
        long before = noted.newest();

        var answer = request.request(method, path);

        assertThat(answer.statusCode())
                .as(method + " " + path + " " + answer.asString())
                .isBetween(200, 204);
        noted.since(before, method, path.replaceFirst("\\?.*", ""));
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
