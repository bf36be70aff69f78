package dev.weir.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program finds an earlier version in the history of a thing, and has it back by the rules of the door that edits it. */
@QuarkusTest
class RestoreByProgramTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    private static String ada = "";

    private String key;

    @BeforeEach
    void an_admin_with_a_program() {
        if (ada.isEmpty()) {
            SignedIn.account("restoring-ada", "Restoring Ada", Role.ADMIN);
            ada = SignedIn.signIn("restoring-ada", SignedIn.PASSWORD).token("Restores", "all");
        }
        key = "brought-back-" + MADE.incrementAndGet();
    }

    private static Response send(String method, String path, Object body, String match) {
        var request = SignedIn.anonymous()
                .header("Authorization", "Bearer " + ada)
                .contentType("application/json")
                .body(body);
        return (match.isEmpty() ? request : request.header("If-Match", match)).request(method, path);
    }

    private static Response read(String path) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + ada).get(path);
    }

    /** With the tag of what is there now. */
    private static Response edit(String method, String thing, String what, Object body) {
        return send(method, thing + what, body, read(thing).header("ETag"));
    }

    /** Asked for on top of what is there now. */
    private static Response ask(String kind, String object, long row) {
        var version =
                read("/api/v1/history/" + kind + "/" + object).header("ETag").replace("\"", "");
        var wanted =
                Map.of("kind", kind, "object", object, "row", row, "version", version, "reason", "It sells nothing");
        return send("POST", "/api/v1/restorations", wanted, "");
    }

    private static Response agree(String token, Response asked) {
        assertThat(asked.statusCode()).as(asked.asString()).isEqualTo(201);
        return SignedIn.anonymous()
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(Map.of("hash", asked.<String>path("hash")))
                .post(asked.header("Location") + "/agree");
    }

    /** Asked for and agreed to by the same person, where it could be asked for. */
    private static Response restore(String kind, String object, long row) {
        var asked = ask(kind, object, row);
        return asked.statusCode() == 201 ? agree(ada, asked) : asked;
    }

    /** The row of the version counted from the oldest one. */
    private static long row(String thing, int version) {
        return read("/api/v1/history/" + thing).jsonPath().getLong("[-" + version + "].row");
    }

    private String environment(String kind) {
        var body = Map.of("key", key, "name", "First name", "kind", kind);
        assertThat(send("POST", "/api/v1/environments", body, "").statusCode()).isEqualTo(201);
        return "/api/v1/environments/" + key;
    }

    @Test
    void an_environment_has_its_name_again_and_that_it_was_not_critical_takes_another_admin() {
        var place = environment("staging");
        edit("PUT", place, "", Map.of("name", "Second name", "critical", true));
        long first = row("environment/" + key, 1);

        var asked = ask("environment", key, first);
        assertThat(asked.<String>path("state")).isEqualTo("open");
        assertThat(asked.<String>path("changes.name.after")).isEqualTo("First name");
        assertThat(asked.<Boolean>path("changes.critical.before")).isTrue();
        // Who asks for the same once more is given what there is.
        assertThat(ask("environment", key, first).statusCode()).isEqualTo(200);
        assertThat(agree(ada, asked).statusCode()).isEqualTo(403);
        assertThat(read(place).<Boolean>path("critical")).isTrue();
        SignedIn.account("restoring-bob", "Restoring Bob", Role.ADMIN);
        var bob = SignedIn.signIn("restoring-bob", SignedIn.PASSWORD).token("Restores", "all");
        assertThat(agree(bob, asked).<String>path("state")).isEqualTo("applied");

        var now = read(place).jsonPath();
        assertThat(now.getString("name")).isEqualTo("First name");
        assertThat(now.getBoolean("critical")).isFalse();
        assertThat(restore("environment", key, 1L << 40).statusCode()).isEqualTo(422);
        assertThat(agree(bob, asked).statusCode()).isEqualTo(409);
    }

    @Test
    void what_is_asked_for_is_said_and_what_was_looked_at() {
        var place = environment("staging");
        edit("PUT", place, "", Map.of("name", "Second name", "critical", false));
        var first = row("environment/" + key, 1);
        var wanted = new HashMap<String, Object>(Map.of("kind", "environment", "object", key, "row", first));
        var home = "/api/v1/restorations";

        assertThat(send("POST", home, wanted, "").statusCode()).isEqualTo(428);
        wanted.put("version", 7);
        assertThat(send("POST", home, wanted, "").statusCode()).isEqualTo(412);
        wanted.put("version", 1);
        assertThat(send("POST", home, wanted, "").statusCode()).as("no reason").isEqualTo(422);
        wanted.put("kind", "token");
        assertThat(send("POST", home, wanted, "").statusCode()).isEqualTo(422);
        wanted.put("kind", "definition");
        assertThat(send("POST", home, wanted, "").statusCode()).isEqualTo(404);
        var asked = ask("environment", key, first);
        var one = asked.header("Location");
        assertThat(send("POST", one + "/agree", Map.of(), "").statusCode()).isEqualTo(428);
        assertThat(send("POST", one + "/agree", Map.of("hash", "0".repeat(64)), "")
                        .statusCode())
                .isEqualTo(412);
        var hash = asked.<String>path("hash");
        assertThat(send("POST", one + "/decline", Map.of("hash", hash, "reason", "No more"), "")
                        .statusCode())
                .as("one's own")
                .isEqualTo(403);
        assertThat(read(home + "?limit=1").<Integer>path("[0].number")).isNotNull();
        assertThat(send("POST", one + "/withdraw", Map.of("hash", hash), "").<String>path("state"))
                .isEqualTo("withdrawn");
        assertThat(read(one).<String>path("state")).isEqualTo("withdrawn");
        assertThat(send("POST", one + "/agree", Map.of("hash", hash), "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void what_is_so_already_is_not_restored() {
        environment("staging");

        assertThat(restore("environment", key, row("environment/" + key, 1)).statusCode())
                .isEqualTo(409);
    }

    @Test
    void an_app_id_has_its_label_and_origins_again_unless_it_has_retired() {
        var apps = environment("staging") + "/app-ids";
        String digits = read(apps).path("[0].id");
        var app = apps + "/" + digits;
        edit("PUT", app, "", Map.of("label", "Shop", "origins", List.of("https://first.example")));
        long shop = read("/api/v1/history/app-id/" + digits).jsonPath().getLong("[0].row");
        edit("PUT", app, "", Map.of("label", "Kiosk", "origins", List.of("https://second.example")));

        assertThat(restore("app-id", digits, shop).statusCode()).isEqualTo(200);

        assertThat(read(app).<String>path("label")).isEqualTo("Shop");
        assertThat(read(app).<List<String>>path("origins")).containsExactly("https://first.example");
        edit("POST", app, "/retire", Map.of());
        assertThat(restore("app-id", digits, row("app-id/" + digits, 1)).statusCode())
                .isEqualTo(409);
    }

    @Test
    void a_definition_says_again_what_it_said_and_is_a_draft() {
        var home = "/api/v1/definitions";
        var first = Map.of("name", key, "type", "click", "filter", "text equals \"Buy\"", "tags", List.of("shop"));
        String id = send("POST", home, first, "").path("id");
        var one = home + "/" + id;
        edit("PUT", one, "", Map.of("name", key + "-b", "type", "click", "filter", "text equals \"Sell\""));
        edit("POST", one, "/status", Map.of("status", "in-review"));

        var agreed = restore("definition", id, row("definition/" + id, 1));

        assertThat(agreed.statusCode()).as(agreed.asString()).isEqualTo(200);
        var back = read(one);
        assertThat(back.<String>path("name")).isEqualTo(key);
        assertThat(back.<String>path("filter")).isEqualTo("text equals \"Buy\"");
        assertThat(back.<List<String>>path("tags")).containsExactly("shop");
        assertThat(back.<String>path("status")).isEqualTo("draft");
        assertThat(restore("definition", id, 1).statusCode()).isEqualTo(422);
    }

    @Test
    void a_saved_view_asks_again_what_it_asked_for_who_made_it() {
        var home = "/api/v1/definitions/views";
        var first = Map.of("name", key, "shared", true, "query", Map.of("type", "click"));
        String id = send("POST", home, first, "").path("id");
        var view = home + "/" + id;
        edit("PUT", view, "", Map.of("name", key + " b", "shared", true, "query", Map.of("type", "submit")));
        var asked = ask("saved-view", id, row("saved-view/" + id, 1));

        SignedIn.account("restoring-carl", "Restoring Carl", Role.ADMIN);
        var carl = SignedIn.signIn("restoring-carl", SignedIn.PASSWORD).token("Restores", "all");
        assertThat(agree(carl, asked).statusCode()).isEqualTo(403);
        assertThat(agree(ada, asked).statusCode()).isEqualTo(200);

        assertThat(read(view).<String>path("name")).isEqualTo(key);
        assertThat(read(view).<String>path("query.type")).isEqualTo("click");
    }

    @Test
    void a_person_has_role_and_environments_again_and_no_program_lets_them_in() {
        var login = key + "-teal";
        var invited = Map.of("login", login, "name", "Teal", "role", "auditor");
        String id = send("POST", "/api/v1/people", invited, "").path("id");
        var person = "/api/v1/people/" + id;
        edit("PUT", person, "", Map.of("role", "developer", "disabled", false, "environments", List.of("development")));

        var agreed = restore("account", id, row("account/" + id, 1));

        assertThat(agreed.statusCode()).as(agreed.asString()).isEqualTo(200);
        assertThat(read(person).<String>path("role")).isEqualTo("auditor");
        assertThat(read(person).<List<String>>path("environments")).isEmpty();
        edit("PUT", person, "", Map.of("role", "auditor", "disabled", true));
        assertThat(restore("account", id, row("account/" + id, 1)).statusCode()).isEqualTo(403);
        assertThat(read(person).<String>path("state")).isEqualTo("disabled");
    }

    @Test
    void what_was_asked_of_definitions_is_asked_again() {
        var standards = "/api/v1/standards";
        List<Map<String, Object>> before = read(standards).path("rules");
        var warning = before.stream()
                .map(rule -> "context".equals(rule.get("rule"))
                        ? Map.<String, Object>of("rule", "context", "level", "warn")
                        : rule)
                .toList();
        edit("PUT", standards, "", Map.of("rules", warning, "reason", "They should say why"));
        long row = read("/api/v1/history/standards/catalog").jsonPath().getLong("[0].row");
        edit("PUT", standards, "", Map.of("rules", before, "reason", "As it was before"));

        var agreed = restore("standards", "catalog", row);

        assertThat(agreed.statusCode()).as(agreed.asString()).isEqualTo(200);
        assertThat(read(standards).<String>path("rules.find { it.rule == 'context' }.level"))
                .isEqualTo("warn");
        edit("PUT", standards, "", Map.of("rules", before, "reason", "As it was before"));
        assertThat(read(standards).<List<Map<String, Object>>>path("rules")).isEqualTo(before);
    }
}
