package dev.weir.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.weir.access.Role;
import dev.weir.store.Renewal;
import dev.weir.store.Sightings;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.Limit;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Timeout(180) // A stream that stays silent would be read for ever.
class LivePagesTest {

    @Inject
    LiveConfig config;

    @Inject
    Sightings sightings;

    private Tenant tenant;

    @BeforeEach
    void a_tenant_that_blocks_one_event() {
        tenant =
                Tenant.of("development", Tenant.balancedWith(Map.of("events", List.of("Secret Event"))), Tenant.ORIGIN);
        Renewal.now();
    }

    @Test
    void an_event_appears_redacted_with_its_reason_and_a_dropped_one_without_its_content() {
        try (var window = SignedIn.as(Role.AUDITOR).browser()) {
            // given
            var page = window.newPage();
            page.navigate(path());
            PlaywrightAssertions.assertThat(page.locator("#live-word")).containsText("Live");

            // when
            track("Renewal Announced", "jane.doe@example.com");
            track("Secret Event", "078-05-1120");

            // then
            var kept = page.locator("#live-list > li", containing("Renewal Announced"));
            PlaywrightAssertions.assertThat(kept.locator(".badge")).containsText("redacted");
            PlaywrightAssertions.assertThat(kept.locator(".findings")).containsText("replaced by what it was");
            PlaywrightAssertions.assertThat(kept.locator(".findings")).containsText("text.email");
            var dropped = page.locator("#live-list > li", containing("Content not kept"));
            PlaywrightAssertions.assertThat(dropped.locator(".badge")).containsText("dropped");
            PlaywrightAssertions.assertThat(dropped.locator(".findings")).containsText("event is blocked");
            assertThat(page.content()).doesNotContain("jane.doe", "078-05-1120");
            assertThat(page.locator("#live-empty").count()).isZero();
        }
    }

    @Test
    void a_pause_holds_back_what_comes_and_says_how_much() {
        try (var window = SignedIn.as(Role.DEVELOPER).browser()) {
            // given
            var page = window.newPage();
            page.navigate(path());
            PlaywrightAssertions.assertThat(page.locator("#live-word")).containsText("Live");
            page.click("#live-pause");

            // when
            track("While Paused", "x");

            // then
            PlaywrightAssertions.assertThat(page.locator("#live-pause")).containsText("Resume (1 new)");
            assertThat(page.locator("#live-list > li").count()).isZero();
            page.click("#live-pause");
            PlaywrightAssertions.assertThat(page.locator("#live-list")).containsText("While Paused");
        }
    }

    @Test
    void without_a_script_the_page_is_a_plain_list_that_the_address_filters() {
        // given
        track("Plain Event", "jane.doe@example.com");
        track("Secret Event", "x");
        var reader = SignedIn.as(Role.AUDITOR);

        // then
        reader.request()
                .get(path())
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("Plain Event"),
                        containsString("Content not kept"),
                        not(containsString("jane.doe"))));
        reader.request()
                .get(path() + "?outcome=dropped")
                .then()
                .body(allOf(not(containsString("Plain Event")), containsString("Content not kept")));
        reader.request().get(path() + "?type=click").then().body(containsString("Nothing matches these filters"));
    }

    @Test
    void what_an_event_means_stands_beside_it_as_far_as_others_have_agreed_to_that() {
        // given
        var meant = verified("Meant by others", "event equals \"Renewal Announced\"");
        drafted("Meant by one", "event equals \"Renewal Announced\"", Map.of());
        drafted("Meant for oneself", "event equals \"Renewal Announced\"", Map.of("personal", "yes"));
        var secret = verified("Never kept", "event equals \"Secret Event\"");
        var reader = SignedIn.as(Role.DEVELOPER);

        // when
        track("Renewal Announced", "x");
        track("Secret Event", "x");

        // then
        assertThat(reader.request().get(path()).asString())
                .contains("<a href=\"" + meant + "\">Meant by others</a>")
                .doesNotContain("Meant by one", "Meant for oneself", secret);
        try (var window = reader.browser()) {
            var page = window.newPage();
            page.navigate(path());
            PlaywrightAssertions.assertThat(page.locator("#live-word")).containsText("Live");
            var later = verified("Agreed to meanwhile", "event equals \"Lapse Announced\"");
            track("Lapse Announced", "x");
            PlaywrightAssertions.assertThat(page.locator("#live-list a[href='" + later + "']"))
                    .containsText("Agreed to meanwhile");
        }
    }

    @Test
    void of_many_meanings_some_are_named_and_the_others_counted() {
        // given
        for (int i = 0; i < Line.NAMED + 2; i++) {
            verified("One of many " + i, "event equals \"Often Defined\"");
        }

        // when
        track("Often Defined", "x");

        // then
        assertThat(SignedIn.as(Role.AUDITOR).request().get(path()).asString())
                .contains("One of many 0", "One of many 4", "<span>and 2 more</span>")
                .doesNotContain("One of many 5");
    }

    /** The address of a definition that a developer has written. */
    private static String drafted(String name, String filter, Map<String, String> more) {
        return SignedIn.as(Role.DEVELOPER)
                .request()
                .formParams(Map.of("name", name, "type", "custom", "filter", filter, "ownerKind", "team", "owner", "T"))
                .formParams(more)
                .post("/console/definitions")
                .header("Location")
                .replaceFirst("https?://[^/]+", "");
    }

    private static String verified(String name, String filter) {
        var address = drafted(name, filter, Map.of());
        var architect = SignedIn.as(Role.ARCHITECT);
        for (var step : List.of("in-review", "verified")) {
            architect
                    .request()
                    .formParams("status", step, "version", step.equals("verified") ? 1 : 0)
                    .post(address + "/status")
                    .then()
                    .statusCode(303);
        }
        return address;
    }

    @Test
    void what_a_browser_masked_before_it_sent_is_said_in_words() {
        // given
        track("Any Event", "x");
        given().contentType("text/plain")
                .header("Origin", Tenant.ORIGIN)
                .body("""
                        {"v":1,"policy":"x","sent":1764000000000,"user":"1234567890123456","session":{"id":"11","at":1},
                        "page":{"id":"22","at":1,"url":"https://shop.example/account/{id}","title":"Cart"},
                        "events":[{"id":"e1","type":"custom","at":1,"name":"Cleaned Event","properties":{"contact":"[email]"}}]}
                        """)
                .post("/api/collect/" + tenant.app())
                .then()
                .statusCode(200);

        // then
        SignedIn.as(Role.AUDITOR)
                .request()
                .get(path())
                .then()
                .body(containsString("Cleaned Event"))
                .body(containsString("cleaned in the browser"))
                .body(containsString("Masked before it was sent: an e-mail address, an identifier in an address."));
    }

    @Test
    void a_stream_ends_soon_after_its_reader_has_signed_out() throws Exception {
        // given
        track("Any Event", "x");
        var reader = SignedIn.as(Role.AUDITOR);
        try (var stream = stream(reader, 0, "0")) {
            read(stream, "Any Event");

            // when
            reader.request().post("/console/logout").then().statusCode(303);

            // then
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                while (stream.readLine() != null) {
                    // what was on its way
                }
            });
        }
    }

    @Test
    void a_stream_says_that_it_is_alive_while_nothing_happens() throws Exception {
        // given
        track("Any Event", "x");
        var clock = HeldClock.atThisMoment();
        try (var stream = stream(SignedIn.as(Role.AUDITOR), 0, "0")) {
            var seen = idOf(read(stream, "Any Event"));

            // when
            clock.pass(config.heartbeat());

            // then
            var heartbeat = read(stream, "event:quiet");
            assertThat(idOf(heartbeat)).isEqualTo(seen);
            assertThat(String.join("\n", heartbeat)).doesNotContain("Any Event");
        }
    }

    @Test
    void a_stream_ends_when_the_session_of_its_reader_does() throws Exception {
        // given
        track("Any Event", "x");
        var clock = HeldClock.atThisMoment();
        var reader = SignedIn.as(Role.AUDITOR);
        for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
            clock.pass(Duration.ofMinutes(20));
            reader.request().get(path()).then().statusCode(200);
        }
        clock.pass(Duration.ofMinutes(18));
        try (var stream = stream(reader, 0, "0")) {
            read(stream, "Any Event");

            // when
            clock.pass(Duration.ofMinutes(2));

            // then
            assertEnds(stream);
        }
        reader.request().get(path()).then().statusCode(302);
    }

    @Test
    void a_stream_ends_after_five_minutes_so_that_whoever_may_not_look_any_more_is_found_out() throws Exception {
        // given
        track("Any Event", "x");
        var clock = HeldClock.atThisMoment();
        try (var stream = stream(SignedIn.as(Role.AUDITOR), 0, "0")) {
            read(stream, "Any Event");

            // when
            clock.pass(config.streamLength());

            // then
            assertEnds(stream);
        }
        assertThat(config.streamLength()).isEqualTo(Duration.ofMinutes(5));
    }

    private static void assertEnds(BufferedReader stream) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (stream.readLine() != null) {
                // what was on its way
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    void every_role_may_look(String role) {
        SignedIn.as(role).request().get(path()).then().statusCode(200);
    }

    @Test
    void nobody_else_may() {
        SignedIn.anonymous().get(path() + "/events").then().statusCode(not(is(200)));
        SignedIn.anonymous().get(path()).then().statusCode(not(is(200)));
    }

    @Test
    void an_unknown_environment_is_not_found() {
        SignedIn.as(Role.ADMIN).request().get("/console/nowhere/live").then().statusCode(404);
    }

    @Test
    void a_stream_goes_on_after_the_last_event_that_was_seen() throws Exception {
        // given
        track("First Event", "x");
        track("Second Event", "x");
        var reader = SignedIn.as(Role.ARCHITECT);
        String first;
        try (var stream = stream(reader, 0, "0")) {
            first = idOf(read(stream, "Second Event"));
        }

        // when
        track("Third Event", "x");

        // then
        try (var stream = stream(reader, 0, first)) {
            var lines = String.join("\n", read(stream, "Third Event"));
            assertThat(lines).doesNotContain("First Event", "Second Event");
        }
    }

    @Test
    void what_was_deleted_or_redacted_is_told_to_nobody_who_joins_or_asks_again() throws Exception {
        // given
        track("Deleted Event", "x");
        track("Redacted Event", "call me Carla");
        track("First Event", "x");
        var reader = SignedIn.as(Role.ARCHITECT);
        try (var watching = stream(reader, 0, "0")) {
            var told = String.join("\n", read(watching, "First Event"));
            assertThat(told).contains("Deleted Event", "Redacted Event");

            // when
            var environment = tenant.environment().value();
            tenant.change("delete from event where environment = ? and name = 'Deleted Event'", environment);
            tenant.change("""
                    update event set name = 'Left Event', body = '{"type":"custom","name":"Left Event"}'
                    where environment = ? and name = 'Redacted Event'
                    """, environment);

            // then
            for (var lastEventId : List.of("0", "1")) {
                try (var joined = stream(reader, 0, lastEventId)) {
                    assertThat(String.join("\n", read(joined, "First Event")))
                            .contains("Left Event")
                            .doesNotContain("Deleted Event", "Redacted Event");
                }
            }
            track("Last Event", "x");
            assertThat(String.join("\n", read(watching, "Last Event"))).doesNotContain("First Event", "Left Event");
        }
    }

    @Test
    void one_person_can_not_open_streams_without_end() throws Exception {
        // given
        var reader = SignedIn.as(Role.ADMIN);
        var open = new ArrayList<BufferedReader>();
        try {
            for (int i = 0; i < 4; i++) {
                open.add(stream(reader, 0, "0"));
            }

            // then
            reader.request().get(path() + "/events").then().statusCode(429).header("Retry-After", not(is("")));
        } finally {
            for (var stream : open) {
                stream.close();
            }
        }
    }

    @Test
    @Edge("open live views of one person")
    void one_person_has_as_many_streams_as_the_table_says_and_not_one_more() {
        var feed = new Feed(sightings, config, Clock.systemUTC());

        Limit.here().isTheLastTaken(nth -> streams(feed, nth, ignored -> "one"));
    }

    @Test
    @Edge(value = "open live views of one person", figure = 1)
    void a_node_has_as_many_streams_as_the_table_says_and_not_one_more() {
        var feed = new Feed(sightings, config, Clock.systemUTC());

        Limit.here().isTheLastTaken(nth -> streams(feed, nth, number -> "person " + number));
    }

    /** Whether the last of so many is opened, each by whom it says; nobody looks for news of this feed. */
    private boolean streams(Feed feed, long many, LongFunction<String> person) {
        var open = new ArrayList<Cancellable>();
        try {
            for (long number = 1; number <= many; number++) {
                var reader = new Feed.Reader(person.apply(number), () -> true);
                var stream = feed.watch(tenant.environment(), Filter.of("all", "all"), reader, 0);
                if (stream.isEmpty()) {
                    assertThat(number).isEqualTo(many);
                    return false;
                }
                open.add(stream.get().subscribe().with(news -> {}));
            }
            return true;
        } finally {
            open.forEach(Cancellable::cancel);
        }
    }

    private String path() {
        return "/console/" + tenant.environment() + "/live";
    }

    private static Page.LocatorOptions containing(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private void track(String event, String contact) {
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "app_id",
                        tenant.app(),
                        "identity",
                        "4711",
                        "event",
                        event,
                        "properties",
                        Map.of("contact", contact)))
                .post("/api/track")
                .then()
                .statusCode(200);
    }

    private BufferedReader stream(SignedIn reader, long after, String lastEventId)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(SignedIn.base() + path() + "/events?after=" + after))
                .header("Cookie", "weir_session=" + reader.session())
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", lastEventId)
                .build();
        var response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** What comes until an event with this text is complete. */
    private static List<String> read(BufferedReader stream, String text) throws IOException {
        var lines = new ArrayList<String>();
        boolean seen = false;
        for (var line = stream.readLine(); line != null; line = stream.readLine()) {
            lines.add(line);
            seen |= line.contains(text);
            if (seen && line.isEmpty()) {
                return lines;
            }
        }
        throw new AssertionError("the stream ended before it said " + text);
    }

    private static String idOf(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("id:"))
                .map(line -> line.substring("id:".length()).strip())
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
