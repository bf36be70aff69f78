package dev.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.testsupport.Program;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes of the character NUL in a text that somebody types, or a program sends: PostgreSQL can't store it, and H2 answers alike. */
@QuarkusTest
class NulTest {

    private static final String TEXT = "swift\0otter";
    private static final String DRAFT = "/api/v1/policy/development/draft";
    private static final String CHANGES = "/api/v1/changes/development";
    private static final String DEFINITIONS = "/api/v1/definitions";

    @Inject
    Sql sql;

    private record Case(String method, String path, Map<String, ?> body) {}

    private long version(Program program) {
        var tag = program.asks().get(DRAFT).header("ETag");
        var draft = Map.of("version", 1, "retention", Map.of("events", 300));
        var put = program.asks().header("If-Match", tag).body(draft).put(DRAFT);
        return Long.parseLong(put.header("ETag").replace("\"", ""));
    }

    @Test
    void a_text_with_it_that_would_be_stored_is_answered_422_and_nothing_is_stored() {
        var program = Program.of(Role.ADMIN, "Sends NUL");
        long version = version(program);
        var definition = Map.of("name", "Ordered", "type", "click", "filter", "text equals \"Buy\"");
        var cases = List.of(
                new Case("POST", "/api/v1/environments", Map.of("key", "nul", "name", TEXT, "kind", "staging")),
                new Case("POST", "/api/v1/environments/development/app-ids", Map.of("label", TEXT)),
                new Case("POST", CHANGES, Map.of("version", version, "reason", TEXT)),
                new Case("POST", "/api/v1/policy/development/publish", Map.of("version", version, "reason", TEXT)),
                new Case("POST", DEFINITIONS, with(definition, "name", TEXT)),
                new Case("POST", DEFINITIONS, with(definition, "description", TEXT)),
                new Case("POST", DEFINITIONS, with(definition, "category", TEXT)),
                new Case("POST", DEFINITIONS, with(definition, "tags", List.of(TEXT))),
                new Case("POST", DEFINITIONS, with(definition, "filter", "text equals \"" + TEXT + "\"")),
                new Case("POST", DEFINITIONS + "/views", Map.of("name", TEXT, "query", Map.of("type", "click"))));
        long before = stored();

        var others = new ArrayList<String>();
        for (var one : cases) {
            var answer = program.asks().body(one.body()).request(one.method(), one.path());
            if (answer.statusCode() != 422 || answer.asString().contains("otter")) {
                others.add(one + " " + answer.statusCode() + " " + answer.asString());
            }
        }

        assertThat(others).isEmpty();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void a_comment_with_it_is_not_made_by_a_program_or_on_a_page() {
        var program = Program.of(Role.ADMIN, "Comments with NUL");
        var made = program.asks()
                .body(Map.of("version", version(program), "reason", "It tightens"))
                .post(CHANGES);
        int number = made.path("number");

        var answer = program.asks().body(Map.of("text", TEXT)).post(CHANGES + "/" + number + "/comments");
        var page = SignedIn.as(Role.ADMIN)
                .request()
                .formParam("comment", TEXT)
                .post("/console/development/changes/" + number + "/comment");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(422);
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.asString()).contains("<html", "NUL (U+0000)").doesNotContain("swift", "otter");
        assertThat(sql.number(
                        "select count(*) from change_comment where environment = 'development' and number = ?", number))
                .isZero();
    }

    private static Map<String, ?> with(Map<String, ?> definition, String field, Object value) {
        var all = new HashMap<String, Object>(definition);
        all.put(field, value);
        return all;
    }

    private long stored() {
        return sql.number("select (select count(*) from environment) + (select count(*) from app_id)"
                + " + (select count(*) from change_request) + (select count(*) from policy_revision)"
                + " + (select count(*) from definition) + (select count(*) from saved_view)");
    }

    @Test
    void in_a_query_it_is_answered_400_and_in_an_address_404() {
        var program = Program.of(Role.ADMIN, "Asks for NUL");

        for (var path : List.of(DEFINITIONS + "?q=a%00b", "/api/v1/changelog?filter=%00")) {
            assertThat(program.asks().urlEncodingEnabled(false).get(path).statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
        for (var path : List.of("/api/v1/jobs/a%00b", DEFINITIONS + "/%00", "/api/v1/environments/a%00b")) {
            assertThat(program.asks().urlEncodingEnabled(false).get(path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    /** PostgreSQL counts characters, H2 the halves of their pairs: the rules count characters. */
    @Test
    void a_text_of_the_longest_characters_is_stored_or_refused_and_breaks_nothing() {
        var program = Program.of(Role.ADMIN, "Sends what is long");

        var answer = program.asks()
                .body(Map.of("version", version(program), "reason", "😀".repeat(1000)))
                .post(CHANGES);

        assertThat(answer.statusCode()).as(answer.asString()).isIn(201, 422);
    }

    @Test
    void a_page_says_it_in_words() {
        SignedIn.as(Role.ADMIN)
                .request()
                .urlEncodingEnabled(false)
                .get("/console/definitions?q=%00")
                .then()
                .statusCode(400)
                .body(containsString("<html"), containsString("NUL (U+0000)"));
    }
}
