package dev.weir.release;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.testsupport.Acting;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Change requests and policies as a program sees them; who asked before is a person at the doors. */
@QuarkusTest
class ChangesResourceTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Environments environments;

    @Inject
    Drafts drafts;

    @Inject
    ChangeRequests requests;

    @Inject
    Sql sql;

    private EnvironmentKey place;

    @BeforeEach
    void a_critical_environment_whose_draft_is_strict_but_for_retention() {
        var ada = Acting.as("program-ada", Role.ADMIN, sql);
        place = new EnvironmentKey("program" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Program " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
        ada.does(() -> drafts.replace(
                place,
                1,
                PolicyDocument.parse(Map.of("version", 1L, "retention", Map.of("events", 400L)))
                        .match(document -> document, errors -> PolicyDocument.strict())));
        ada.does(() -> requests.open(place, 2, "They need it", 0));
    }

    private static ValidatableResponse post(String path, Map<String, ?> body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    @Test
    @TestSecurity(
            user = "program",
            roles = Role.ADMIN,
            attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#program"))
    void a_program_reads_the_draft_and_is_refused_what_needs_two() {
        given().get("/api/v1/policy/" + place)
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("number", equalTo(1));
        given().get("/api/v1/policy/" + place + "/draft")
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("loosens", equalTo(true))
                .body("changes.direction", hasItem("loosening"));

        post(
                        "/api/v1/policy/" + place + "/publish",
                        Map.of("version", 2, "reason", "By a program", "key", place.value()))
                .statusCode(403)
                .contentType("application/problem+json");
        given().get("/api/v1/policy/" + place + "/revisions").then().body("size()", equalTo(1));
        given().get("/api/v1/policy/nowhere").then().statusCode(404);
    }

    @Test
    @TestSecurity(
            user = "program",
            roles = Role.ADMIN,
            attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#program"))
    void a_program_approves_what_it_looked_at_and_an_approver_without_an_account_does_not_count() {
        var home = "/api/v1/changes/" + place;
        given().get(home)
                .then()
                .statusCode(200)
                .body("[0].state", equalTo("open"))
                .body("[0].outdated", equalTo(false));
        given().get(home + "?limit=51").then().statusCode(400);
        var tag = given().get(home + "/1").header("ETag");
        given().get(home + "/1").then().header("ETag", equalTo(tag));
        String hash = given().get(home + "/1").jsonPath().getString("hash");

        post(home + "/1/approve", Map.of("hash", "another")).statusCode(412);
        post(home + "/1/approve", Map.of()).statusCode(428);
        post(home + "/1/comments", Map.of("text", "Looked at")).statusCode(200);
        post(home + "/1/approve", Map.of("hash", hash)).statusCode(200).body("state", equalTo("approved"));
        given().get(home + "/1")
                .then()
                .body("comments[0].text", equalTo("Looked at"))
                .header("ETag", not(equalTo(tag)));

        post(home + "/1/publish", Map.of("key", place.value())).statusCode(403);
        post(home + "/99/approve", Map.of("hash", hash)).statusCode(404);
    }

    @Test
    @TestSecurity(
            user = "program",
            roles = Role.ADMIN,
            attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#program"))
    void the_list_says_what_is_outdated_and_an_unknown_revision_is_not_looked_for_again() {
        var home = "/api/v1/changes/" + place;
        var tag = given().get(home + "/1").header("ETag");
        post(
                        home + "/1/approve",
                        Map.of("hash", given().get(home + "/1").jsonPath().getString("hash")))
                .statusCode(200);
        given().contentType("application/json")
                .header("If-Match", tag)
                .body(Map.of("reason", "Not seen that it is approved"))
                .post(home + "/1/reject")
                .then()
                .statusCode(412);

        given().contentType("application/json")
                .header("If-Match", "\"2\"")
                .post("/api/v1/policy/" + place + "/draft/undo")
                .then()
                .statusCode(200);

        given().get(home).then().body("[0].state", equalTo("approved")).body("[0].outdated", equalTo(true));
        var unknown = Map.of("restores", 77, "number", 77, "seen", 1, "reason", "Where is it?", "key", place.value());
        for (var path :
                new String[] {home, "/api/v1/policy/" + place + "/rollback", "/api/v1/policy/" + place + "/emergencies"
                }) {
            post(path, unknown).statusCode(422).body("detail", equalTo(WhyWords.of(Why.NO_REVISION)));
        }
    }

    @Test
    @TestSecurity(
            user = "program",
            roles = Role.ADMIN,
            attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#program"))
    void one_part_of_an_earlier_revision_is_asked_for_and_the_rest_stays() {
        var home = "/api/v1/changes/" + place;
        var policy = "/api/v1/policy/" + place;
        given().contentType("application/json")
                .header("If-Match", "\"2\"")
                .body("{\"version\":1,\"retention\":{\"events\":30},\"pages\":[\"/hidden\"]}")
                .put(policy + "/draft")
                .then()
                .statusCode(200);
        // Weir proposes more than this says: else it would loosen.
        post(policy + "/publish", Map.of("version", 3, "reason", "Tighter", "key", place.value()));
        long seen = given().get(policy).jsonPath().getLong("number");
        var part = Map.of("restores", 1, "part", "retention", "seen", seen, "reason", "As long as before");

        var asked = post(home, part).statusCode(201).body("state", equalTo("open"));

        asked.body("restores", equalTo(null)).body("partOf", equalTo(1)).body("origin", equalTo(null));
        var one = given().get(home + "/" + asked.extract().path("number")).then();
        one.body("document.retention.events", equalTo(395)).body("document.pages", hasItem("/hidden"));
        post(home, Map.of("restores", 1, "part", "nothing", "seen", seen, "reason", "Which?"))
                .statusCode(422);
        post(home, Map.of("restores", 1, "part", "retention", "reason", "Not looked"))
                .statusCode(428);
        post(home, Map.of("restores", 1, "part", "retention", "seen", seen + 1, "reason", "Too early"))
                .statusCode(412);
    }

    @Test
    @TestSecurity(user = "program", roles = Role.AUDITOR)
    void who_only_looks_is_refused_everything_else() {
        var home = "/api/v1/changes/" + place;

        given().get(home + "/1").then().statusCode(200).body("outdated", equalTo(false));
        for (var path : new String[] {"", "/1/approve", "/1/reject", "/1/publish", "/1/comments"}) {
            post(home + path, Map.of("reason", "I may not")).statusCode(403);
        }
        post("/api/v1/policy/" + place + "/publish", Map.of()).statusCode(403);
        post("/api/v1/policy/" + place + "/rollback", Map.of()).statusCode(403);
    }
}
