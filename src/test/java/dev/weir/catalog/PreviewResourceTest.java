package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.store.Renewal;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a program learns of a filter before anybody defines something by it, and of the definitions that Weir comes with. */
@QuarkusTest
class PreviewResourceTest {

    private static final String HOME = "/api/v1/definitions/preview";
    private static final String PACK = "/api/v1/definitions/starter-pack";

    @Inject
    ChangeLog log;

    private static ValidatableResponse send(String token, Map<String, ?> body) {
        return SignedIn.anonymous()
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post(HOME)
                .then();
    }

    private static SignedIn person(String login, String role) {
        SignedIn.account(login, login, role);
        return SignedIn.signIn(login, SignedIn.PASSWORD);
    }

    private long newest() {
        return log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0).sequence();
    }

    @Test
    void a_filter_is_looked_back_for_and_tried_on_a_page_and_nothing_is_kept() {
        var tenant = Tenant.development();
        Renewal.now();
        var place = tenant.environment().value();
        var event = "Bought by otters";
        for (int i = 0; i < 12; i++) {
            SignedIn.anonymous()
                    .contentType("application/json")
                    .body(Map.of("app_id", tenant.app(), "event", event, "identity", "otter"))
                    .post("/api/track")
                    .then()
                    .statusCode(200);
        }
        var reading = person("preview-dora", Role.DEVELOPER).token("Previews", "read");
        long before = newest();
        var custom = Map.of("environment", place, "type", "custom", "filter", "event equals \"" + event + "\"");

        send(reading, custom)
                .statusCode(200)
                .body("count", equalTo(12))
                .body("cut", equalTo(false))
                .body("days", hasSize(30))
                .body("days.sum { it.count }", equalTo(12))
                .body("samples", hasSize(10))
                .body("samples[0].what", equalTo(event))
                .body("stability.score", equalTo(100))
                .body("page", nullValue());
        var click = Map.of(
                "environment",
                place,
                "type",
                "click",
                "filter",
                "selector matches \".buy\"",
                "html",
                "<button class=buy><b>Buy</b></button><p>Not this</p>");
        send(reading, click)
                .statusCode(200)
                .body("page.count", equalTo(2))
                .body("page.matched[0]", containsString("buy"))
                .body("stability.score", equalTo(60));

        assertThat(newest()).isEqualTo(before);
    }

    @Test
    void what_can_not_be_looked_for_is_refused_with_the_place_and_who_may_not_draft_asks_nothing() {
        var whole = Map.of("environment", "development", "type", "click", "filter", "text equals \"Buy\"");
        var developer = person("preview-dora", Role.DEVELOPER);
        var reading = developer.token("Refused previews", "read");
        for (var wrong : List.of(
                Map.of("environment", "nowhere"),
                Map.of("type", "reset"),
                Map.of("filter", "text equals otter-canary"))) {
            var body = new HashMap<String, String>(whole);
            body.putAll(wrong);
            var answer = send(reading, body).statusCode(422).extract().asString();
            assertThat(answer).doesNotContain("otter-canary");
        }
        send(reading, Map.of()).statusCode(422);

        send(developer.token("Checks alone", "check"), whole).statusCode(403);
        send(person("preview-eve", Role.AUDITOR).token("Looks", "read"), whole).statusCode(403);
    }

    @Test
    void the_starter_pack_is_shown_and_what_of_it_is_missing_is_taken_once() {
        var architect = "Bearer " + person("preview-dean", Role.ARCHITECT).token("Starter pack", "all");
        int size = Imports.starterPack().size();

        SignedIn.anonymous()
                .header("Authorization", architect)
                .post(PACK)
                .then()
                .statusCode(200)
                .body("done", equalTo(true));

        SignedIn.anonymous()
                .header("Authorization", architect)
                .get(PACK)
                .then()
                .body("definitions", hasSize(size))
                .body("definitions.findAll { it.taken }", hasSize(size));
        SignedIn.anonymous()
                .header("Authorization", architect)
                .post(PACK)
                .then()
                .statusCode(200)
                .body("rows", hasSize(0));
    }
}
