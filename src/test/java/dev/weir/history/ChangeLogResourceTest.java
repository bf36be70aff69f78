package dev.weir.history;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.Actor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ChangeLogResourceTest {

    private static final String HOME = "/api/v1/changelog";
    private static final Pattern NEXT = Pattern.compile("<(.+)>; rel=\"next\"");

    @Inject
    ChangeLog log;

    private void written(String subject, String value) {
        var actor = new Actor(subject, "Pip", Actor.Means.TOKEN, "nightly");
        QuarkusTransaction.requiringNew()
                .run(() -> log.write(
                        Entry.of(actor, "changed", Thing.of("pond", "p-1")).change("depth", 1L, value)));
    }

    @Test
    @TestSecurity(user = "audrey", roles = Role.AUDITOR)
    void rows_come_in_pages_that_link_to_the_next() {
        for (int i = 0; i < 7; i++) {
            written("local:pip-1", "value-" + i);
        }

        var values = new ArrayList<String>();
        var address = HOME + "?actor=local:pip-1&limit=3";
        for (int page = 0; page < 3; page++) {
            var answer = given().urlEncodingEnabled(false).get(address);
            values.addAll(answer.jsonPath().getList("after.depth", String.class));
            var next = NEXT.matcher(String.valueOf(answer.header("Link")));
            address = next.matches() ? next.group(1) : "";
        }

        assertThat(values).containsExactly("value-6", "value-5", "value-4", "value-3", "value-2", "value-1", "value-0");
        assertThat(address).isEmpty();
    }

    @Test
    @TestSecurity(
            user = "ada",
            roles = Role.ADMIN,
            attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#ada"))
    void an_admin_s_program_erases_personal_values_of_a_row_or_of_a_person_and_says_why() {
        written("local:pip-erased", "value-1");
        written("local:pip-erased", "value-2");
        written("local:pip-kept", "value-3");
        var rows = given().get(HOME + "?actor=local:pip-erased").jsonPath().getList("sequence", Long.class);
        var erase = HOME + "/" + rows.get(0) + "/erase";

        erased(erase, "{\"what\":\"row\"}").statusCode(422);
        erased(erase, "{\"what\":\"everything\",\"reason\":\"Asked to be forgotten\"}")
                .statusCode(422);
        erased(erase, "{\"what\":\"about\",\"reason\":\"Asked to be forgotten\"}")
                .statusCode(422);
        erased(HOME + "/999999999/erase", "{\"what\":\"row\",\"reason\":\"Asked to be forgotten\"}")
                .statusCode(404);
        given().get(HOME + "/" + rows.get(0)).then().body("actor.name", equalTo("Pip"));

        erased(erase, "{\"what\":\"row\",\"reason\":\"It named somebody\"}").statusCode(204);
        given().get(HOME + "/" + rows.get(0)).then().body("actor.name", nullValue());
        given().get(HOME + "/" + rows.get(1)).then().body("actor.name", equalTo("Pip"));

        erased(erase, "{\"what\":\"actor\",\"reason\":\"Asked to be forgotten\"}")
                .statusCode(204);
        given().get(HOME + "/" + rows.get(1)).then().body("actor.name", nullValue());
        given().get(HOME + "?actor=local:pip-kept").then().body("[0].actor.name", equalTo("Pip"));
        given().get(HOME + "?limit=1")
                .then()
                .body("[0].action", equalTo("personal-data-erased"))
                .body("[0].object.id", equalTo("local:pip-erased"))
                .body("[0].reason", equalTo("Asked to be forgotten"));
        given().get(HOME + "/verify").then().body("intact", equalTo(true));
    }

    private static ValidatableResponse erased(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    @Test
    @TestSecurity(user = "audrey", roles = Role.AUDITOR)
    void a_row_is_told_whole() {
        written("local:pip-2", "deep");

        given().get(HOME + "?actor=local:pip-2")
                .then()
                .statusCode(200)
                .body("[0].actor.name", equalTo("Pip"))
                .body("[0].actor.means", equalTo("token"))
                .body("[0].actor.instrument", equalTo("nightly"))
                .body("[0].object.kind", equalTo("pond"))
                .body("[0].before.depth", equalTo(1))
                .body("[0].environment", nullValue());
        int sequence = given().get(HOME + "?actor=local:pip-2").jsonPath().getInt("[0].sequence");
        given().get(HOME + "/" + sequence).then().statusCode(200).body("after.depth", equalTo("deep"));
        given().get(HOME + "/0").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    @TestSecurity(user = "audrey", roles = Role.AUDITOR)
    void the_log_is_verified_and_exported() {
        written("local:pip-3", "proven");

        given().get(HOME + "/verify")
                .then()
                .statusCode(200)
                .body("intact", equalTo(true))
                .body("fault", nullValue());
        assertThat(given().get(HOME + "/export.ndjson").asString()).contains("proven", "{\"checkpoint\":");
        assertThat(given().get(HOME + "/export.csv?kind=pond").asString()).contains("proven");
        assertThat(given().get(HOME + "/key").asString()).startsWith("weir-changelog/");
        given().get(HOME + "/proofs/consistency?from=1&to=1")
                .then()
                .statusCode(200)
                .body("consistency.to", equalTo(1));
        given().get(HOME + "/proofs/inclusion?row=1&size=1")
                .then()
                .statusCode(200)
                .body("inclusion.row", equalTo(1));
        for (var none : List.of("consistency", "consistency?from=1&to=999999999", "inclusion?row=2&size=1")) {
            given().get(HOME + "/proofs/" + none).then().statusCode(404).contentType("application/problem+json");
        }
        given().get(HOME + "/checkpoints").then().statusCode(200);
        given().get(HOME + "/checkpoints/1").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?from=then", "?environment=NOT", "?to=2026-13-01"})
    @TestSecurity(user = "audrey", roles = Role.AUDITOR)
    void a_question_that_makes_no_sense_is_refused(String query) {
        given().get(HOME + query).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    @TestSecurity(user = "dev", roles = Role.DEVELOPER)
    void a_developer_to_whom_no_environment_belongs_reads_no_row_and_proves_nothing() {
        given().get(HOME).then().statusCode(200).body("", hasSize(0));
        given().get(HOME + "/1").then().statusCode(404);
        assertThat(given().get(HOME + "/export.csv").asString().lines()).hasSize(1);
        for (var path : List.of("/verify", "/export.ndjson", "/key", "/checkpoints", "/proofs/consistency")) {
            given().get(HOME + path).then().statusCode(403);
        }
    }

    @Test
    void nobody_reads_nothing_of_it() {
        given().get(HOME).then().statusCode(401);
    }
}
