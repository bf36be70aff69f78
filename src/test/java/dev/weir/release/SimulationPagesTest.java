package dev.weir.release;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.options.FilePayload;
import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.Drafts;
import dev.weir.simulation.Finished;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SimulationPagesTest {

    private static int made;

    @Inject
    Sql sql;

    @Inject
    Drafts drafts;

    private String key;
    private SignedIn admin;
    private Policies ada;
    private Policies auditor;

    @BeforeEach
    void a_critical_environment_whose_draft_blocks_an_event() {
        key = "tried" + ++made;
        admin = SignedIn.as(Role.ADMIN);
        admin.request()
                .formParams(Map.of("key", key, "name", "Tried " + key, "kind", "production", "critical", "critical"))
                .post("/console/environments")
                .then()
                .statusCode(303);
        ada = new Policies(admin, key);
        auditor = new Policies(SignedIn.as(Role.AUDITOR), key);
        assertThat(ada.edit("events/add", Map.of("values", "order placed")).statusCode())
                .isEqualTo(303);
    }

    private String tried(Map<String, ?> fields) {
        return finished(ada.post("/simulations", fields));
    }

    private static String finished(Response started) {
        assertThat(started.statusCode()).isEqualTo(303);
        var id = started.header("Location").replaceFirst(".*/", "");
        Finished.of(id);
        return "/simulations/" + id;
    }

    private static Map<String, String> pasted(String text) {
        return Map.of("source", "pasted", "text", text);
    }

    @Test
    void what_is_pasted_is_judged_and_nothing_of_it_is_shown() {
        var one = tried(pasted("""
                [{"type":"custom","name":"Order Placed","identity":"canary@shop.example","properties":{"canary":"canary"}},
                 {"type":"pageview","page":{"url":"https://shop.example/canary"}}]"""));

        auditor.get(one)
                .then()
                .statusCode(200)
                .body(containsString("2 of 2 events"), containsString("Event blocked"))
                .body(containsString("events.order placed"), not(containsString("canary")));
    }

    private void drafted(Map<String, Object> members) {
        var document = Tenant.balancedWith(new HashMap<>(members));
        var draft = Acting.as("tried-ada", Role.ADMIN, sql);
        draft.does(() -> drafts.replace(new EnvironmentKey(key), Long.parseLong(ada.version()), document));
    }

    private void recorded(long sequence, String url, String plan) {
        sql.change(
                "insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, user_id, identity,"
                        + " status, redacted, revision, stale, findings, body)"
                        + " values (?, ?, ?, ?, 'track', current_timestamp, current_timestamp, 'custom', 'Order Placed', 'u1',"
                        + " 'canary-user', 'kept', false, 1, false, '[]', ?)",
                key,
                sequence,
                UUID.randomUUID(),
                sql.first("select digits from app_id where environment = ?", row -> row.getString(1), key)
                        .orElseThrow(),
                "{\"type\":\"custom\",\"name\":\"Order Placed\",\"properties\":{\"plan\":\"" + plan
                        + "\",\"total\":7},\"identity\":\"canary-user\",\"page\":{\"url\":\"" + url + "\"}}");
    }

    /** A row of a table that names these, one cell each, in this order. */
    private static org.hamcrest.Matcher<String> row(String... cells) {
        var pattern = new StringBuilder("(?s).*<tr>");
        for (var cell : cells) {
            pattern.append("<td[^>]*>(<[^>]*>)?").append(Pattern.quote(cell)).append("(<[^>]*>)?</td>");
        }
        return matchesPattern(pattern + "</tr>.*");
    }

    @Test
    void recorded_events_are_shown_side_by_side_as_both_would_leave_them() {
        drafted(Map.of(
                "urls", Map.of("parameters", Map.of("mode", "block", "names", List.of("token", "step"))),
                "properties", List.of(Map.of("name", "pl*", "action", "drop"))));
        recorded(1, "https://shop.example/pay?step=2&page=1", "canary-gold");

        var one = auditor.get(tried(Map.of("source", "recorded"))).then().statusCode(200);

        one.body(containsString("<th scope=\"col\">In force</th><th scope=\"col\">With the change</th>"))
                .body(row("page.url", "more is kept than is shown here", "https://shop.example/pay?page=1"))
                .body(row("name", "Order Placed", "Order Placed"))
                .body(row("properties.total", "7", "7"))
                .body(row("properties", "1 more, not shown here", "not kept"))
                .body(row("identity", "an identity", "an identity"))
                .body(containsString("<dt>Identities</dt><dd>1 of 1 affected, 0 no longer accepted</dd>"))
                .body(containsString("<dt>Users</dt><dd>1 of 1 affected</dd>"))
                .body(containsString("urls.parameters.step"))
                .body(not(containsString("canary")));
    }

    @Test
    void definitions_that_would_gain_and_lose_matches_are_named_and_identities_counted() {
        ada.publish("Nobody looks at orders");
        drafted(Map.of("events", List.of("cart opened"), "identity", Map.of("refused", List.of("4712"))));
        var gaining = defined("Order Placed");
        var losing = defined("Cart Opened");

        var one = tried(pasted("""
                {"type":"custom","name":"Order Placed","identity":"4711"}
                {"type":"custom","name":"Order Placed","identity":"4711"}
                {"type":"custom","name":"Cart Opened","identity":"4711"}
                {"type":"custom","name":"Seen","identity":"4712"}
                {"type":"custom","name":"Seen","identity":"4713"}"""));

        auditor.get(one)
                .then()
                .body(row(gaining, "0", "2", "2", "0"))
                .body(row(losing, "1", "0", "0", "1"))
                .body(containsString("<dt>Identities</dt><dd>2 of 3 affected, 2 no longer accepted</dd>"))
                .body(containsString("<dt>No longer kept</dt><dd>2</dd>"))
                .body(containsString("<dt>Kept anew</dt><dd>2</dd>"));
        var told = api(one);
        assertThat(told.getInt("effect.definitions.find { it.name == '" + gaining + "' }.gained"))
                .isEqualTo(2);
        assertThat(told.getInt("effect.definitions.find { it.name == '" + gaining + "' }.lost"))
                .isZero();
        assertThat(told.getInt("effect.definitions.find { it.name == '" + losing + "' }.lost"))
                .isEqualTo(1);
        assertThat(told.getInt("effect.identities")).isEqualTo(3);
        assertThat(told.getInt("effect.identitiesAffected")).isEqualTo(2);
        assertThat(told.getInt("effect.identitiesLost")).isEqualTo(2);
        assertThat(told.getBoolean("uploaded")).isTrue();
    }

    /** The same as programs read it. */
    private JsonPath api(String one) {
        return given().header("Authorization", "Bearer " + admin.token("Simulations", "read"))
                .get("/api/v1/policy/" + key + "/simulate/" + one.replaceFirst(".*/", ""))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String defined(String event) {
        var name = "Defined " + UUID.randomUUID();
        SignedIn.as(Role.ARCHITECT)
                .request()
                .formParams(Map.of("name", name, "type", "custom", "filter", "event equals \"" + event + "\""))
                .post("/console/definitions")
                .then()
                .statusCode(303);
        return name;
    }

    @Test
    void while_it_runs_its_page_shows_how_far_it_is_and_can_end_it() {
        var started = ada.post("/simulations", Map.of("source", "recorded"));
        var id = started.header("Location").replaceFirst(".*/", "");
        var one = "/simulations/" + id;
        sql.change("update policy_simulation set wanted = 100 where id = ?", id);
        sql.change(
                "update job set state = 'running', take = 1, done = 40, due_at = ? where id = ?",
                Instant.now().plus(Duration.ofHours(1)),
                id);

        auditor.get(one)
                .then()
                .body(containsString(
                        "<progress max=\"100\" value=\"40\" aria-label=\"Events looked at\">40 of 100</progress>"))
                .body(containsString("hx-trigger=\"every 1s\""), containsString("40 of 100 events looked at"))
                .body(not(containsString("What would change")));
        var told = api(one);
        assertThat(told.getString("state")).isEqualTo("running");
        assertThat(told.getInt("looked")).isEqualTo(40);

        var architect = new Policies(SignedIn.as(Role.ARCHITECT), key);
        architect.get(one).then().body(not(containsString("/cancel")));
        assertThat(architect.post(one + "/cancel", Map.of()).statusCode()).isEqualTo(403);
        assertThat(ada.post(one + "/cancel", Map.of()).statusCode()).isEqualTo(303);
        auditor.get(one).then().body(containsString("cancelled"), not(containsString("<progress")));
    }

    @Test
    void it_is_a_job_like_the_others() {
        var one = tried(Map.of("source", "recorded"));
        var job = "/console/jobs/" + one.replaceFirst(".*/", "");

        admin.request().get("/console/jobs").then().body(containsString(job));
        admin.request()
                .get(job)
                .then()
                .body(containsString("Simulate a change of the rules"), containsString("done"))
                .body(containsString("href=\"/console/" + key + one + "\""));
    }

    @Test
    void one_that_lost_its_file_says_that_it_has_to_be_uploaded_again() {
        var one = tried(pasted("{\"type\":\"reset\"}"));
        sql.change(
                "update policy_simulation set state = 'lost', effect = null where id = ?", one.replaceFirst(".*/", ""));

        auditor.get(one).then().body(containsString("Interrupted: upload the file again"));
        assertThat(api(one).getString("state")).isEqualTo("lost");
    }

    @Test
    void a_file_is_chosen_on_the_page_and_tried() {
        try (var window = admin.browser()) {
            var page = window.newPage();
            page.navigate("/console/" + key + "/simulations");

            page.setInputFiles(
                    "#events-file", new FilePayload("events.ndjson", "", new byte[SimulationPages.PASTED + 1]));
            page.waitForSelector("#events-file-notes .error:not([hidden])");
            assertThat(page.inputValue("#text")).isEmpty();

            page.setInputFiles("#events-file", new FilePayload("events.ndjson", "", """
                    {"type":"custom","name":"Order Placed","identity":"4711"}
                    {"type":"custom","name":"Seen","identity":"4712"}""".getBytes(UTF_8)));
            page.waitForCondition(() -> page.inputValue("#text").contains("4712"));
            page.locator("form:has(#text) button").last().click();
            page.waitForURL(url -> url.matches(".*/simulations/[0-9a-f-]{36}"));
            page.waitForSelector("#numbers");

            assertThat(page.textContent("main")).contains("on events of a file", "1 of 2", "Sample 1: custom");
        }
    }

    @Test
    void it_is_shown_beside_the_draft_until_the_draft_is_edited() {
        var one = tried(Map.of("source", "recorded", "events", "1000"));

        ada.get("/policy/publish").then().body(containsString(one), containsString("Treated differently"));
        ada.get(one).then().body(not(containsString("about another content")));
        ada.blocking("edited_since");

        ada.get("/policy/publish")
                .then()
                .body(containsString("is about another content"), not(containsString("Treated differently")));
        ada.get(one).then().body(containsString("about another content"));
    }

    @Test
    void it_is_shown_on_the_request_that_asks_for_the_same_content() {
        ada.post("/changes", Map.of("version", ada.version(), "reason", "It names customers"));
        ada.get("/changes/1").then().body(containsString("Nobody has tried this"));

        var one = tried(Map.of("source", "recorded", "request", "1"));

        auditor.get("/changes/1").then().body(containsString(one), containsString("Treated differently"));
        auditor.get(one).then().body(containsString("Change request 1"));
    }

    @Test
    void what_can_not_be_read_is_said_and_starts_nothing() {
        ada.post("/simulations", pasted("{\"type\":\"canary\"}"))
                .then()
                .statusCode(422)
                .body(containsString("value 1: /type: one of session"));
        ada.post("/simulations", pasted("{\"type\":")).then().statusCode(422).body(containsString("not JSON"));
        ada.post("/simulations", pasted(" ")).then().statusCode(422).body(containsString("there is no event in it"));
        ada.get("/simulations").then().body(containsString("Nothing has been tried yet"));
    }

    @Test
    void one_that_is_unknown_or_of_another_environment_is_not_found() {
        var one = tried(Map.of("source", "recorded"));

        ada.get("/simulations/unknown").then().statusCode(404);
        new Policies(SignedIn.as(Role.ADMIN), "development").get(one).then().statusCode(404);
        ada.post("/simulations/unknown/cancel", Map.of()).then().statusCode(404);
        ada.post("/simulations", Map.of("request", "99")).then().statusCode(404);
    }

    @Test
    void who_only_looks_is_offered_nothing_to_start() {
        auditor.get("/simulations").then().statusCode(200).body(not(containsString("Simulate</button>")));
        auditor.post("/simulations", Map.of()).then().statusCode(403);
    }
}
