package dev.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.jobs.JobsAtWork;
import dev.weir.testsupport.Described;
import dev.weir.testsupport.Described.Operation;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever follows {@code Link} to the end has seen everything once, in the same order as on larger pages. The lists are those of
 * docs/openapi.yaml, and of each there is enough for some pages.
 */
@QuarkusTest
class EveryPageOfAListTest {

    private static final int LEAST = 5;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; ?rel=\"?next\"?");

    private static String ada = "";
    private static String place = "";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** Where a list is read, narrowed to what this test has made where it can be, and what tells its entries apart. */
    private record Listed(String address, int most, Function<JsonPath, List<Object>> ids) {}

    private static Listed listed(String address, int most, String id) {
        return new Listed(address, most, json -> json.getList(id));
    }

    private static Map<String, Listed> lists() {
        var lists = new LinkedHashMap<String, Listed>();
        lists.put("/api/v1/changelog", listed("/api/v1/changelog?environment=" + place + "&", 200, "sequence"));
        lists.put("/api/v1/changelog/checkpoints", listed("/api/v1/changelog/checkpoints?", 200, "size"));
        lists.put("/api/v1/changes/{environment}", listed("/api/v1/changes/" + place + "?", 50, "number"));
        lists.put("/api/v1/definitions", listed("/api/v1/definitions?tag=" + place + "&", 500, "definitions.id"));
        lists.put(
                "/api/v1/definitions/health",
                listed("/api/v1/definitions/health?environment=" + place + "&", 500, "definitions.id"));
        lists.put("/api/v1/definitions/views", listed("/api/v1/definitions/views?", 500, "views.id"));
        lists.put("/api/v1/environments", listed("/api/v1/environments?", 200, "key"));
        lists.put(
                "/api/v1/environments/{key}/app-ids", listed("/api/v1/environments/" + place + "/app-ids?", 200, "id"));
        lists.put(
                "/api/v1/findings/{environment}",
                listed("/api/v1/findings/" + place + "?kind=quarantined&", 200, "id"));
        lists.put("/api/v1/history/{kind}/{object}", listed("/api/v1/history/environment/" + place + "?", 200, "row"));
        lists.put("/api/v1/jobs", listed("/api/v1/jobs?", 50, "id"));
        lists.put("/api/v1/people", listed("/api/v1/people?", 200, "id"));
        lists.put("/api/v1/policy/{environment}/history", listed("/api/v1/policy/" + place + "/history?", 50, "row"));
        lists.put(
                "/api/v1/policy/{environment}/emergencies",
                listed("/api/v1/policy/" + place + "/emergencies?", 50, "revision"));
        lists.put(
                "/api/v1/policy/{environment}/revisions",
                listed("/api/v1/policy/" + place + "/revisions?", 50, "number"));
        lists.put(
                "/api/v1/quarantine/{environment}/groups",
                listed("/api/v1/quarantine/" + place + "/groups?", 200, "rule"));
        lists.put("/api/v1/quarantine/{environment}", listed("/api/v1/quarantine/" + place + "?", 200, "event"));
        lists.put("/api/v1/restorations", listed("/api/v1/restorations?", 50, "number"));
        lists.put("/api/v1/reviews", listed("/api/v1/reviews?", 50, "number"));
        lists.put("/api/v1/tokens", listed("/api/v1/tokens?mine=true&", 200, "id"));
        lists.put("/api/v1/erasure/keys", listed("/api/v1/erasure/keys?", 200, "app_id"));
        return lists;
    }

    static List<Operation> described() {
        return Described.operations().stream()
                .filter(operation -> operation.method().equals("GET"))
                .filter(operation -> operation.takes("query", "before") || operation.takes("query", "cursor"))
                .toList();
    }

    @Test
    void every_list_is_known_here() {
        assertThat(described())
                .extracting(Operation::path)
                .containsExactlyInAnyOrderElementsOf(lists().keySet())
                .hasSizeGreaterThanOrEqualTo(10);
    }

    /** What answers a list at once, and why it may. */
    private static final Map<String, String> WHOLE = Map.ofEntries(
            Map.entry(
                    "/api/v1/definitions/matcher", "one look at all shared definitions, which the decision is made by"),
            Map.entry("/api/v1/definitions/starter-pack", "the file that Weir comes with"),
            Map.entry("/api/v1/environments/{key}/app-ids/{app}", "the origins of one App ID"),
            Map.entry("/api/v1/erasure", "as many as wait, which the jobs bound"),
            Map.entry("/api/v1/identities/{environment}/cuts", "as many as wait, which the jobs bound"),
            Map.entry("/api/v1/standards", "as many as there are rules"),
            Map.entry("/api/v1/me", "at most four roles"),
            Map.entry("/api/v1/people/{id}", "somebody's own environments"),
            Map.entry("/api/v1/reviews/mine", "the 200 most urgent tasks of one person"),
            Map.entry("/api/v1/snippets/{environment}/{app}", "as many as there are ways to build a snippet in"));

    @Test
    void whatever_answers_a_list_leads_on_or_says_why_it_is_whole() {
        var known = new TreeSet<>(WHOLE.keySet());
        known.addAll(lists().keySet());

        assertThat(Described.answeringLists().stream()
                        .filter(operation -> operation.method().equals("GET"))
                        .map(Operation::path))
                .hasSizeGreaterThanOrEqualTo(5)
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("described")
    void link_leads_to_the_end_of_the_list(Operation operation) {
        var list = Objects.requireNonNull(lists().get(operation.path()));

        var whole = walk(list, list.most());
        assertThat(whole)
                .as(operation.text())
                .hasSizeGreaterThanOrEqualTo(LEAST)
                .doesNotHaveDuplicates();
        for (int limit : new int[] {1, 2, Math.max(1, whole.size() / 3), whole.size()}) {
            if (limit <= list.most() && whole.size() / limit <= 100) {
                assertThat(walk(list, limit))
                        .as(operation + ", " + limit + " a page")
                        .isEqualTo(whole);
            }
        }
    }

    private static List<Object> walk(Listed list, int limit) {
        var found = new ArrayList<>();
        var address = Optional.of(list.address() + "limit=" + limit);
        while (address.isPresent()) {
            var answer = with(ada).urlEncodingEnabled(false).get(address.get());
            assertThat(answer.statusCode()).as(address.get()).isEqualTo(200);
            var page = list.ids().apply(answer.jsonPath());
            assertThat(page).as(address.get()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page);
            address = next(answer);
            // A page that leads on is full.
            assertThat(address.isEmpty() || page.size() == limit).isTrue();
        }
        return found;
    }

    private static Optional<String> next(Response answer) {
        return Optional.ofNullable(answer.header("Link")).map(link -> {
            var matcher = NEXT.matcher(link);
            assertThat(matcher.matches()).as(link).isTrue();
            return matcher.group(1);
        });
    }

    @BeforeEach
    void enough_of_everything() {
        if (!place.isEmpty()) {
            return;
        }
        SignedIn.account("listing-ada", "Listing Ada", Role.ADMIN);
        var person = SignedIn.signIn("listing-ada", SignedIn.PASSWORD);
        ada = person.token("Lists", "all");
        for (int i = 1; i < LEAST; i++) {
            person.token("Listed " + i, "read");
        }
        place = "listed-" + UUID.randomUUID().toString().substring(0, 8);
        // At one moment, so that no list can go by time alone.
        HeldClock.atThisMoment();
        for (int i = 0; i < LEAST; i++) {
            one(i);
        }
        JobsAtWork.all();
        // A checkpoint comes with each hundred rows of the log.
        for (int i = 0; sql.number("select count(*) from changelog_checkpoint") < LEAST; i++) {
            assertThat(i).isLessThan(LEAST * 100);
            var home = "/api/v1/environments/" + place;
            send("PUT", home, Map.of("name", "Listed " + i, "critical", false), tag(home));
        }
    }

    private static void askedBack(String version) {
        long first =
                with(ada).get("/api/v1/history/environment/" + place).jsonPath().getLong("[-1].row");
        var wanted = Map.of(
                "kind", "environment", "object", place, "row", first, "version", version, "reason", "For a list");
        send("POST", "/api/v1/restorations", wanted, "");
    }

    private void one(int number) {
        var key = number == 0 ? place : place + "-" + number;
        send("POST", "/api/v1/environments", Map.of("key", key, "name", "Listed", "kind", "staging"), "");
        send("POST", "/api/v1/environments/" + place + "/app-ids", Map.of("label", "Listed"), "");
        var login = place + number;
        send("POST", "/api/v1/people", Map.of("login", login, "name", "Listed", "role", "auditor"), "");
        send(
                "POST",
                "/api/v1/definitions",
                Map.of(
                        "name",
                        place + number,
                        "type",
                        "click",
                        "filter",
                        "text equals \"Buy\"",
                        "tags",
                        List.of(place)),
                "");
        var home = "/api/v1/environments/" + place;
        send("PUT", home, Map.of("name", "Listed " + number, "critical", false), tag(home));
        askedBack(tag(home).replace("\"", ""));
        var policy = "/api/v1/policy/" + place;
        var draft = policy + "/draft";
        var days = Map.of("version", 1, "retention", Map.of("events", 90 - number));
        send("PUT", draft, days, tag(draft));
        send("POST", "/api/v1/changes/" + place, Map.of("reason", "For a list"), tag(draft));
        send("POST", policy + "/publish", Map.of("reason", "For a list"), tag(draft));
        send("POST", "/api/v1/redaction/" + key + "/count", Map.of(), "");
        var review = Map.of(
                "name", "Listed", "due", clock.instant().toString().substring(0, 10), "matters", List.of("access"));
        var cycle =
                "/api/v1/reviews/" + send("POST", "/api/v1/reviews", review, "").path("number");
        send("POST", cycle + "/close", Map.of("reason", "For a list"), tag(cycle));
        sql.change("""
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status, reason,
                                   redacted, revision, stale, findings, body)
                values (?, ?, ?, '1234567890', 'track', ?, ?, 'custom', 'Bought', 'quarantined', 'ORIGIN_FENCE', false, 1,
                        false, ?, '{"type":"custom","name":"Bought"}')
                """, place, number + 1, UUID.randomUUID(), clock.instant(), clock.instant(), because(number));
        send("POST", "/api/v1/definitions/views", Map.of("name", place + number, "query", Map.of("type", "click")), "");
        // Reviewed, so that no other test meets its notice.
        sql.change("""
                insert into policy_emergency (environment, revision, published_by, published_by_name, published_at, reviewed_by,
                                              reviewed_by_name, reviewed_at, review)
                values (?, ?, 'a', 'A', ?, 'b', 'B', ?, 'For a list')
                """, place, number + 2, clock.instant(), clock.instant());
    }

    private static String because(int number) {
        return "[{\"reason\":\"ORIGIN_FENCE\",\"field\":\"origin\",\"rule\":\"rule " + number + "\"}]";
    }

    private static String tag(String thing) {
        return with(ada).get(thing).header("ETag");
    }

    private static Response send(String method, String path, Map<String, ?> body, String match) {
        var request = with(ada).contentType("application/json").body(body);
        var answer = (match.isEmpty() ? request : request.header("If-Match", match)).request(method, path);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.asString())
                .isBetween(200, 204);
        return answer;
    }

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }
}
