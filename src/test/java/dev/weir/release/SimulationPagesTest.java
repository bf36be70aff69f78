package dev.weir.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.simulation.Finished;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SimulationPagesTest {

    private static int made;

    private Policies ada;
    private Policies auditor;

    @BeforeEach
    void a_critical_environment_whose_draft_blocks_an_event() {
        var key = "tried" + ++made;
        var admin = SignedIn.as(Role.ADMIN);
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
