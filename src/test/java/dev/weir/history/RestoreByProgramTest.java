package dev.weir.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
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

    private static Response restore(String thing, long row) {
        return edit("POST", thing, "/restore", Map.of("row", row, "reason", "It sells nothing"));
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
    void an_environment_has_its_name_again_and_that_it_was_not_critical_is_asked_for() {
        var place = environment("staging");
        edit("PUT", place, "", Map.of("name", "Second name", "critical", true));

        assertThat(restore(place, row("environment/" + key, 1)).statusCode()).isEqualTo(204);

        var now = read(place).jsonPath();
        assertThat(now.getString("name")).isEqualTo("First name");
        assertThat(now.getBoolean("critical")).isTrue();
        assertThat(now.getString("uncritical_asked.reason")).isEqualTo("It sells nothing");
        var silent = edit("POST", place, "/restore", Map.of("row", row("environment/" + key, 1)));
        assertThat(silent.statusCode()).as(silent.asString()).isEqualTo(422);
        assertThat(restore(place, 1L << 40).statusCode()).isEqualTo(422);
        assertThat(edit("POST", place, "/restore", Map.of()).statusCode()).isEqualTo(422);
    }

    @Test
    void what_is_so_already_is_not_restored() {
        var place = environment("staging");

        assertThat(restore(place, row("environment/" + key, 1)).statusCode()).isEqualTo(409);
    }

    @Test
    void an_app_id_has_its_label_and_origins_again_unless_it_has_retired() {
        var apps = environment("staging") + "/app-ids";
        String digits = read(apps).path("[0].id");
        var app = apps + "/" + digits;
        edit("PUT", app, "", Map.of("label", "Shop", "origins", List.of("https://first.example")));
        long shop = read("/api/v1/history/app-id/" + digits).jsonPath().getLong("[0].row");
        edit("PUT", app, "", Map.of("label", "Kiosk", "origins", List.of("https://second.example")));

        assertThat(restore(app, shop).statusCode()).isEqualTo(204);

        assertThat(read(app).<String>path("label")).isEqualTo("Shop");
        assertThat(read(app).<List<String>>path("origins")).containsExactly("https://first.example");
        edit("POST", app, "/retire", Map.of());
        assertThat(restore(app, row("app-id/" + digits, 1)).statusCode()).isEqualTo(409);
    }

    @Test
    void a_definition_says_again_what_it_said_and_is_a_draft() {
        var home = "/api/v1/definitions";
        var first = Map.of("name", key, "type", "click", "filter", "text equals \"Buy\"", "tags", List.of("shop"));
        String id = send("POST", home, first, "").path("id");
        var one = home + "/" + id;
        edit("PUT", one, "", Map.of("name", key + "-b", "type", "click", "filter", "text equals \"Sell\""));
        edit("POST", one, "/status", Map.of("status", "in-review"));

        var back = restore(one, row("definition/" + id, 1));

        assertThat(back.statusCode()).as(back.asString()).isEqualTo(200);
        assertThat(back.<String>path("name")).isEqualTo(key);
        assertThat(back.<String>path("filter")).isEqualTo("text equals \"Buy\"");
        assertThat(back.<List<String>>path("tags")).containsExactly("shop");
        assertThat(back.<String>path("status")).isEqualTo("draft");
        assertThat(read(one).header("ETag")).isEqualTo(back.header("ETag"));
        assertThat(restore(one, 1).statusCode()).isEqualTo(422);
    }

    @Test
    void a_saved_view_asks_again_what_it_asked_for_who_made_it() {
        var home = "/api/v1/definitions/views";
        var first = Map.of("name", key, "shared", true, "query", Map.of("type", "click"));
        String id = send("POST", home, first, "").path("id");
        var view = home + "/" + id;
        edit("PUT", view, "", Map.of("name", key + " b", "shared", true, "query", Map.of("type", "submit")));
        long row = row("saved-view/" + id, 1);

        SignedIn.account("restoring-bob", "Restoring Bob", Role.ADMIN);
        var bob = SignedIn.signIn("restoring-bob", SignedIn.PASSWORD).token("Restores", "all");
        var others = SignedIn.anonymous()
                .header("Authorization", "Bearer " + bob)
                .header("If-Match", read(view).header("ETag"))
                .contentType("application/json")
                .body(Map.of("row", row))
                .post(view + "/restore");
        assertThat(others.statusCode()).isEqualTo(403);
        assertThat(restore(view, row).statusCode()).isEqualTo(204);

        assertThat(read(view).<String>path("name")).isEqualTo(key);
        assertThat(read(view).<String>path("query.type")).isEqualTo("click");
    }
}
