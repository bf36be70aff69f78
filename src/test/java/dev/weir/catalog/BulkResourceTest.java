package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

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

/** Many definitions changed at once by a program. */
@QuarkusTest
class BulkResourceTest {

    private static final String HOME = "/api/v1/definitions";
    private static String token = "";

    private String one = "";
    private String other = "";

    @BeforeEach
    void two_drafts() {
        if (token.isEmpty()) {
            SignedIn.account("bulk-dora", "Bulk Dora", Role.DEVELOPER);
            token = SignedIn.signIn("bulk-dora", SignedIn.PASSWORD).token("Many at once", "all");
        }
        one = drafted();
        other = drafted();
    }

    private static RequestSpecification program() {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static String drafted() {
        return program()
                .body(Map.of("name", "Bulk " + UUID.randomUUID(), "type", "click", "filter", "text equals \"Buy\""))
                .post(HOME)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Map<String, ?> chosen(String id, long version) {
        return Map.of("id", id, "version", version);
    }

    private static Response bulk(String action, String value, List<?> chosen) {
        return program()
                .body(Map.of("action", action, "value", value, "definitions", chosen))
                .post(HOME + "/bulk");
    }

    private static List<String> tags(String id) {
        return program().get(HOME + "/" + id).jsonPath().getList("tags", String.class);
    }

    @Test
    void all_of_them_are_changed_and_each_tells_its_new_version() {
        bulk("tag", "together", List.of(chosen(one, 0), chosen(other, 0)))
                .then()
                .statusCode(200)
                .body("definitions.id", equalTo(List.of(one, other)))
                .body("definitions.version", equalTo(List.of(1, 1)))
                .body("definitions[0].refusal", nullValue());

        assertThat(tags(one)).containsExactly("together");
        assertThat(program().get(HOME + "/" + other).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void where_somebody_else_was_first_at_one_none_is_changed() {
        bulk("tag", "first", List.of(chosen(one, 0))).then().statusCode(200);

        bulk("tag", "late", List.of(chosen(other, 0), chosen(one, 0)))
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("definitions[0].refusal", nullValue())
                .body("definitions[0].version", nullValue())
                .body("definitions[1].refusal", containsString("Somebody else changed"));

        assertThat(tags(one)).containsExactly("first");
        assertThat(tags(other)).isEmpty();
    }

    @Test
    void each_refusal_is_told_beside_its_definition() {
        bulk(
                        "verified",
                        "It is so",
                        List.of(chosen(one, 0), chosen(UUID.randomUUID().toString(), 0)))
                .then()
                .statusCode(422)
                .body("definitions.refusal", hasItem(containsString("There is no such definition")))
                .body("definitions[1].name", nullValue());
        bulk("criticality", "canary", List.of(chosen(one, 0)))
                .then()
                .statusCode(422)
                .body("definitions[0].refusal", containsString("Criticality is"))
                .body(not(containsString("canary")));
        bulk("nothing like it", "", List.of(chosen(one, 0))).then().statusCode(422);
    }

    @Test
    void what_names_no_definition_or_no_version_changes_nothing() {
        bulk("tag", "x", List.of()).then().statusCode(422);
        bulk("tag", "x", List.of(Map.of("id", one))).then().statusCode(422);
        bulk("tag", "x", List.of(chosen(one, 0), Map.of("id", "canary canary")))
                .then()
                .statusCode(422)
                .body(not(containsString("canary")));
        program().post(HOME + "/bulk").then().statusCode(422);
        bulk("tag", "x".repeat(1001), List.of(chosen(one, 0))).then().statusCode(422);

        assertThat(tags(one)).isEmpty();
    }
}
