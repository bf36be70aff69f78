package dev.weir.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.database.Sql;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments and App IDs, as an Admin's program sees them. */
@QuarkusTest
class EnvironmentsResourceTest {

    private static final String HOME = "/api/v1/environments";
    private static final AtomicInteger MADE = new AtomicInteger();

    private static String ada = "";
    private static String bob = "";

    @Inject
    Environments environments;

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    private String place = "";

    @BeforeEach
    void two_programs_and_an_environment() {
        if (ada.isEmpty()) {
            ada = token("environments-ada");
            bob = token("environments-bob");
        }
        var key = "programs-" + MADE.incrementAndGet();
        place = HOME + "/" + key;
        post(ada, HOME, Map.of("key", key, "name", "Of programs", "kind", "production"), "")
                .then()
                .statusCode(201)
                .header("Location", endsWith(place))
                .header("ETag", equalTo("\"0\""))
                .body("key", equalTo(key))
                .body("critical", equalTo(true));
    }

    private static String token(String login) {
        SignedIn.account(login, login, Role.ADMIN);
        return SignedIn.signIn(login, SignedIn.PASSWORD).token("Set up by " + login, "all");
    }

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }

    private static Response post(String token, String path, Map<String, ?> body, String match) {
        return send(token, "POST", path, body, match);
    }

    private static Response send(String token, String method, String path, Map<String, ?> body, String match) {
        var request = with(token).contentType("application/json").body(body);
        return (match.isEmpty() ? request : request.header("If-Match", match)).request(method, path);
    }

    private String tag() {
        return with(ada).get(place).header("ETag");
    }

    private String app() {
        return place + "/app-ids/"
                + with(ada).get(place + "/app-ids").jsonPath().getString("[0].id");
    }

    @Test
    void what_was_made_is_listed_with_an_app_id_and_its_policy_is_in_force() {
        var key = place.substring(HOME.length() + 1);

        with(ada).get(HOME + "?limit=200").then().statusCode(200).body("key", hasItem(key));
        with(ada)
                .get(place + "/app-ids")
                .then()
                .body("size()", equalTo(1))
                .body("[0].state", equalTo("working"))
                .body("[0].origins", equalTo(List.of()));
        with(ada).get("/api/v1/policy/" + key).then().statusCode(200).body("number", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "Upper_case, staging, a lower-case letter",
        "people, staging, address of another page",
        "fine, shop, Choose what it is for"
    })
    void what_can_be_no_environment_is_refused_in_words(String key, String kind, String words) {
        post(ada, HOME, Map.of("key", key, "name", "Name", "kind", kind), "")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString(words));
        post(ada, HOME, Map.of("key", "fine", "name", " ", "kind", "staging"), "")
                .then()
                .statusCode(422);
        assertThat(environments.named("fine")).isEmpty();
    }

    @Test
    void a_key_is_taken_once() {
        post(ada, HOME, Map.of("key", place.substring(HOME.length() + 1), "name", "Again", "kind", "staging"), "")
                .then()
                .statusCode(409);

        with(ada).get(place).then().body("name", equalTo("Of programs"));
    }

    @Test
    void name_and_criticality_are_changed_by_who_read_the_last_version() {
        var read = tag();

        send(ada, "PUT", place, Map.of("name", "First", "critical", true), read)
                .then()
                .statusCode(200)
                .body("name", equalTo("First"))
                .header("ETag", equalTo("\"1\""));
        send(bob, "PUT", place, Map.of("name", "Second", "critical", true), read)
                .then()
                .statusCode(412);
        send(bob, "PUT", place, Map.of("name", "Second", "critical", true), "")
                .then()
                .statusCode(428);
        send(bob, "PUT", place, Map.of("name", "Second"), tag()).then().statusCode(422);

        with(ada).get(place).then().body("name", equalTo("First"));
    }

    @Test
    void that_it_be_critical_no_longer_takes_another_admin_who_read_why() {
        send(ada, "PUT", place, Map.of("name", "Mine", "critical", false), tag())
                .then()
                .statusCode(403);
        post(ada, place + "/uncritical", Map.of("reason", "Nobody sells here"), tag())
                .then()
                .statusCode(200)
                .body("uncritical_asked.reason", equalTo("Nobody sells here"));
        var read = tag();
        post(ada, place + "/uncritical/agree", Map.of(), read).then().statusCode(403);
        post(ada, place + "/uncritical", Map.of("reason", "I am in a hurry"), read)
                .then()
                .statusCode(200);

        post(bob, place + "/uncritical/agree", Map.of(), read).then().statusCode(412);
        with(bob).get(place).then().body("critical", equalTo(true));
        post(bob, place + "/uncritical/decline", Map.of(), tag())
                .then()
                .statusCode(200)
                .body("uncritical_asked", nullValue());
        post(bob, place + "/uncritical", Map.of("reason", "No"), tag()).then().statusCode(422);
        post(bob, place + "/uncritical", Map.of("reason", "It is closed"), tag())
                .then()
                .statusCode(200);
        post(ada, place + "/uncritical/agree", Map.of(), tag())
                .then()
                .statusCode(200)
                .body("critical", equalTo(false));
    }

    @Test
    void an_app_id_is_changed_as_a_whole() {
        var app = app();
        send(
                        ada,
                        "PUT",
                        app,
                        Map.of("label", "Shop", "origins", List.of("https://Shop.example/", "https://old.example")),
                        "\"0\"")
                .then()
                .statusCode(200)
                .body("origins", equalTo(List.of("https://old.example", "https://shop.example")));

        send(ada, "PUT", app, Map.of("label", "Shop", "origins", List.of("https://shop.example")), "\"1\"")
                .then()
                .statusCode(200)
                .body("origins", equalTo(List.of("https://shop.example")))
                .header("ETag", equalTo("\"2\""));

        send(ada, "PUT", app, Map.of("label", "Shop", "origins", List.of("http://localhost:3000")), "\"2\"")
                .then()
                .statusCode(422)
                .body("detail", containsString("never production"));
        send(ada, "PUT", app, Map.of("label", "Shop", "origins", List.of("https://*.example")), "\"2\"")
                .then()
                .statusCode(422);
        send(ada, "PUT", app, Map.of("label", "Shop"), "\"2\"").then().statusCode(422);
        with(ada).get(app).then().body("origins", equalTo(List.of("https://shop.example")));
    }

    @Test
    void a_successor_has_what_its_predecessor_had_and_that_one_retires() {
        var app = app();
        send(ada, "PUT", app, Map.of("label", "Shop", "origins", List.of("https://shop.example")), "\"0\"");

        var made = post(ada, app + "/rotate", Map.of(), "\"1\"");

        made.then()
                .statusCode(201)
                .body("label", equalTo("Shop"))
                .body("origins", equalTo(List.of("https://shop.example")))
                .body("state", equalTo("working"));
        with(ada).get(made.header("Location")).then().statusCode(200);
        with(ada).get(app).then().body("state", equalTo("retiring")).body("retires_at", notNullValue());
        post(ada, app + "/rotate", Map.of("days", 365), "\"2\"").then().statusCode(409);
        post(ada, app + "/retire", Map.of(), "\"2\"").then().statusCode(200).body("state", equalTo("retired"));
        send(ada, "PUT", app, Map.of("label", "Back", "origins", List.of()), "\"3\"")
                .then()
                .statusCode(409);
        assertThat(environments
                        .named(place.substring(HOME.length() + 1))
                        .orElseThrow()
                        .apps())
                .hasSize(2);
    }

    @Test
    void an_app_id_is_found_in_its_own_environment_only() {
        var digits = app().replaceFirst(".*/", "");

        with(ada).get(HOME + "/development/app-ids/" + digits).then().statusCode(404);
        post(ada, HOME + "/development/app-ids/" + digits + "/retire", Map.of(), "\"0\"")
                .then()
                .statusCode(404);
        with(ada).get(place + "/app-ids/" + digits).then().body("state", equalTo("working"));
    }

    @Test
    void a_server_key_is_answered_once_and_not_kept_for_who_asks_again() {
        var app = app();

        var first = keyed(app);
        var again = keyed(app);

        var key = first.jsonPath().getString("server_key");
        assertThat(key).startsWith("wsk_");
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        again.then()
                .statusCode(200)
                .header("Idempotent-Replayed", equalTo("true"))
                .body("server_key", nullValue())
                .body("app_id.server_key_required", equalTo(true));
        assertThat(sql.number("select count(*) from idempotency_key where body like '%' || ? || '%'", key))
                .isZero();
        assertThat(sql.number("select count(*) from app_id where server_key_hash = ?", CanonicalJson.sha256(key)))
                .isEqualTo(1);
        with(ada).get(app).then().body("server_key_required", equalTo(true)).body("server_key", nullValue());
        send(ada, "DELETE", app + "/server-key?reason=" + "x".repeat(1001), Map.of(), "\"1\"")
                .then()
                .statusCode(422);
        send(ada, "DELETE", app + "/server-key?reason=Old servers", Map.of(), "\"1\"")
                .then()
                .statusCode(200)
                .body("server_key_required", equalTo(false));
        var row = log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0);
        assertThat(row.action() + ": " + row.reason().orElse("")).isEqualTo("server-key-dropped: Old servers");
    }

    private Response keyed(String app) {
        return with(ada)
                .header("If-Match", "\"0\"")
                .header("Idempotency-Key", "key-of-" + place)
                .post(app + "/server-key");
    }

    @Test
    void the_log_says_who_did_it_by_which_token() {
        send(ada, "PUT", place, Map.of("name", "Told", "critical", true), tag());

        var key = new EnvironmentKey(place.substring(HOME.length() + 1));
        var row = log.find(Filter.ALL, Long.MAX_VALUE, 50).stream()
                .filter(one -> one.action().equals("changed") && one.content().contains(key.value()))
                .findFirst()
                .orElseThrow();
        assertThat(row.content()).contains("\"means\":\"token\"", "Set up by environments-ada");
    }

    @Test
    void the_list_is_read_to_its_end_by_link() {
        post(ada, place + "/app-ids", Map.of("label", "Second"), "").then().statusCode(201);
        post(ada, place + "/app-ids", Map.of("label", "Third"), "").then().statusCode(201);
        var all = with(ada).get(place + "/app-ids").jsonPath().getList("id", String.class);

        var first = with(ada).get(place + "/app-ids?limit=2");
        var next = first.header("Link").replaceFirst("<([^>]*)>.*", "$1");
        var second = with(ada).urlEncodingEnabled(false).get(next);

        assertThat(all).hasSize(3).isSorted();
        assertThat(first.jsonPath().getList("id")).isEqualTo(all.subList(0, 2));
        assertThat(second.jsonPath().getList("id")).isEqualTo(all.subList(2, 3));
        assertThat(second.header("Link")).isNull();
    }
}
