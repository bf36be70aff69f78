package dev.weir.release;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.EventFile;
import dev.weir.simulation.Finished;
import dev.weir.testsupport.Acting;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Simulations as a program sees them. */
@QuarkusTest
@TestSecurity(
        user = "program",
        roles = Role.DEVELOPER,
        attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#program"))
class SimulateResourceTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Environments environments;

    @Inject
    Drafts drafts;

    @Inject
    Sql sql;

    private String home;

    @BeforeEach
    void an_environment_with_a_strict_draft() {
        var ada = Acting.as("simulate-ada", Role.ADMIN, sql);
        var place = new EnvironmentKey("simulate" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Simulate " + place, Kind.STAGING, false, Actor.SYSTEM));
        ada.does(() -> drafts.replace(place, 1, PolicyDocument.strict()));
        home = "/api/v1/policy/" + place + "/simulate";
    }

    private Response file(byte[] file) {
        return given().contentType("application/x-ndjson").body(file).post(home + "/file");
    }

    @Test
    void a_file_is_tried_and_the_answer_says_what_would_change_and_nothing_else() {
        var started = file("""
                {"type":"click","text":"canary text","path":[{"t":"button","i":"canary-id","n":1,"k":1}]}
                {"v":1,"page":{"url":"https://shop.example/canary?ref=canary"},"events":[{"type":"pageview"},{"type":"pageview"}]}
                {"app_id":"1234567890","identity":"canary","event":"Order Placed"}
                """.getBytes(StandardCharsets.UTF_8));
        started.then().statusCode(202).body("wanted", equalTo(4)).body("uploaded", equalTo(true));
        Finished.of(started.jsonPath().getString("id"));

        given().get(started.header("Location").replaceFirst("^https?://[^/]+", ""))
                .then()
                .statusCode(200)
                .body("state", equalTo("done"))
                .body("looked", equalTo(4))
                .body("effect.fields.name", hasItem("text"))
                .body("effect.fields.name", hasItem("page.url"))
                .body(not(containsString("canary")));
    }

    @Test
    void recorded_events_are_tried_and_a_simulation_that_has_ended_can_be_cancelled_no_more() {
        var started = given().contentType("application/json")
                .body(Map.of("events", 10))
                .post(home);
        started.then().statusCode(202);
        Finished.of(started.jsonPath().getString("id"));

        given().contentType("application/json")
                .post(home + "/" + started.jsonPath().getString("id") + "/cancel")
                .then()
                .statusCode(200)
                .body("state", equalTo("done"));
    }

    @Test
    void a_file_that_is_no_file_is_refused_and_never_quoted() {
        file("{\"canary\":".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422)
                .body(not(containsString("canary")));
        file("\"canary\"".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422)
                .body("detail", containsString("an object is expected"))
                .body(not(containsString("canary")));
        file(new byte[0]).then().statusCode(422);
        file(" ".repeat(EventFile.MOST_BYTES + 1).getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422)
                .body("detail", containsString("2 MB"));
        file("{\"type\":\"reset\"}\n".repeat(EventFile.MOST_EVENTS + 1).getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422)
                .body("detail", containsString("10000 events"));
        file(("[".repeat(65) + "]".repeat(65)).getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422);
    }
}
