package dev.weir.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import dev.weir.testsupport.Programs;
import dev.weir.testsupport.SignedIn;
import dev.weir.web.Problem;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** A check as CI asks it: with a token, over HTTP, and with the very curl of the documentation. */
@QuarkusTest
class CheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger MADE = new AtomicInteger();

    private static final String GOOD =
            "<!doctype html><title>Shop</title>\n<script>heap.load('1234567890');heap.stopTracking();</script>\n"
                    + "<main><a id=buy class=buy href=/cart>Buy</a>\n<form id=f><input name=q></form></main>";

    private static final String BAD = """
            <!doctype html><title>Shop</title>
            <script>heap.stopTracking()</script>
            <div class='heap-ingore'><button>Mail ada.canary@example.com</button></div>
            <p data-heap-ignored></p>
            <p class='data-heap-redact-text'></p>
            <input type=email name=mail>
            """;

    @Inject
    Sql sql;

    @Inject
    Environments environments;

    @TempDir
    Path folder;

    private String token;
    private String place;
    private int number;

    @BeforeEach
    void a_token_of_a_developer_that_may_only_ask() {
        number = MADE.incrementAndGet();
        place = "check" + number;
        Acting.as("check-ada", Role.ADMIN, sql)
                .does(() -> environments.create(
                        new EnvironmentKey(place), "Check " + number, Kind.DEVELOPMENT, false, Actor.SYSTEM));
        var login = "check-" + number;
        SignedIn.account(login, "Dev " + number, Role.DEVELOPER);
        token = SignedIn.signIn(login, SignedIn.PASSWORD).token("CI", "check");
    }

    private RequestSpecification with(String kind, String body) {
        return SignedIn.anonymous()
                .header("Authorization", "Bearer " + token)
                .contentType(kind)
                .body(body.getBytes(UTF_8));
    }

    private Response check(String kind, String body, String query) {
        return with(kind, body).post("/api/v1/check?environment=" + place + query);
    }

    private Response check(Map<String, ?> all) throws Exception {
        return check("application/json", JSON.writeValueAsString(all), "");
    }

    @Test
    @Edge("selectors, samples of a check")
    void as_many_selectors_are_checked_as_the_table_says_and_not_one_more() {
        Limit.here().isTheLastTaken(many -> taken("text/plain", ".a\n".repeat((int) many)));
        Limit.here().isTheLastTaken(many -> taken("application/json", "{\"selectors\":" + list("\".a\"", many) + "}"));
    }

    @Test
    @Edge(value = "selectors, samples of a check", figure = 1)
    void as_many_samples_are_checked_as_the_table_says_and_not_one_more() {
        Limit.here().isTheLastTaken(many -> taken("application/json", "{\"samples\":" + list("{}", many) + "}"));
    }

    @Test
    @Edge("body of a check")
    void a_check_is_as_long_as_the_table_says_and_no_byte_longer() {
        Limit.here().isTheLastTaken(bytes -> taken("text/html", "x".repeat((int) bytes)));
    }

    private static String list(String item, long many) {
        return "[" + String.join(",", Collections.nCopies((int) many, item)) + "]";
    }

    private static boolean taken(String kind, String body) {
        try {
            AskedReader.read(kind, body.getBytes(UTF_8), null);
            return true;
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(413);
            return false;
        }
    }

    @Test
    void a_good_page_passes_and_the_report_says_what_would_be_captured() throws Exception {
        check(Map.of("page", GOOD, "url", "https://shop.example/pricing?token=abc"))
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .body("verdict", equalTo("pass"))
                .body("captured.type", hasItem("click"))
                .body("captured.find { it.type == 'click' }.event.text", equalTo("Buy"))
                .body("captured.find { it.type == 'click' }.line", equalTo(3))
                .body("captured.find { it.type == 'change' }.event.path[0].t", equalTo("input"))
                .body("captured.find { it.type == 'submit' }.outcome", equalTo("redacted"))
                .body("captured.find { it.type == 'click' }.event.page.url", equalTo("https://shop.example/pricing"))
                .body("remarks.findAll { it.message.contains('page.url') }.size()", equalTo(1));
    }

    @Test
    void a_bad_page_fails_line_by_line_in_words_that_quote_nothing() {
        var answer = check("text/html", BAD, "");

        answer.then().statusCode(422).body("verdict", equalTo("fail"));
        assertThat(remarks(answer))
                .containsExactlyInAnyOrder(
                        "tracking-call-too-early 2",
                        "token-without-effect 3",
                        "personal-data 3",
                        "token-without-effect 4",
                        "token-without-effect 5",
                        "sensitive-field 6");
        assertThat(answer.jsonPath().getList("remarks.message").toString()).doesNotContain("canary", "ada");
        assertThat(answer.asString()).contains("[email]").doesNotContain("canary");
        check("text/html", BAD, "&fail=never").then().statusCode(200).body("verdict", equalTo("fail"));
    }

    private static List<String> remarks(Response answer) {
        var remarks = new ArrayList<String>();
        answer.jsonPath()
                .<Map<String, Object>>getList("remarks")
                .forEach(remark -> remarks.add(remark.get("rule") + " " + remark.get("line")));
        return remarks;
    }

    @ParameterizedTest
    @CsvSource({
        "class=heap-ignore,",
        "heap-ignore,",
        "data-heap-ignore,",
        "data-heap-redact-text,",
        "class=heap,",
        "class=heading-ignore,",
        "data-heat-map,",
        "class=Heap-Ignore,token-without-effect",
        "class=heap_ignore,token-without-effect",
        "class=heapignore,token-without-effect",
        "heap-ignor,token-without-effect",
        "data-heap-ignroe,token-without-effect",
        "data-heap-redact-texts,token-without-effect",
        "class=data-heap-redact-attributes,token-without-effect",
        "class=data-heap-ignore,token-elsewhere",
        "heap-ignore=false,token-elsewhere",
    })
    void tokens_are_told_from_what_is_nearly_one(String written, String rule) {
        var answer = check("text/html", "<p " + written + ">x</p>", "");

        assertThat(answer.jsonPath().getList("remarks.rule", String.class))
                .isEqualTo(rule == null ? List.of() : List.of(rule));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<script>heap.stopTracking()</script><script>heap.load('1')</script>|true",
                "<script>heap.stopTracking(); heap.load('1')</script>|true",
                "<script>heap.startTracking()</script>|true",
                "<script>heap.load('1'); heap.stopTracking()</script>|false",
                "<script src='https://w.example/js/heap-1234567890.js'></script><script>heap.stopTracking()</script>|false",
                "<script>function later() {}</script>|false",
            })
    void a_tracking_call_before_the_collector_is_told(String html, boolean told) {
        assertThat(check("text/html", html, "")
                        .jsonPath()
                        .getList("remarks.rule", String.class)
                        .contains("tracking-call-too-early"))
                .isEqualTo(told);
    }

    /** Heap's snippet as the runbook prints it, with its own example of consent: that throws, and the user is tracked. */
    @Test
    void the_page_of_the_runbook_fails_until_its_loader_has_a_stub() throws Exception {
        var consent = Files.readString(Path.of("src/test/resources/runbook/consent.html"));
        var ignored = Files.readString(Path.of("src/test/resources/runbook/ignored.html"));
        var classic = Files.readString(Path.of("src/test/resources/pages/runbook-classic.html"));
        var loader =
                classic.substring(classic.indexOf("window.heap=window.heap||[],"), classic.indexOf("heap.load(\""));
        var weirs = Files.readString(Path.of("src/main/resources/snippet/loader.js"));
        var page = "<!doctype html><title>Shop</title>\n%s\n%s\n<button>Press</button>";

        var heaps = check(
                "text/html",
                page.formatted(consent.replace("// ... (same loader code as above)", loader), ignored),
                "");
        heaps.then().statusCode(422);
        assertThat(heaps.jsonPath().getList("remarks.rule")).containsExactly("tracking-call-too-early");
        assertThat(heaps.jsonPath().getString("remarks[0].message")).contains("stopTracking", "no stub");
        check("text/html", page.formatted(consent.replace("// ... (same loader code as above)", weirs), ignored), "")
                .then()
                .statusCode(200)
                .body("remarks.size()", equalTo(0))
                .body("captured.type", hasItem("pageview"));
        // The same page without the class is what the runbook warns of.
        check(
                        "text/html",
                        page.formatted(
                                consent.replace("// ... (same loader code as above)", weirs),
                                ignored.replace("heap-ignore", "heap-ignored")),
                        "")
                .then()
                .statusCode(422)
                .body("remarks.rule", hasItem("token-without-effect"))
                .body("remarks.rule", hasItem("sensitive-field"));
    }

    @Test
    void an_element_whose_text_the_rules_would_keep_though_it_is_personal_fails_at_its_line() throws Exception {
        var page = "<title>Shop</title>\n<main>\n<a href=/me>Ada: ada.canary@example.com</a>\n"
                + "<button class=heap-ignore>grace.canary@example.com</button>\n<p>linus.canary@example.com</p></main>";
        var policy = "weir: 1\npolicy:\n  version: 1\n  text: []\n";

        check(Map.of("page", page, "policy", policy))
                .then()
                .statusCode(422)
                .body(
                        "remarks.findAll { it.rule == 'missing-redaction' }.collect { it.line + ' ' + it.message }",
                        hasItem(containsString("3 In text the default rules take something out")))
                .body("remarks.findAll { it.rule == 'missing-redaction' }.size()", equalTo(1));
        check(Map.of("page", page))
                .then()
                .statusCode(200)
                .body("remarks.rule", contains("personal-data"))
                .body("remarks[0].line", equalTo(3));
    }

    @Test
    void a_definition_that_other_rules_leave_nothing_to_find_breaks() throws Exception {
        var name = "Bought under rules " + number;
        defined(name, "custom", "event equals \"Bought " + number + "\"");
        var sample = Map.of("type", "custom", "name", "Bought " + number);
        var policy = "weir: 1\npolicy:\n  version: 1\n  events: [\"Bought " + number + "\"]\n";

        check(Map.of("samples", List.of(sample))).then().statusCode(200).body("definitions", hasItem(name));
        check(Map.of("samples", List.of(sample), "policy", policy))
                .then()
                .statusCode(422)
                .body("remarks.findAll { it.rule == 'definition-breaks' }.message", hasItem(containsString(name)));
    }

    private static void defined(String name, String type, String filter) {
        SignedIn.as(Role.ADMIN)
                .request()
                .formParams("name", name, "type", type, "filter", filter, "ownerKind", "team")
                .post("/console/definitions")
                .then()
                .statusCode(303);
    }

    @Test
    void selectors_are_refused_found_brittle_or_missing() throws Exception {
        check(Map.of("page", GOOD, "selectors", List.of("#buy", "a:hover", ".gone-for-good", "a", "div.sc-bdVaJa > a")))
                .then()
                .statusCode(422)
                .body(
                        "remarks.findAll { it.part == 'selectors' }.collect { it.rule + ' ' + it.line }",
                        contains(
                                "selector-refused 2",
                                "selector-without-match 3",
                                "selector-brittle 4",
                                "selector-brittle 5",
                                "selector-without-match 5"))
                .body("remarks.message", not(hasItem(containsString("gone-for-good"))));
        check("text/plain", "#buy\n\n[data-buy]\n", "").then().statusCode(200).body("remarks.size()", equalTo(0));
    }

    @Test
    void samples_are_judged_and_what_the_rules_keep_although_the_default_would_not_fails() throws Exception {
        var sample = Map.of("type", "custom", "name", "Paid", "properties", Map.of("note", "ada.canary@example.com"));
        var policy = "weir: 1\npolicy:\n  version: 1\n  text: []\n  retention: {events: 9}\n";

        check("application/json", JSON.writeValueAsString(sample), "")
                .then()
                .statusCode(200)
                .body("remarks.rule", contains("personal-data"))
                .body("captured[0].event.properties.note", equalTo("[email]"));
        check(Map.of("samples", List.of(sample, Map.of("type", "nothing")), "policy", policy))
                .then()
                .statusCode(422)
                .body("remarks.rule", contains("policy-loosens", "missing-redaction", "unreadable"))
                .body("remarks.message", not(hasItem(containsString("canary"))));
        check("application/yaml", policy.replace("text", "texts"), "")
                .then()
                .statusCode(422)
                .body("remarks[0].rule", equalTo("policy-invalid"))
                .body("remarks[0].line", equalTo(4));
    }

    @Test
    void a_sample_that_lacks_what_is_expected_of_it_fails() throws Exception {
        var policy = """
                weir: 1
                policy:
                  version: 1
                  schemas:
                    - {event: Paid, property: amount, type: number, required: true}
                    - {event: Paid, property: plan, type: string}
                """;
        var good = Map.of("type", "custom", "name", "Paid", "properties", Map.of("amount", 3));
        var bad = Map.of("type", "custom", "name", "paid", "properties", Map.of("canary", "3", "plan", true));

        check(Map.of("samples", List.of(good, bad), "policy", policy))
                .then()
                .statusCode(422)
                .body(
                        "remarks.collect { it.rule + ' ' + it.level + ' ' + it.line }",
                        contains("schema-broken error 2", "schema-broken error 2"))
                .body("remarks[0].message", containsString("schemas.paid.amount"))
                .body("remarks[1].message", containsString("schemas.paid.plan"))
                .body("remarks.message", not(hasItem(containsString("canary"))))
                .body("captured.outcome", contains("kept", "quarantined"));
        check(Map.of("samples", List.of(good), "policy", policy)).then().statusCode(200);
    }

    @Test
    void a_definition_that_finds_nothing_any_more_breaks() throws Exception {
        var name = "Checked " + number;
        defined(name, "click", "target matches \"#buy-" + number + "\"");
        var before = GOOD.replace("id=buy", "id=buy-" + number);

        check("text/html", before, "").then().statusCode(200).body("definitions", hasItem(name));
        check(Map.of("page", before, "before", before)).then().statusCode(200);
        check(Map.of("page", GOOD, "before", before))
                .then()
                .statusCode(422)
                .body("remarks.rule", contains("definition-breaks"))
                .body("remarks[0].message", containsString(name));
    }

    @Test
    void sarif_is_what_its_published_schema_says() throws Exception {
        var schema = JSON.readTree(CheckTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"));
        var validator = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema);

        for (var page : List.of(GOOD, BAD)) {
            var answer = with("text/html", page)
                    .accept("application/sarif+json")
                    .post("/api/v1/check?file=src/page.html&environment=" + place);
            assertThat(answer.contentType()).startsWith("application/sarif+json");
            JsonNode sarif = JSON.readTree(answer.asByteArray());

            assertThat(validator.validate(sarif)).isEmpty();
            assertThat(sarif.at("/runs/0/results")).hasSize(page.equals(GOOD) ? 0 : 6);
            sarif.at("/runs/0/results").forEach(result -> {
                int rule = result.path("ruleIndex").asInt();
                assertThat(sarif.at("/runs/0/tool/driver/rules/" + rule + "/id"))
                        .isEqualTo(result.path("ruleId"));
                assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                                .asText())
                        .isEqualTo("src/page.html");
            });
        }
        assertThat(validator.validate(JSON.readTree("{\"version\":\"2.1.0\"}"))).isNotEmpty();
    }

    @Test
    void junits_form_has_a_test_for_each_rule_and_a_failure_for_each_that_failed() throws Exception {
        var answer = with("text/html", BAD).accept("application/xml").post("/api/v1/check?environment=" + place);
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        var suites =
                builder.parse(new ByteArrayInputStream(answer.asByteArray())).getDocumentElement();
        var suite = (Element) suites.getElementsByTagName("testsuite").item(0);

        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(CheckTest.class.getResource("/check/junit.xsd"));
        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(answer.asByteArray())));
        var broken = answer.asString().replaceFirst(" name=\"unreadable\"", "");
        assertThatThrownBy(() -> schema.newValidator().validate(new StreamSource(new StringReader(broken))))
                .isInstanceOf(SAXException.class);
        assertThat(suites.getTagName()).isEqualTo("testsuites");
        assertThat(suite.getElementsByTagName("testcase").getLength())
                .isEqualTo(Rule.values().length)
                .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
        assertThat(suite.getElementsByTagName("failure").getLength())
                .isEqualTo(2)
                .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getTextContent()).contains("checked:2:1 error: heap.stopTracking");
    }

    @Test
    void what_is_asked_wrongly_or_is_too_much_is_a_problem() {
        check("text/html", GOOD, "&fail=sometimes").then().statusCode(400);
        check("text/html", GOOD, "&file=%22%3E").then().statusCode(400);
        check("text/html", " ", "").then().statusCode(422).contentType("application/problem+json");
        check("application/json", "{\"a\":", "").then().statusCode(422).contentType("application/problem+json");
        check("application/json", "{\"page\":1}", "").then().statusCode(422).contentType("application/problem+json");
        check("text/html", "x".repeat(Asked.BYTES + 1), "").then().statusCode(413);
        check("text/plain", "a\n".repeat(Asked.SELECTORS + 1), "").then().statusCode(413);
        check("text/csv", "a", "").then().statusCode(415).contentType("application/problem+json");
        with("text/html", GOOD).post("/api/v1/check?environment=nowhere").then().statusCode(404);
        check("text/html", "<p>".repeat(Asked.ELEMENTS + 1), "").then().body("remarks.rule", contains("unreadable"));
    }

    @Test
    void a_page_as_large_as_may_be_is_answered() {
        check("text/html", "<a class=x>b</a>".repeat(9_000), "")
                .then()
                .statusCode(200)
                .body("captured.size()", equalTo(Asked.JUDGED + 1))
                .body("remarks.rule", hasItem("too-much"));
    }

    @Test
    void nothing_of_it_is_stored() {
        long rows = sql.number("select count(*) from event");
        long changes = sql.number("select count(*) from changelog");

        check("application/json", "{\"type\":\"custom\",\"name\":\"Sent to be checked\"}", "")
                .then()
                .statusCode(200);

        assertThat(sql.number("select count(*) from event")).isEqualTo(rows);
        assertThat(sql.number("select count(*) from changelog")).isEqualTo(changes);
    }

    @Test
    void the_curl_of_the_documentation_does_it() throws Exception {
        var documented = Files.readString(Path.of("docs/check.md"));
        var start = documented.indexOf("```\ncurl ") + 4;
        var curl = documented.substring(start, documented.indexOf("\n```", start));

        Files.writeString(folder.resolve("page.html"), GOOD);
        assertThat(run(curl)).isEqualTo(0);
        assertThat(JSON.readTree(folder.resolve("weir.sarif").toFile()).at("/runs/0/results"))
                .isEmpty();
        Files.writeString(folder.resolve("page.html"), BAD);
        assertThat(run(curl)).isEqualTo(22);
        assertThat(JSON.readTree(folder.resolve("weir.sarif").toFile()).at("/runs/0/results"))
                .hasSize(6);
        token = "wpt_nobody-has-this-one";
        assertThat(run(curl)).isEqualTo(22);
    }

    private int run(String curl) throws Exception {
        Programs.find("curl", "curl");
        var builder = new ProcessBuilder("/bin/sh", "-c", curl)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("WEIR_URL", SignedIn.base());
        builder.environment().put("WEIR_TOKEN", token);
        var process = builder.start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
