package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The draft as a program edits it: as a whole, and rule by rule. */
@QuarkusTest
class DraftResourceTest {

    private static String token = "";

    private String draft = "";

    @BeforeEach
    void an_environment_of_its_own() {
        if (token.isEmpty()) {
            SignedIn.account("drafting-ada", "Drafting Ada", Role.ADMIN);
            token = SignedIn.signIn("drafting-ada", SignedIn.PASSWORD).token("Drafts", "all");
        }
        var key = "drafted-" + UUID.randomUUID().toString().substring(0, 8);
        program()
                .body(Map.of("key", key, "name", key, "kind", "staging"))
                .post("/api/v1/environments")
                .then()
                .statusCode(201);
        draft = "/api/v1/policy/" + key + "/draft";
    }

    private static RequestSpecification program() {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private Response read() {
        return program().get(draft);
    }

    private RequestSpecification editing() {
        return program().header("If-Match", read().header("ETag"));
    }

    private Response put(String path, Object rule) {
        return editing().body(Map.of("path", path, "rule", rule)).put(draft + "/rule");
    }

    private Response remove(String path, String about) {
        return editing().queryParam("path", path).queryParam("about", about).delete(draft + "/rule");
    }

    @Test
    void a_document_that_is_no_policy_is_a_422_that_says_where_and_quotes_nothing() {
        var before = read().asString();

        editing()
                .body("{\"version\":1,\"elements\":[{\"selector\":\"canary >\",\"action\":\"ignore\"}],\"canary\":1}")
                .put(draft)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem("/elements/0/selector"))
                .body("errors.detail", hasItem(containsString("a key is not known here")))
                .body(not(containsString("canary")));
        editing().body("[]").put(draft).then().statusCode(422);

        assertThat(read().asString()).isEqualTo(before);
    }

    @Test
    void what_is_no_json_or_says_a_thing_twice_is_a_400() {
        for (var body : List.of("{\"version\":", "", "{\"version\":1,\"version\":1}", "{\"version\":1} canary")) {
            editing()
                    .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .put(draft)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body(not(containsString("canary")));
        }
        editing()
                .body(" ".repeat(DraftResource.MOST_BYTES + 1))
                .put(draft)
                .then()
                .statusCode(413);
    }

    @Test
    void a_rule_is_added_replaced_and_taken_away_and_the_rest_stays() {
        put("events", "order placed").then().statusCode(200).body("changes.path", equalTo(List.of("events")));
        put("elements", Map.of("selector", ".account", "action", "maskText"))
                .then()
                .statusCode(200);
        put("elements", Map.of("selector", ".account", "action", "ignore"))
                .then()
                .statusCode(200)
                .body("document.elements", equalTo(List.of(Map.of("selector", ".account", "action", "ignore"))))
                .body("document.events", equalTo(List.of("order placed")));
        put("retention.events", 30).then().statusCode(200).body("document.retention.events", equalTo(30));

        remove("elements", "selector .account")
                .then()
                .statusCode(200)
                .body("document.elements", equalTo(List.of()))
                .body("document.events", equalTo(List.of("order placed")));
        remove("urls.parameters.names", "token")
                .then()
                .statusCode(200)
                .body("document.urls.parameters.names", not(hasItem("token")))
                .body("loosens", equalTo(true));
    }

    @Test
    void a_list_that_turns_begins_afresh_as_on_the_page() {
        put("urls.parameters.mode", "allow")
                .then()
                .statusCode(200)
                .body("document.urls.parameters.mode", equalTo("allow"))
                .body("document.urls.parameters.names", equalTo(List.of("utm_*")));
        put("urls.parameters.mode", "canary").then().statusCode(422).body(not(containsString("canary")));
    }

    @Test
    void what_is_there_already_changes_nothing() {
        put("events", "order placed").then().statusCode(200);
        var before = read();

        put("events", "order placed").then().statusCode(200);

        assertThat(read().asString()).isEqualTo(before.asString());
    }

    @Test
    void a_rule_that_is_none_is_a_422_and_one_that_is_not_there_too() {
        var before = read().asString();

        put("elements", Map.of("selector", "canary >", "action", "ignore"))
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/elements/0/selector"))
                .body(not(containsString("canary")));
        put("nothing.like.it", "canary")
                .then()
                .statusCode(422)
                .body("errors.detail", hasItem("there is no such setting or rule"))
                .body(not(containsString("canary")));
        put("retention.events", "canary").then().statusCode(422).body(not(containsString("canary")));
        put("version", 2).then().statusCode(422);
        editing().body(Map.of("path", "events")).put(draft + "/rule").then().statusCode(422);
        editing().body("[1]").put(draft + "/rule").then().statusCode(422);
        editing().body("{").put(draft + "/rule").then().statusCode(400);
        remove("events", "never there").then().statusCode(422);
        remove("retention.events", "").then().statusCode(422);
        remove("", "").then().statusCode(422);

        assertThat(read().asString()).isEqualTo(before);
    }
}
