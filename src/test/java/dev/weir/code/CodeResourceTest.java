package dev.weir.code;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.release.ChangeRequests;
import dev.weir.release.Releases;
import dev.weir.testsupport.Acting;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policy as code as a program sees it. */
@QuarkusTest
class CodeResourceTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Environments environments;

    @Inject
    Releases releases;

    @Inject
    Drafts drafts;

    @Inject
    ChangeRequests requests;

    @Inject
    Sql sql;

    private Acting ada;
    private EnvironmentKey place;

    @BeforeEach
    void a_critical_environment() {
        ada = Acting.as("code-ada", Role.ADMIN, sql);
        place = new EnvironmentKey("code" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Code " + place, Kind.PRODUCTION, true, Actor.SYSTEM));
    }

    private String home() {
        return "/api/v1/policy/" + place + "/code";
    }

    private String exported() {
        return given().get(home()).then().statusCode(200).extract().asString();
    }

    private static Response post(String address, String file) {
        return given().contentType("application/yaml")
                .body(file.getBytes(UTF_8))
                .post(address);
    }

    private Response asked(String tag, String file) {
        return asked(tag, file, "The shop needs it");
    }

    private Response asked(String tag, String file, String reason) {
        return given().contentType("application/yaml")
                .header("If-Match", tag)
                .body(file.getBytes(UTF_8))
                .post(home() + "?dry=false&reason=" + reason);
    }

    private long inForce() {
        return ada.does(() -> releases.inForce(place).orElseThrow().number());
    }

    @Test
    @TestSecurity(user = "program", roles = Role.AUDITOR)
    void an_export_is_always_the_same_and_shows_no_drift() {
        var first = given().get(home());
        var second = given().get(home());

        assertThat(first.contentType()).startsWith("application/yaml");
        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag")).matches("\"[0-9a-f]{64}\"");
        assertThat(first.asString())
                .contains(
                        "environment: " + place + "\nname: \"Code " + place + "\"\nkind: production\ncritical: true\n",
                        "  - id: \"")
                .doesNotContain("hash_key", "serverKeyHash");
        post(home() + "/drift", first.asString()).then().statusCode(200).body("same", equalTo(true));
        given().get(home() + "?of=draft").then().statusCode(200).body(equalTo(first.asString()));
        given().get(home() + "?of=yesterday").then().statusCode(400);
        given().get("/api/v1/policy/nowhere/code").then().statusCode(404).contentType("application/problem+json");
        post(home(), first.asString()).then().statusCode(403);
    }

    @Test
    @TestSecurity(user = "program", roles = Role.AUDITOR)
    void drift_is_a_conflict_that_names_each_difference() {
        var file = exported()
                .replace("events: 395", "events: 400")
                .replaceFirst("label: .*", "label: \"Another\"")
                .replaceFirst("name: .*", "name: \"Another canary\"")
                .replace("kind: production", "kind: staging")
                .replace("critical: true", "critical: false");

        post(home() + "/drift", file)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("status", equalTo(409))
                .body("loosens", equalTo(true))
                .body("changes.path", contains("retention.events"))
                .body("changes.direction", contains("loosening"))
                .body("apps[0]", containsString("differs in label"))
                .body("detail", containsString("5 differences"))
                .body("settings[0]", containsString("The name here is another one"))
                .body("settings[1]", containsString("is for production"))
                .body("settings[2]", containsString("takes two Admins"))
                .body(not(containsString("canary")));
        post(home() + "/drift", exported().replace("critical: true", "critical: false"))
                .then()
                .statusCode(409)
                .body("changes", hasSize(0))
                .body("settings", hasSize(1));
        post(home() + "/drift", exported().replaceFirst("(?s)name: .*?\npolicy", "policy"))
                .then()
                .statusCode(200);
    }

    @Test
    @TestSecurity(user = "program", roles = Role.AUDITOR)
    void what_cannot_be_read_is_told_line_by_line() {
        var file = "weir: 1\npolicy:\n  version: 1\n  secret-canary: 1\n  capture: {click: canary}\n";

        post(home() + "/drift", file)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.line", contains(4, 5))
                .body("errors.column", contains(3, 20))
                .body("errors.pointer", hasItem("/policy/capture/click"))
                .body(not(containsString("canary")));
        post(home() + "/drift", exported().replace("environment: " + place, "environment: elsewhere"))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/environment"));
        given().contentType("text/csv")
                .body("a".getBytes(UTF_8))
                .post(home() + "/drift")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    @TestSecurity(
            user = "program",
            roles = Role.DEVELOPER,
            attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#developer"))
    void a_developer_proposes_after_a_dry_run_and_nothing_is_written_before() {
        var file = exported().replace("events: 395", "events: 400");

        var dry = post(home(), file);
        dry.then().statusCode(200).body("changes", hasSize(1)).body("loosens", equalTo(true));
        assertThat(requests()).isZero();
        post(home() + "?dry=false&reason=Blindly", file).then().statusCode(428);
        asked("\"0\"", file).then().statusCode(412);
        asked(dry.header("ETag"), file.replace("events: 400", "events: 401"))
                .then()
                .statusCode(412);
        assertThat(requests()).isZero();

        var asked = asked(dry.header("ETag"), file);
        asked.then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/changes/" + place + "/1"))
                .body("state", equalTo("open"))
                .body("hash", equalTo(dry.jsonPath().getString("asked")));
        assertThat(sql.list(
                        "select content from changelog where object_id = ? and action = 'requested'",
                        row -> row.getString(1),
                        place + "-1"))
                .singleElement()
                .asString()
                .contains("\"means\":\"import\"", "\"instrument\":\"policy file\"", "\"subject\":\"issuer#developer\"");
        asked(dry.header("ETag"), file)
                .then()
                .statusCode(200)
                .header("Location", containsString("/api/v1/changes/" + place + "/1"))
                .body("number", equalTo(1));
        // As a proxy makes it that compresses.
        asked("W/" + dry.header("ETag"), file, "The warehouse needs it, too")
                .then()
                .statusCode(200)
                .body("number", equalTo(1))
                .body("reason", equalTo("The shop needs it"));
        given().get("/api/v1/changes/" + place + "/1")
                .then()
                .body("comments.text", contains("The warehouse needs it, too"));
        assertThat(requests()).isEqualTo(1);
        assertThat(inForce()).isEqualTo(1);
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/changes/" + place + "/1/publish")
                .then()
                .statusCode(403);
        given().contentType("application/json")
                .header(
                        "If-Match",
                        given().get("/api/v1/changes/" + place + "/1").header("ETag"))
                .body("{\"reason\":\"Not needed after all\"}")
                .post("/api/v1/changes/" + place + "/1/reject")
                .then()
                .statusCode(200)
                .body("state", equalTo("rejected"));
    }

    @Test
    @TestSecurity(
            user = "program",
            roles = Role.DEVELOPER,
            attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#developer"))
    void a_proposal_touches_no_draft_and_is_published_by_those_who_may() {
        ada.does(() -> drafts.replace(place, 1, PolicyDocument.strict()));
        var file = exported().replace("events: 395", "events: 400");
        asked(post(home(), file).header("ETag"), file).then().statusCode(201);

        var loosening = ada.does(() -> requests.find(place, 1).orElseThrow());
        assertThat(loosening.proposal()).isTrue();
        assertThat(ada.does(() -> drafts.of(place)).version()).isEqualTo(2);
        assertThat(why(ada, 1)).isEqualTo("NOT_APPROVED");
        ada.does(() -> requests.approve(place, 1, loosening.hash()));
        assertThat(why(ada, 1)).isEqualTo("published");
        assertThat(exported()).isEqualTo(file);
        assertThat(ada.does(() -> drafts.of(place)).document())
                .extracting(document -> document.hash())
                .isEqualTo(PolicyDocument.strict().hash());

        // What only tightens needs no second person, wherever it comes from.
        var tighter = file.replace("events: 400", "events: 43");
        asked(post(home(), tighter).header("ETag"), tighter).then().statusCode(201);
        var architect = Acting.as("code-archie", Role.ARCHITECT, sql);
        assertThat(why(architect, 2)).isEqualTo("published");
        assertThat(why(architect, 2)).isEqualTo("REQUEST_CLOSED");
        assertThat(inForce()).isEqualTo(3);
    }

    @Test
    @TestSecurity(
            user = "program",
            roles = Role.ADMIN,
            attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#admin"))
    void a_file_that_unmarks_and_renames_the_environment_changes_neither_and_still_needs_a_second_person() {
        var file = exported()
                .replace("events: 395", "events: 400")
                .replace("critical: true", "critical: false")
                .replaceFirst("name: .*", "name: Renamed");
        var dry = post(home(), file);
        dry.then().body("settings", hasSize(2));
        asked(dry.header("ETag"), file).then().statusCode(201);

        assertThat(why(ada, 1)).isEqualTo("NOT_APPROVED");
        assertThat(ada.does(() -> environments.find(place).orElseThrow()))
                .satisfies(here -> assertThat(here.critical()).isTrue())
                .satisfies(here -> assertThat(here.name()).isEqualTo("Code " + place));
        assertThat(sql.number("select count(*) from uncritical_wish where environment = ?", place.value()))
                .isZero();
        // Settings alone are nothing that could be asked for.
        var settings = exported().replace("critical: true", "critical: false");
        asked(post(home(), settings).header("ETag"), settings)
                .then()
                .statusCode(422)
                .body("detail", startsWith("There is nothing to publish"));
    }

    @Test
    @TestSecurity(
            user = "program",
            roles = Role.ADMIN,
            attributes = @SecurityAttribute(key = "weir.subject", value = "issuer#admin"))
    void a_file_that_was_compared_before_a_publication_is_not_asked_for() {
        var file = exported().replace("events: 395", "events: 40");
        var tag = post(home(), file).header("ETag");
        var stricter = PolicyDocument.parse(Map.of("version", 1L, "retention", Map.of("events", 30L)))
                .match(valid -> valid, errors -> PolicyDocument.strict());
        ada.does(() -> drafts.replace(place, 1, stricter));
        ada.does(() -> releases.publish(place, 2, "Strict", place.value()));

        asked(tag, file).then().statusCode(412);
        asked(post(home(), exported()).header("ETag"), exported())
                .then()
                .statusCode(422)
                .body("detail", startsWith("There is nothing to publish"));
        assertThat(requests()).isZero();
    }

    @Test
    void the_schema_is_served_to_everybody() {
        given().get(PublishedSchema.ADDRESS)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("title", equalTo("An environment of Weir"));
    }

    private String why(Acting who, long number) {
        return who.does(() -> requests.publish(place, number, place.value()))
                .match(done -> "published", refused -> refused.why().name());
    }

    private long requests() {
        return sql.number("select count(*) from change_request where environment = ?", place.value());
    }
}
