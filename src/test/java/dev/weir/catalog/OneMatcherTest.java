package dev.weir.catalog;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.access.Role;
import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.catalog.matching.Seeded;
import dev.weir.changelog.ChangeLog;
import dev.weir.database.Sql;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.privacy.Pasted;
import dev.weir.store.Renewal;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks what an event means is answered by one version of one matcher, and it changes only when somebody agrees to that. */
@QuarkusTest
class OneMatcherTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String CAFE = "https://shop.example/caf%C3%A9";

    @Inject
    Sql sql;

    @Inject
    ChangeLog log;

    @Inject
    Checkups checkups;

    @Inject
    Hindsight hindsight;

    private Tenant tenant;

    @BeforeEach
    void three_views_of_a_page_and_two_of_another() {
        tenant = Tenant.development();
        Renewal.now();
        viewed(CAFE, 3);
        viewed("https://shop.example/cafe", 2);
    }

    @AfterEach
    void the_newest_version_for_those_who_come_after() {
        inForce(MatcherVersion.NEWEST);
    }

    private void inForce(MatcherVersion version) {
        sql.change("update catalog_head set changes = changes + 1, matcher = ? where id = 1", version.number());
    }

    private void viewed(String url, int times) {
        long now = Instant.now().toEpochMilli();
        var events = IntStream.range(0, times)
                .mapToObj(i -> "{\"id\":\"v" + COUNT.incrementAndGet() + "\",\"at\":" + now + ",\"type\":\"pageview\"}")
                .collect(Collectors.joining(","));
        RestAssured.given()
                .contentType("text/plain")
                .header("Origin", Tenant.ORIGIN)
                .body("{\"v\":1,\"policy\":\"x\",\"consent\":\"granted\",\"sent\":" + now
                        + ",\"user\":\"1234567890123456\",\"session\":{\"id\":\"11\",\"at\":1},\"page\":{\"id\":\"22\",\"at\":1,"
                        + "\"url\":\"" + url + "\",\"title\":\"Shop\"},\"events\":[" + events + "]}")
                .post("/api/collect/" + tenant.app())
                .then()
                .statusCode(200);
    }

    private static Response post(Object body) {
        return given().contentType("application/json").body(body).post("/api/v1/definitions");
    }

    private static String defined(String filter) {
        var answer =
                post(Map.of("name", "Matched once " + COUNT.incrementAndGet(), "type", "pageview", "filter", filter));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return answer.path("id");
    }

    private String query() {
        return "?environment=" + tenant.environment().value();
    }

    private static List<Integer> numbers(JsonPath json, String id) {
        return List.of("before", "after", "gained", "lost").stream()
                .map(name -> json.getInt("definitions.find { it.id == '" + id + "' }." + name))
                .toList();
    }

    private static Response take(String match, Map<String, ?> body) {
        var request = given().contentType("application/json").body(body);
        return (match.isEmpty() ? request : request.header("If-Match", match)).post("/api/v1/definitions/matcher");
    }

    @Test
    @TestSecurity(
            user = "nora",
            roles = Role.ARCHITECT,
            attributes = @SecurityAttribute(key = "weir.subject", value = "local:nora-of-the-matcher"))
    void a_program_sees_the_differences_before_another_version_takes_effect() {
        inForce(MatcherVersion.ONE);
        var named = defined("path equals \"/café\"");
        var spelt = defined("path contains \"C3\"");
        var plain = defined("path equals \"/cafe\"");

        var seen = given().get("/api/v1/definitions/matcher" + query());
        var differences = seen.jsonPath();

        assertThat(seen.header("ETag")).isEqualTo("\"1\"");
        assertThat(differences.getInt("in_force")).isEqualTo(1);
        assertThat(differences.getInt("other")).isEqualTo(2);
        assertThat(differences.getInt("looked")).isEqualTo(5);
        assertThat(numbers(differences, named)).containsExactly(0, 3, 3, 0);
        assertThat(numbers(differences, spelt)).containsExactly(3, 0, 0, 3);
        assertThat(numbers(differences, plain)).containsExactly(2, 2, 0, 0);
        assertThat(take("", Map.of("version", 2)).statusCode()).isEqualTo(428);
        assertThat(take("\"2\"", Map.of("version", 2)).statusCode()).isEqualTo(412);
        assertThat(take("\"1\"", Map.of("version", 9)).statusCode()).isEqualTo(422);
        assertThat(count(named)).isZero();

        var taken = take("\"1\"", Map.of("version", 2, "reason", "Looked at"));

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.header("ETag")).isEqualTo("\"2\"");
        assertThat(List.of(count(named), count(spelt), count(plain))).containsExactly(3, 0, 2);
        var row = log.find(
                        new dev.weir.changelog.Filter(
                                "local:nora-of-the-matcher",
                                "matcher",
                                "catalog",
                                "",
                                java.util.Optional.empty(),
                                java.util.Optional.empty()),
                        Long.MAX_VALUE,
                        1)
                .get(0);
        assertThat(row.action()).isEqualTo("taken-into-effect");
        assertThat(row.before()).isEqualTo(Map.of("version", 1L));
        assertThat(row.after()).isEqualTo(Map.of("version", 2L));
        assertThat(row.reason()).contains("Looked at");
    }

    private int count(String id) {
        return given().get("/api/v1/definitions/" + id + "/health" + query())
                .jsonPath()
                .getInt("definition.count");
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void health_is_told_to_programs_of_one_definition_and_of_all() {
        var matching = defined("path equals \"/cafe\"");
        var silent = defined("path equals \"/nowhere-at-all\"");

        var one = given().get("/api/v1/definitions/" + matching + "/health" + query())
                .jsonPath();
        var all = given().get("/api/v1/definitions/health" + query()).jsonPath();

        assertThat(one.getString("environment")).isEqualTo(tenant.environment().value());
        assertThat(one.getInt("looked")).isEqualTo(5);
        assertThat(one.getInt("definition.count")).isEqualTo(2);
        assertThat(one.getList("definition.hours")).hasSize(24);
        assertThat(one.getString("definition.first")).isNotNull();
        assertThat(one.<Object>get("definition.expected")).isNull();
        assertThat(all.getString("definitions.find { it.id == '" + silent + "' }.state"))
                .isEqualTo("silent-since-birth");
        assertThat(all.getString("definitions.find { it.id == '" + silent + "' }.last"))
                .isNull();
    }

    @Test
    @TestSecurity(user = "dora", roles = Role.DEVELOPER)
    void health_of_what_nobody_shares_or_of_nowhere_is_refused() {
        String personal = post(Map.of(
                        "name", "Mine alone", "type", "pageview", "filter", "path equals \"/cafe\"", "personal", true))
                .path("id");
        var shared = defined("path equals \"/cafe\"");

        assertThat(given().get("/api/v1/definitions/" + personal + "/health" + query())
                        .statusCode())
                .isEqualTo(409);
        assertThat(given().get("/api/v1/definitions/nothing/health" + query()).statusCode())
                .isEqualTo(404);
        assertThat(given().get("/api/v1/definitions/" + shared + "/health").statusCode())
                .isEqualTo(400);
        assertThat(given().get("/api/v1/definitions/health?environment=nowhere").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(MatcherVersion.class)
    void preview_pasted_html_health_and_live_view_compare_as_the_version_in_force_does(MatcherVersion version) {
        inForce(version);
        int found = version == MatcherVersion.ONE ? 0 : 3;
        var name = "Café seen " + COUNT.incrementAndGet();
        var developer = SignedIn.as(Role.DEVELOPER);
        var architect = SignedIn.as(Role.ARCHITECT);
        var address = developer
                .request()
                .formParams(Map.of(
                        "name",
                        name,
                        "type",
                        "pageview",
                        "filter",
                        "path equals \"/café\"",
                        "ownerKind",
                        "team",
                        "owner",
                        "T"))
                .post("/console/definitions")
                .header("Location")
                .replaceFirst("https?://[^/]+", "");
        architect.request().formParams("status", "in-review", "version", "0").post(address + "/status");
        architect.request().formParams("status", "verified", "version", "1").post(address + "/status");

        var pasted = developer
                .request()
                .header("HX-Request", "true")
                .formParams(Map.of(
                        "type", "click",
                        "filter", "href equals \"https://shop.example/café\"",
                        "pasted", "<p><a href='" + CAFE + "'>Café</a>"))
                .post("/console/definitions/preview")
                .asString();
        var live = developer
                .request()
                .get("/console/" + tenant.environment().value() + "/live")
                .asString();
        var preview = hindsight.preview(tenant.environment(), EventType.PAGEVIEW, filter("path equals \"/café\""));
        var health = checkups.look(tenant.environment()).healths().stream()
                .filter(each -> address.endsWith(each.definition().id()))
                .findFirst()
                .orElseThrow();

        assertThat(preview.count()).isEqualTo(found);
        assertThat(health.count()).isEqualTo(found);
        assertThat(live.split("href=\"" + address + "\"", -1)).hasSize(found + 1);
        assertThat(pasted).contains("<b>" + (found == 0 ? 0 : 1) + "</b> of 3 elements");
    }

    @Test
    void a_person_sees_the_differences_and_takes_the_version_into_effect_that_was_looked_at() {
        inForce(MatcherVersion.ONE);
        var architect = SignedIn.as(Role.ARCHITECT);
        var name = "Café looked at " + COUNT.incrementAndGet();
        architect
                .request()
                .formParams(Map.of("name", name, "type", "pageview", "filter", "path equals \"/café\""))
                .post("/console/definitions");
        var page = "/console/definitions/matcher" + query();

        var differences = architect.request().get(page).asString();
        var stale = architect.request().formParams("seen", "2", "version", "1").post(page);
        var list = architect.request().get("/console/definitions").asString();
        var taken = architect.request().formParams("seen", "1", "version", "2").post(page);

        assertThat(differences)
                .contains(
                        name,
                        "<td class=\"number\">3</td>",
                        "Take version 2 into effect",
                        "compared as they are spelt");
        assertThat(SignedIn.as(Role.DEVELOPER).request().get(page).asString())
                .contains(name, "An Admin or an Architect takes it into effect")
                .doesNotContain("Take version 2 into effect");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.asString()).contains("Nothing was changed", "Version 1 is in force");
        assertThat(list).contains("href=\"/console/definitions/matcher\"");
        assertThat(taken.statusCode()).isEqualTo(303);
        assertThat(architect.request().get(page).asString()).contains("Version 2 is in force", "Go back to version 1");
        assertThat(architect.request().get("/console/definitions").asString())
                .doesNotContain("href=\"/console/definitions/matcher\"");
    }

    /** Over what is kept of generated events: the number of matches is the same whoever is asked. */
    @ParameterizedTest
    @ValueSource(longs = {71, 72})
    void preview_live_view_health_and_check_count_generated_events_alike(long seed) throws Exception {
        System.out.println("one matcher: seed " + seed);
        var seeded = new Seeded(seed);
        var events = new ArrayList<ObjectNode>();
        while (events.size() < 30) {
            events.add(sent(seeded.event()));
        }
        var filters = new ArrayList<Map.Entry<EventType, Filter>>();
        while (filters.size() < 24) {
            var filter = seeded.filter();
            // Not all that a filter can be has a spelling of its own.
            Filter.parse(filter.toString())
                    .match(valid -> filters.add(Map.entry(seeded.type(), valid)), refused -> false);
        }
        collect(events);
        var token = SignedIn.as(Role.DEVELOPER).token("One matcher " + seed, "check");
        var ids = new LinkedHashMap<String, Map.Entry<EventType, Filter>>();
        var names = new HashMap<String, String>();
        for (var filter : filters) {
            var name = "Generated " + COUNT.incrementAndGet();
            var id = UUID.randomUUID().toString();
            verified(id, name, filter.getKey(), filter.getValue());
            ids.put(id, filter);
            names.put(id, name);
        }

        var healths = checkups.look(tenant.environment()).healths();
        var live = SignedIn.as(Role.DEVELOPER)
                .request()
                .get("/console/" + tenant.environment().value() + "/live")
                .asString();
        var checked = JsonPath.from(checked(token, events));
        int found = 0;
        for (var id : ids.keySet()) {
            var filter = ids.get(id);
            var what = "seed %d, %s: %s".formatted(seed, filter.getKey(), filter.getValue());
            long matches = hindsight
                    .preview(tenant.environment(), filter.getKey(), filter.getValue())
                    .count();
            found += matches > 0 ? 1 : 0;
            // The five views of the beginning are no samples of the check.
            long before = before(filter.getKey(), filter.getValue());
            assertThat(healths.stream()
                            .filter(health -> health.definition().id().equals(id))
                            .map(Health::count))
                    .as("health, %s", what)
                    .containsExactly(matches);
            assertThat(live.split("href=\"/console/definitions/" + id + "\"", -1).length - 1)
                    .as("live view, %s", what)
                    .isEqualTo((int) matches);
            assertThat(checked.getList("captured.findAll { it.definitions.contains('" + names.get(id) + "') }"))
                    .as("check, %s", what)
                    .hasSize((int) (matches - before));
        }
        assertThat(found).as("definitions that match something").isGreaterThan(8);
        // Whoever comes after finds the catalog as it was.
        ids.keySet().forEach(id -> sql.change("update definition set status = 'archived' where id = ?", id));
        sql.change("update catalog_head set changes = changes + 1 where id = 1");
    }

    private long before(EventType type, Filter filter) {
        return hindsight.preview(fresh().environment(), type, filter).count();
    }

    /** Another environment with nothing but the views of the beginning. */
    private Tenant fresh() {
        if (beginning == null) {
            var here = tenant;
            tenant = Tenant.development();
            Renewal.now();
            viewed(CAFE, 3);
            viewed("https://shop.example/cafe", 2);
            beginning = tenant;
            tenant = here;
        }
        return beginning;
    }

    private @Nullable Tenant beginning;

    /** As a collector would send it: no name but that of a custom event, no text of a change, never without a name where one is due. */
    private static ObjectNode sent(Event event) throws Exception {
        var json = (ObjectNode) JSON.readTree(Pasted.pretty(event));
        if (event.type() != EventType.CUSTOM) {
            json.remove("name");
        } else if (!json.has("name")) {
            json.put("name", "abc");
        }
        if (event.type() == EventType.CHANGE) {
            json.remove("text");
        }
        // What stands beside all events of a batch is none of this one's.
        json.withObject("/page");
        json.withObject("/session");
        return json.put("id", "g" + COUNT.incrementAndGet())
                .put("at", Instant.now().toEpochMilli());
    }

    private void collect(List<ObjectNode> events) {
        var batch = JSON.createObjectNode()
                .put("v", 1)
                .put("policy", "x")
                .put("consent", "granted")
                .put("sent", Instant.now().toEpochMilli())
                .put("user", "1234567890123456");
        batch.putObject("session").put("id", "11").put("at", 1);
        batch.putObject("page").put("id", "22").put("at", 1);
        batch.putArray("events").addAll(events);
        RestAssured.given()
                .contentType("text/plain")
                .header("Origin", Tenant.ORIGIN)
                .body(batch.toString().getBytes(UTF_8))
                .post("/api/collect/" + tenant.app())
                .then()
                .statusCode(200);
    }

    private String checked(String token, List<ObjectNode> events) {
        var body = JSON.createObjectNode();
        body.putArray("samples").addAll(events);
        return RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body.toString())
                .post("/api/v1/check?fail=never&environment="
                        + tenant.environment().value())
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private void verified(String id, String name, EventType type, Filter filter) {
        sql.change(
                "insert into definition (id, name, sort_name, reserved_name, type, filter, category, tags, description, context,"
                        + " criticality, status, search_text, authors, created_by, created_by_name, created_at, changed_by,"
                        + " changed_by_name, changed_at, owner_kind, owner, verified_by, verified_by_name, verified_at)"
                        + " values (?, ?, ?, ?, ?, ?, '', '', '', '', 'normal', 'verified', '', '', 'a', 'a', current_timestamp,"
                        + " 'a', 'a', current_timestamp, 'team', 'T', 'b', 'b', current_timestamp)",
                id,
                name,
                name,
                name,
                type.wire(),
                filter.toString());
        sql.change("update catalog_head set changes = changes + 1 where id = 1");
    }

    private static Filter filter(String text) {
        return Filter.parse(text).match(valid -> valid, refused -> {
            throw new AssertionError(refused.message());
        });
    }
}
