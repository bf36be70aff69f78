package dev.weir.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.store.Renewal;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody drafts for themselves nobody else finds, by whichever door they come. */
@QuarkusTest
class PersonalDraftsTest {

    /** Stands in the name, the filter and every other field. */
    private static final String MARK = "kingfisher-4711";

    private SignedIn author;
    private String id;
    private Tenant tenant;

    @BeforeEach
    void a_personal_draft_and_an_event_that_it_matches() {
        author = SignedIn.as(Role.DEVELOPER);
        var made = author.request().formParams(draft()).post("/console/definitions");
        assertThat(made.statusCode()).isEqualTo(303);
        id = made.header("Location").replaceFirst(".*/", "");
        tenant = Tenant.development();
        Renewal.now();
        given().contentType(ContentType.JSON)
                .body(Map.of("app_id", tenant.app(), "identity", "4711", "event", "Seen " + MARK))
                .post("/api/track")
                .then()
                .statusCode(200);
    }

    private static Map<String, String> draft() {
        return Map.of(
                "name",
                MARK,
                "type",
                "custom",
                "filter",
                "event equals \"Seen " + MARK + "\"",
                "category",
                "about " + MARK,
                "tags",
                MARK,
                "description",
                "of " + MARK,
                "ownerKind",
                "team",
                "owner",
                "Friends of " + MARK,
                "personal",
                "yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
    void on_no_page_of_the_catalog_anybody_else_finds_it(String role) {
        var other = SignedIn.as(role);

        for (var page : List.of(
                "/console/definitions",
                "/console/definitions?tag=" + "nothing",
                "/console/definitions?status=draft&type=custom",
                "/console/definitions/export?kind=csv",
                "/console/definitions/export?kind=yaml",
                "/console/definitions/export?kind=json",
                "/console/definitions/import",
                "/console/definitions/health?environment="
                        + tenant.environment().value(),
                "/console/definitions/matcher?environment="
                        + tenant.environment().value())) {
            var answer = other.request().get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.asString()).as(page).doesNotContain(MARK, id);
        }
        for (var query : List.of("q=" + MARK, "tag=" + MARK, "owner=Friends of " + MARK, "category=about " + MARK)) {
            var found = other.request()
                    .header("HX-Request", "true")
                    .get("/console/definitions?" + query)
                    .asString();
            assertThat(found).as(query).contains("Nothing found").doesNotContain(id);
        }
        assertThat(other.request().get("/console/definitions/" + id).statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_live_view_names_it_to_nobody() {
        var live = "/console/" + tenant.environment().value() + "/live";

        for (var role : Role.ALL) {
            assertThat(SignedIn.as(role).request().get(live).asString())
                    .contains("Seen " + MARK)
                    .doesNotContain("/console/definitions/" + id);
        }
    }

    @Test
    void an_admin_can_not_change_it_by_its_address() {
        var admin = SignedIn.as(Role.ADMIN);
        var home = "/console/definitions/" + id;

        assertThat(admin.request().get(home + "/edit").statusCode()).isEqualTo(404);
        assertThat(admin.request()
                        .formParams(draft())
                        .formParam("version", "0")
                        .post(home)
                        .statusCode())
                .isEqualTo(404);
        assertThat(admin.request()
                        .formParam("version", "0")
                        .post(home + "/share")
                        .statusCode())
                .isEqualTo(404);
        assertThat(admin.request()
                        .formParams("version", "0", "status", "archived")
                        .post(home + "/status")
                        .statusCode())
                .isEqualTo(404);
        var bulk = admin.request()
                .formParams("chosen", id + " 0", "action", "tag", "value", "taken")
                .post("/console/definitions/bulk");
        assertThat(bulk.statusCode()).isEqualTo(422);
        assertThat(bulk.asString()).contains("There is no such definition").doesNotContain(MARK);
        assertThat(author.request().get(home).asString()).contains(MARK).doesNotContain("taken");
    }

    @Test
    void an_import_of_the_same_name_is_a_definition_of_its_own() {
        var file = "name,type,filter\n" + MARK + ",click,\"text equals \"\"Buy\"\"\"\n";

        var dry = SignedIn.as(Role.ADMIN)
                .request()
                .formParams("kind", "csv", "text", file)
                .post("/console/definitions/import");

        assertThat(dry.asString()).contains("1 new, 0 changed").doesNotContain(id);
    }

    @Test
    @TestSecurity(user = "somebody-else", roles = Role.ADMIN)
    void programs_of_others_do_not_find_it_either() {
        var home = "/api/v1/definitions";
        var there = "?environment=" + tenant.environment().value();

        for (var path : List.of(
                home + "?limit=500",
                home + "?q=" + MARK,
                home + "?tag=" + MARK,
                home + "/export?kind=json",
                home + "/health" + there,
                home + "/matcher" + there)) {
            var answer = given().get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.asString()).as(path).doesNotContain(MARK, id);
        }
        var one = home + "/" + id;
        var change = given().contentType("application/json").header("If-Match", "\"0\"");
        assertThat(given().get(one).statusCode()).isEqualTo(404);
        assertThat(given().get(one + "/health" + there).statusCode()).isEqualTo(404);
        assertThat(given().header("If-Match", "\"0\"").post(one + "/share").statusCode())
                .isEqualTo(404);
        assertThat(given().spec(change)
                        .body(Map.of("status", "archived"))
                        .post(one + "/status")
                        .statusCode())
                .isEqualTo(404);
        assertThat(given().spec(change)
                        .body(Map.of("name", "Mine now", "type", "click", "filter", "text equals \"x\""))
                        .put(one)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void its_author_finds_it_wherever_definitions_are_listed_searched_and_edited() {
        for (var page : List.of(
                "/console/definitions?q=" + MARK,
                "/console/definitions?tag=" + MARK,
                "/console/definitions/" + id,
                "/console/definitions/" + id + "/edit")) {
            assertThat(author.request().get(page).asString()).as(page).contains(MARK);
        }
        var preview = author.request()
                .header("HX-Request", "true")
                .formParams(draft())
                .formParam("environment", tenant.environment().value())
                .post("/console/definitions/preview")
                .asString();
        assertThat(preview).contains("<b>1</b> of the 1 events");
    }
}
