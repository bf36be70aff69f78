package dev.weir.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program is told to have looked at, and that it is gone once somebody has. */
@QuarkusTest
class FindingsResourceTest {

    private static String admin = "";
    private static String auditor = "";

    @Inject
    Sql sql;

    private Tenant tenant;
    private String home;

    @BeforeEach
    void an_environment_of_its_own() {
        if (admin.isEmpty()) {
            admin = token("finding-ada", Role.ADMIN, "all");
            auditor = token("finding-eve", Role.AUDITOR, "read");
        }
        tenant = Tenant.development();
        home = "/api/v1/findings/" + tenant.environment();
    }

    private static String token(String login, String role, String scope) {
        SignedIn.account(login, login, role);
        return SignedIn.signIn(login, SignedIn.PASSWORD).token("Findings", scope);
    }

    private static ValidatableResponse read(String path) {
        return SignedIn.anonymous()
                .header("Authorization", "Bearer " + auditor)
                .get(path)
                .then()
                .statusCode(200);
    }

    private void aside(long sequence, String rule) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        sql.change(
                """
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status, reason,
                                   redacted, revision, stale, findings, body)
                values (?, ?, ?, ?, 'track', ?, ?, 'custom', 'Bought', 'quarantined', 'ORIGIN_FENCE', false, 1, false, ?,
                        '{"type":"custom","name":"Bought"}')
                """,
                tenant.environment().value(),
                sequence,
                UUID.randomUUID(),
                tenant.app(),
                now,
                now,
                "[{\"reason\":\"ORIGIN_FENCE\",\"field\":\"origin\",\"rule\":\"" + rule + "\"}]");
    }

    @Test
    void what_was_set_aside_is_one_finding_for_each_rule_until_it_is_dealt_with() {
        aside(1, "first");
        aside(2, "first");
        aside(3, "second");

        var told = read(home + "?kind=quarantined").body("", hasSize(2));
        told.body("find { it.about == 'first' }.events", equalTo(2))
                .body("what", everyItem(equalTo("ORIGIN_FENCE")))
                .body("page", everyItem(equalTo("/console/" + tenant.environment() + "/quarantine")));
        String id = told.extract().path("find { it.about == 'second' }.id");
        SignedIn.anonymous()
                .header("Authorization", "Bearer " + admin)
                .contentType("application/json")
                .body(Map.of("events", new int[] {1, 2}, "why", "It was our own page"))
                .post("/api/v1/quarantine/" + tenant.environment() + "/purge")
                .then()
                .statusCode(200);

        read(home + "?kind=quarantined").body("", hasSize(1)).body("[0].id", equalTo(id));
    }

    @Test
    void a_definition_that_is_not_well_is_one_and_a_personal_draft_is_none() {
        var name = "Unseen in " + tenant.environment();
        var id = defined(name, false);
        var own = defined(name + ", personal", true);

        var told = everything(home + "?kind=definition");
        assertThat(told)
                .filteredOn(one -> id.equals(one.get("about")))
                .singleElement()
                .satisfies(one -> assertThat(one)
                        .containsEntry("what", "silent-since-birth")
                        .containsEntry("name", name));
        assertThat(told)
                .noneMatch(one -> own.equals(one.get("about")))
                .allMatch(one -> "definition".equals(one.get("kind")));
    }

    /** On however many pages: definitions are everybody's, and are told in no order that one could know. */
    private static List<Map<String, Object>> everything(String path) {
        var all = new ArrayList<Map<String, Object>>();
        var cursor = "";
        while (true) {
            List<Map<String, Object>> page = read(path + "&limit=200&cursor=" + cursor)
                    .extract()
                    .jsonPath()
                    .getList("");
            all.addAll(page);
            if (page.size() < 200) {
                return all;
            }
            cursor = String.valueOf(page.get(page.size() - 1).get("id"));
        }
    }

    private static String defined(String name, boolean personal) {
        return SignedIn.anonymous()
                .header("Authorization", "Bearer " + admin)
                .contentType("application/json")
                .body(Map.of(
                        "name",
                        name,
                        "type",
                        "custom",
                        "filter",
                        "event equals \"" + name + "\"",
                        "personal",
                        personal))
                .post("/api/v1/definitions")
                .path("id");
    }

    @Test
    void an_emergency_is_one_until_somebody_else_has_reviewed_it() {
        sql.change(
                "insert into policy_emergency (environment, revision, published_by, published_by_name, published_at)"
                        + " values (?, 1, 'local:somebody', 'Somebody', ?)",
                tenant.environment().value(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));

        read(home + "?kind=emergency").body("", hasSize(1)).body("[0].about", equalTo("1"));

        SignedIn.anonymous()
                .header("Authorization", "Bearer " + admin)
                .contentType("application/json")
                .body(Map.of("reason", "It was needed indeed, and is over"))
                .post("/api/v1/policy/" + tenant.environment() + "/emergencies/1/review")
                .then()
                .statusCode(200);
        read(home + "?kind=emergency").body("", hasSize(0));
    }

    @Test
    void an_unknown_kind_is_a_400_and_an_unknown_environment_a_404() {
        var asking = SignedIn.anonymous().header("Authorization", "Bearer " + auditor);

        assertThat(asking.get(home + "?kind=everything").statusCode()).isEqualTo(400);
        assertThat(asking.get("/api/v1/findings/nowhere").statusCode()).isEqualTo(404);
    }
}
