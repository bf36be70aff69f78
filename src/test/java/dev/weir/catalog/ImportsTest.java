package dev.weir.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ImportsTest {

    private static final String IMPORT = "/api/v1/definitions/import";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([0-9a-f]{32}-[0-9]+)\"");

    private static String name() {
        return "Imported " + COUNT.incrementAndGet();
    }

    /** What is imported was tried before, as it has to be. */
    private static Response send(String kind, boolean dry, String text) {
        var tried = request(kind, text).queryParam("dry", true).post(IMPORT);
        return dry ? tried : really(kind, text, Objects.requireNonNullElse(tried.header("ETag"), "\"none\""));
    }

    private static Response really(String kind, String text, String tag) {
        return request(kind, text)
                .header("If-Match", tag)
                .queryParam("dry", false)
                .post(IMPORT);
    }

    private static RequestSpecification request(String kind, String text) {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/yaml", ContentType.TEXT)))
                .contentType(kind.equals("csv") ? "text/csv" : "application/" + kind)
                .queryParam("kind", kind)
                .body(text);
    }

    private static List<String> found(String name) {
        return given().queryParam("q", name)
                .get("/api/v1/definitions")
                .jsonPath()
                .getList("definitions.filter");
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void a_dry_run_says_what_would_be_done_and_does_nothing() {
        var name = name();
        var file = "name,type,filter\r\n" + name + ",click,\"text equals \"\"Buy, now\"\"\"\r\n";

        var dry = send("csv", true, file);
        var before = found(name);
        var real = send("csv", false, file);

        assertThat(dry.statusCode()).isEqualTo(200);
        assertThat(dry.<Boolean>path("done")).isFalse();
        assertThat(dry.<String>path("rows[0].effect")).isEqualTo("new");
        assertThat(before).isEmpty();
        assertThat(real.<Boolean>path("done")).isTrue();
        assertThat(found(name)).containsExactly("text equals \"Buy, now\"");
        assertThat(send("csv", true, file).<String>path("rows[0].effect")).isEqualTo("unchanged");
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void a_tag_that_was_weakened_on_its_way_is_the_one_that_was_tried() {
        var file = "name,type,filter\n" + name() + ",click,\"text equals \"\"Old\"\"\"\n";
        var tag = send("csv", true, file).header("ETag");

        assertThat(really("csv", file, tag.replace("\"", "")).statusCode()).isEqualTo(412);
        assertThat(really("csv", file, "W/" + tag).statusCode()).isEqualTo(200);
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void an_import_does_what_was_tried_or_nothing() {
        var name = name();
        var file = "name,type,filter\n" + name + ",click,\"text equals \"\"Old\"\"\"\n";
        assertThat(send("csv", false, file).statusCode()).isEqualTo(200);
        var other = file.replace("Old", "Mine");
        var tag = send("csv", true, other).header("ETag");
        // Somebody edits it meanwhile; and the file that was tried is no other file.
        assertThat(send("csv", false, file.replace("Old", "Theirs")).statusCode())
                .isEqualTo(200);

        var late = really("csv", other, tag);
        var another = really("csv", file, send("csv", true, other).header("ETag"));
        var blind = request("csv", other).queryParam("dry", false).post(IMPORT);

        assertThat(List.of(late.statusCode(), another.statusCode(), blind.statusCode()))
                .containsExactly(412, 412, 428);
        assertThat(found(name)).containsExactly("text equals \"Theirs\"");
        assertThat(send("csv", false, other).statusCode()).isEqualTo(200);
        assertThat(found(name)).containsExactly("text equals \"Mine\"");
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void of_a_file_with_a_wrong_row_nothing_is_imported_and_each_row_says_why() {
        var name = name();
        var file = "definitions:\n"
                + "  - {name: " + name + ", type: click, filter: 'text equals \"Buy\"'}\n"
                + "  - {name: Other, type: hover, filter: 'text equals \"s3cret'}\n"
                + "  - {name: " + name + ", type: click, filter: 'text equals \"Sell\"'}\n";

        var answer = send("yaml", false, file);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.jsonPath().getList("rows[0].errors")).isEmpty();
        assertThat(answer.jsonPath().getList("rows[1].errors")).hasSize(2);
        assertThat(answer.jsonPath().getList("rows[2].errors")).hasSize(1);
        assertThat(answer.asString()).doesNotContain("s3cret");
        assertThat(found(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"csv", "yaml", "json"})
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void what_is_exported_comes_in_again_unchanged(String kind) {
        var name = "=" + name();
        given().contentType("application/json")
                .body(
                        "{\"name\":\"" + name
                                + "\",\"type\":\"custom\",\"filter\":\"event equals \\\"a \\\\\\\"b\\\\\\\"\\\"\","
                                + "\"description\":\"- one\\nand, two\",\"tags\":[\"x\",\"y\"],\"owner\":{\"kind\":\"person\",\"name\":\"@ada\"}}")
                .post("/api/v1/definitions")
                .then()
                .statusCode(201);

        var file = given().queryParam("kind", kind)
                .get("/api/v1/definitions/export")
                .asString();
        var again = send(kind, false, file);

        assertThat(file).contains("Imported");
        assertThat(again.statusCode()).as(again.asString()).isEqualTo(200);
        assertThat(again.jsonPath().getList("rows.effect")).isNotEmpty().allMatch("unchanged"::equals);
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void nothing_in_an_exported_table_is_a_formula() {
        var name = "=1+" + name();
        given().contentType("application/json")
                .body("{\"name\":\"" + name + "\",\"type\":\"click\",\"filter\":\"text equals \\\"x\\\"\"}")
                .post("/api/v1/definitions")
                .then()
                .statusCode(201);

        var file = given().queryParam("kind", "csv")
                .get("/api/v1/definitions/export")
                .asString();

        assertThat(file).contains("\"'" + name + "\"").doesNotContain("\"" + name);
    }

    /** One row for each field that can be wrong: each is told at its row, by its field, without what stood there. */
    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void each_field_that_is_wrong_is_told_at_its_row() {
        var long100 = "canary".repeat(17);
        var long2000 = "canary".repeat(334);
        var rows = List.of(
                List.of("name", long100, "click", "text equals \"\"x\"\"", "", "", "", "", "", "team", ""),
                List.of("type", "a", "canary", "text equals \"\"x\"\"", "", "", "", "", "", "team", ""),
                List.of("filter", "b", "click", "canary", "", "", "", "", "", "team", ""),
                List.of("category", "c", "click", "text equals \"\"x\"\"", long100, "", "", "", "", "team", ""),
                List.of("tags", "d", "click", "text equals \"\"x\"\"", "", "canary_", "", "", "", "team", ""),
                List.of("description", "e", "click", "text equals \"\"x\"\"", "", "", long2000, "", "", "team", ""),
                List.of("context", "f", "click", "text equals \"\"x\"\"", "", "", "", long2000, "", "team", ""),
                List.of("criticality", "g", "click", "text equals \"\"x\"\"", "", "", "", "", "canary", "team", ""),
                List.of("owner", "h", "click", "text equals \"\"x\"\"", "", "", "", "", "", "canary", "Mira"),
                List.of("owner", "i", "click", "text equals \"\"x\"\"", "", "", "", "", "", "team", long100));
        var file =
                new StringBuilder("name,type,filter,category,tags,description,context,criticality,owner_kind,owner\n");
        rows.forEach(row -> file.append(row.subList(1, row.size()).stream()
                        .map(cell -> "\"" + cell + "\"")
                        .collect(java.util.stream.Collectors.joining(",")))
                .append('\n'));

        for (boolean dry : List.of(true, false)) {
            var answer = send("csv", dry, file.toString());

            assertThat(answer.<Boolean>path("done")).isFalse();
            for (int i = 0; i < rows.size(); i++) {
                assertThat(answer.jsonPath().getList("rows[" + i + "].errors", String.class))
                        .as(rows.get(i).get(0))
                        .singleElement()
                        .asString()
                        .startsWith(rows.get(i).get(0) + ": ");
            }
            assertThat(answer.asString()).doesNotContain("canary");
        }
    }

    /** Whoever imports verifies nothing: neither what is new, nor what is changed, nor what somebody has in review. */
    @ParameterizedTest
    @CsvSource({"csv", "yaml", "json"})
    @TestSecurity(user = "nora", roles = Role.ADMIN)
    void a_status_in_a_file_verifies_nothing(String kind) {
        var fresh = name();
        var known = name();
        given().contentType("application/json")
                .body(
                        "{\"name\":\"" + known
                                + "\",\"type\":\"click\",\"filter\":\"text equals \\\"Buy\\\"\",\"owner\":{\"kind\":\"team\",\"name\":\"T\"}}")
                .post("/api/v1/definitions")
                .then()
                .statusCode(201);

        for (var status : List.of("verified", "in-review", "deprecated", "archived", "nonsense")) {
            var text = "text equals \"" + status + "\"";
            var answer = send(kind, false, file(kind, status, text, fresh, known));

            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
            for (var name : List.of(fresh, known)) {
                assertThat(statuses(name)).as(status).containsExactly("draft");
                assertThat(found(name)).containsExactly(text);
            }
        }
        // Not even where nothing else is in it.
        assertThat(send(kind, false, file(kind, "verified", "text equals \"nonsense\"", fresh, known))
                        .jsonPath()
                        .getList("rows.effect"))
                .containsExactly("unchanged", "unchanged");
        assertThat(statuses(fresh)).containsExactly("draft");
    }

    private static List<String> statuses(String name) {
        return given().queryParam("q", name)
                .get("/api/v1/definitions")
                .jsonPath()
                .getList("definitions.status");
    }

    private static String file(String kind, String status, String filter, String... names) {
        var rows = new StringBuilder(
                switch (kind) {
                    case "csv" -> "name,type,filter,owner_kind,owner,status\n";
                    case "yaml" -> "definitions:\n";
                    default -> "{\"definitions\":[";
                });
        for (var name : names) {
            var quoted = filter.replace("\"", kind.equals("csv") ? "\"\"" : "\\\"");
            rows.append(
                    switch (kind) {
                        case "csv" -> name + ",click,\"" + quoted + "\",team,T," + status + "\n";
                        case "yaml" ->
                            "  - {name: " + name + ", type: click, filter: \"" + quoted
                                    + "\", owner_kind: team, owner: T, status: " + status + "}\n";
                        default ->
                            (name.equals(names[0]) ? "" : ",") + "{\"name\":\"" + name
                                    + "\",\"type\":\"click\",\"filter\":\"" + quoted
                                    + "\",\"owner_kind\":\"team\",\"owner\":\"T\",\"status\":\"" + status + "\"}";
                    });
        }
        return rows + (kind.equals("json") ? "]}" : "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"csv|colour", "yaml|definitions: [", "json|{\"definitions\":[{\"colour\":1}]}", "yaml|- a"})
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void a_file_that_is_none_is_refused(String kind, String text) {
        assertThat(send(kind, false, text).statusCode()).isEqualTo(422);
    }

    @Test
    void the_starter_pack_comes_with_one_click_and_leaves_alone_what_is_there() {
        var developer = SignedIn.as(Role.DEVELOPER);

        var first = developer.request().post("/console/definitions/starter-pack");
        var again = developer.request().post("/console/definitions/starter-pack");

        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(again.statusCode()).isEqualTo(303);
        assertThat(developer
                        .request()
                        .queryParam("tag", "starter")
                        .get("/console/definitions")
                        .asString())
                .contains(
                        "Pricing Page Viewed",
                        "Signup CTA Clicked",
                        "Demo Request Submitted",
                        "Product Added to Cart",
                        "Checkout Completed");
    }

    @Test
    void a_pasted_file_is_shown_row_by_row_before_it_is_imported() {
        var developer = SignedIn.as(Role.DEVELOPER);
        var name = name();
        var file = "name,type,filter\n" + name + ",click,\"text equals \"\"Buy\"\"\"\n";

        var dry = developer
                .request()
                .formParam("kind", "csv")
                .formParam("text", file)
                .post("/console/definitions/import");
        var seen = SEEN.matcher(dry.asString());
        assertThat(seen.find()).isTrue();
        // As a browser sends it.
        var text = file.replace("\n", "\r\n");
        var real = imported(developer, text, seen.group(1));
        var again = imported(developer, text, seen.group(1));
        var blind = imported(developer, text, "");

        assertThat(dry.statusCode()).isEqualTo(200);
        assertThat(dry.asString()).contains("1 new, 0 changed", name);
        assertThat(real.statusCode()).isEqualTo(303);
        for (var refused : List.of(again, blind)) {
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.asString()).contains("This is not what was tried", "0 new, 0 changed, 1 unchanged");
        }
        assertThat(developer.request().get("/console/definitions/import").asString())
                .doesNotContain("value=\"yes\"");
    }

    private static Response imported(SignedIn who, String text, String seen) {
        return who.request()
                .formParams("kind", "csv", "text", text, "seen", seen, "apply", "yes")
                .post("/console/definitions/import");
    }
}
