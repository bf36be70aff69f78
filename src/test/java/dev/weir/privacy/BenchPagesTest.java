package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.policy.PageTokens;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BenchPagesTest {

    private static Policies person(String role) {
        return new Policies(SignedIn.as(role), "development");
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    void everybody_may_ask_what_would_become_of_something(String role) {
        person(role)
                .post(
                        "/bench",
                        Map.of(
                                "kind",
                                "url",
                                "policy",
                                "inforce",
                                "text",
                                "https://shop.example/a?token=geheim&size=9"))
                .then()
                .statusCode(200)
                .body(containsString("urls.parameters.token"), containsString("/privacy/parameters"))
                .body(containsString("https://shop.example/a?size=9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"click", "batch", "call", "url", "html"})
    void each_example_can_be_loaded_and_tried(String name) {
        var example = BenchExamples.named(name).orElseThrow();

        person(Role.DEVELOPER)
                .get("/bench?example=" + name)
                .then()
                .statusCode(200)
                .body(containsString("Try it"));
        person(Role.DEVELOPER)
                .post("/bench", Map.of("kind", example.kind(), "text", example.text()))
                .then()
                .statusCode(200)
                .body(containsString("As it would be stored"));
    }

    @Test
    void an_event_that_lacks_what_is_expected_says_what_and_where_that_is_said() {
        var person = person(Role.ADMIN).fresh();
        person.edit("schemas/add", Map.of("event", "Order placed", "property", "amount", "type", "number"))
                .then()
                .statusCode(303);

        person.post(
                        "/bench",
                        Map.of(
                                "kind",
                                "json",
                                "policy",
                                "draft",
                                "text",
                                "{\"type\":\"custom\",\"name\":\"Order placed\",\"properties\":{\"amount\":\"much\"}}"))
                .then()
                .statusCode(200)
                .body(
                        containsString("schemas.order placed.amount"),
                        containsString("of another type than is expected"),
                        containsString("/privacy/schemas"));
        person.fresh();
    }

    @Test
    void html_is_judged_as_a_click_on_each_interactive_element() {
        person(Role.DEVELOPER)
                .post(
                        "/bench",
                        Map.of(
                                "kind",
                                "html",
                                "policy",
                                "inforce",
                                "text",
                                "<div class='heap-ignore'><button id=a>Balance 12</button></div><button id=b>Sign up</button>"
                                        + "<input id=c type=password>"))
                .then()
                .statusCode(200)
                .body(containsString("A click on button#a"), containsString("tokens.heap-ignore"))
                .body(containsString("A click on button#b"), containsString("&quot;text&quot; : &quot;Sign up&quot;"))
                .body(containsString("A click on input#c"), containsString("floor.field"));
    }

    @Test
    void the_bench_takes_for_active_and_for_labelled_what_the_collector_takes() throws IOException {
        var collector = Files.readString(Path.of("src/main/collector/capture.ts"));

        assertThat(collector).contains("const LABELLED = '" + PastedHtml.LABELLED + "';");
        assertThat(collector.replaceAll("\\s+", " "))
                .contains("const ACTIVE = LABELLED + '" + PastedHtml.ACTIVE.substring(PastedHtml.LABELLED.length())
                        + "';");
    }

    @Test
    void the_bench_leaves_out_of_a_label_what_the_collector_leaves_out() throws IOException {
        var reader = Files.readString(Path.of("src/main/collector/dom.ts"));
        var tokens = Files.readString(Path.of("src/main/collector/tokens.ts"));

        assertThat(reader).contains("`[${REDACT_TEXT}]," + PastedHtml.UNREAD + "`");
        assertThat(tokens).contains("'" + String.join(",", PageTokens.IGNORE) + "'");
    }

    @Test
    void a_label_shows_no_part_that_the_page_keeps_to_itself() {
        person(Role.DEVELOPER)
                .post(
                        "/bench",
                        Map.of(
                                "kind",
                                "html",
                                "text",
                                "<button>Hi <span class=heap-ignore>Jane</span> <b hidden>Doe</b><i data-heap-redact-text>Roe</i>there</button>"))
                .then()
                .statusCode(200)
                .body(containsString("Hi there"), not(containsString("&quot;Hi Jane")));
    }

    @Test
    void a_label_of_a_field_is_passed_over_because_the_field_is_clicked_too() {
        person(Role.DEVELOPER)
                .post(
                        "/bench",
                        Map.of(
                                "kind",
                                "html",
                                "text",
                                "<label id=a for=x>One</label><input id=x><label id=b>Two<select id=y></select></label>"
                                        + "<label id=c>Three</label><label id=d for=nowhere>Four</label>"))
                .then()
                .statusCode(200)
                .body(containsString("A click on input#x"), containsString("A click on select#y"))
                .body(containsString("A click on label#c"), containsString("A click on label#d"))
                .body(not(containsString("A click on label#a")), not(containsString("A click on label#b")));
    }

    @Test
    void a_selector_chooses_the_elements() {
        person(Role.DEVELOPER)
                .post("/bench", Map.of("kind", "html", "selector", ".b", "text", "<p class=a>x</p><p class=b>y</p>"))
                .then()
                .statusCode(200)
                .body(containsString("A click on p.b"), not(containsString("A click on p.a")));
    }

    @Test
    void the_draft_is_tried_before_it_is_published() {
        var person = person(Role.ADMIN).fresh().blocking("benchmark_own");
        var paste = "https://shop.example/?benchmark_own=1&size=2";

        person.post("/bench", Map.of("kind", "url", "policy", "draft", "text", paste))
                .then()
                .body(containsString("urls.parameters.benchmark_own"));
        person.post("/bench", Map.of("kind", "url", "policy", "inforce", "text", paste))
                .then()
                .body(not(containsString("urls.parameters.benchmark_own")));
        person.fresh();
    }

    @Test
    void what_can_t_be_read_is_said_by_place_and_goes_no_further() {
        var person = person(Role.DEVELOPER);

        person.post("/bench", Map.of("kind", "json", "text", "{\"type\":\"click\",\n \"text\": }"))
                .then()
                .statusCode(422)
                .body(containsString("not JSON from line 2"));
        person.post("/bench", Map.of("kind", "json", "text", "{\"type\":\"hover\"}"))
                .then()
                .statusCode(422)
                .body(containsString("/type: one of"));
        person.post("/bench", Map.of("kind", "json", "text", "[".repeat(5000)))
                .then()
                .statusCode(422)
                .body(containsString("role=\"alert\""));
        person.post("/bench", Map.of("kind", "json", "text", "x".repeat(65_537)))
                .then()
                .statusCode(422)
                .body(containsString("at most 64 KB"));
    }

    @Test
    void consent_is_part_of_the_question() {
        person(Role.DEVELOPER)
                .post("/bench", Map.of("kind", "url", "consent", "denied", "text", "https://shop.example/"))
                .then()
                .body(allOf(containsString("consent.required"), containsString("Nothing would be stored")));
    }
}
