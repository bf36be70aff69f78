package dev.weir.ingest;

import static dev.weir.ingest.Sender.counts;
import static dev.weir.ingest.Sender.post;
import static dev.weir.ingest.Sender.request;
import static dev.weir.ingest.Sender.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.kernel.CanonicalJson;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TrackTest {

    private static final String EVENT = "\"event\":\"Purchase Completed\",\"identity\":\"user-123\"";

    private static Tenant tenant() {
        var tenant = Tenant.development();
        Renewal.now();
        return tenant;
    }

    @Test
    void one_event_is_stored_as_the_policy_allows() {
        var tenant = tenant();

        var answer = track(
                tenant,
                EVENT + ",\"properties\":{\"revenue\":129.98,\"seats\":3,\"mail\":\"ann@shop.example\",\"gift\":true}");

        assertThat(counts(answer, 1)).containsEntry("accepted", 1).containsEntry("redacted", 1);
        assertThat(tenant.bodies())
                .singleElement()
                .asString()
                .contains("\"revenue\":129.98")
                .contains("\"seats\":3")
                .contains("[email]")
                .contains("\"identity\":\"user-123\"");
        assertThat(tenant.stored().toString()).doesNotContain("ann@");
    }

    @Test
    void an_event_without_anything_to_redact_is_only_accepted() {
        var tenant = tenant();

        var answer = track(tenant, EVENT);

        assertThat(counts(answer, 1))
                .isEqualTo(Map.of("accepted", 1, "redacted", 0, "quarantined", 0, "duplicate", 0, "dropped", Map.of()));
    }

    @Test
    void an_identity_that_is_an_address_sets_the_event_aside_without_it() {
        var tenant = tenant();

        var answer = track(tenant, "\"event\":\"x\",\"identity\":\"bob@mail.example\"");

        assertThat(counts(answer, 1)).containsEntry("quarantined", 1).containsEntry("accepted", 0);
        assertThat(tenant.stored().toString()).contains("IDENTITY_REFUSED").doesNotContain("bob@");
    }

    @Test
    void a_bulk_request_keeps_the_good_and_names_the_bad() {
        var tenant = tenant();

        var answer = track(
                tenant,
                "\"events\":[{" + EVENT + "},{\"event\":\"no user\"},7,null,[],{\"event\":5,\"identity\":\"a\"},"
                        + "{\"event\":\"both\",\"identity\":\"a\",\"user_id\":\"5\"},{\"event\":\"by id\",\"user_id\":5}]");

        assertThat(counts(answer, 8)).containsEntry("accepted", 2).containsEntry("dropped", Map.of("INVALID_EVENT", 6));
        assertThat(tenant.bodies()).hasSize(2);
        assertThat(tenant.rows(
                        "select n, reason from dropped where environment = ?",
                        tenant.environment().value()))
                .containsExactly("6 | INVALID_EVENT");
    }

    @Test
    void what_exceeds_a_thousand_is_dropped_and_said_so() {
        var tenant = tenant();
        var events = ("{" + EVENT + "},").repeat(1003);

        var answer = track(tenant, "\"events\":[" + events.substring(0, events.length() - 1) + "]");

        assertThat(counts(answer, 1003))
                .containsEntry("accepted", 1000)
                .containsEntry("dropped", Map.of("TOO_MANY", 3));
    }

    @Test
    void an_idempotency_key_is_stored_once() {
        var tenant = tenant();
        var event = EVENT + ",\"idempotency_key\":\"order-77-ann@shop.example\"";

        var first = track(tenant, event);
        var again = track(tenant, event);
        var within = track(
                tenant,
                "\"events\":[{" + EVENT + ",\"idempotency_key\":\"k\"},{" + EVENT + ",\"idempotency_key\":\"k\"}]");

        assertThat(counts(first, 1)).containsEntry("accepted", 1);
        assertThat(counts(again, 1)).containsEntry("duplicate", 1).containsEntry("accepted", 0);
        assertThat(counts(within, 2)).containsEntry("duplicate", 1).containsEntry("accepted", 1);
        assertThat(tenant.bodies()).hasSize(2);
    }

    @Test
    void two_app_ids_have_keys_of_their_own() {
        var one = tenant();
        var other = tenant();

        track(one, EVENT + ",\"idempotency_key\":\"same\"");
        var answer = track(other, EVENT + ",\"idempotency_key\":\"same\"");

        assertThat(counts(answer, 1)).containsEntry("accepted", 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1764000000000",
                "\"1764000000000\"",
                "\"2026-01-02T03:04:05Z\"",
                "\"2026-01-02T03:04:05.123456+02:00\"",
                "\"2026-01-02T03:04:05+0200\"",
                "\"2026-01-02 03:04:05\"",
                "\"2026-01-02\"",
                "1764000000000.75"
            })
    void these_are_timestamps(String timestamp) {
        var tenant = tenant();

        var answer = track(tenant, EVENT + ",\"timestamp\":" + timestamp);

        assertThat(counts(answer, 1)).containsEntry("accepted", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yesterday\"", "-5", "1e99", "true", "{}", "\"2026-13-40\"", "99999999999999999999"})
    void these_are_none(String timestamp) {
        var tenant = tenant();

        var answer = track(tenant, EVENT + ",\"timestamp\":" + timestamp);

        answer.then().statusCode(400).body("detail", containsString("timestamp"));
    }

    @Test
    void a_timestamp_far_ahead_is_flagged_and_kept() {
        var tenant = tenant();

        var answer = track(
                tenant,
                EVENT + ",\"timestamp\":\"" + OffsetDateTime.now(ZoneOffset.UTC).plusHours(24) + "\"");

        assertThat(counts(answer, 1)).containsEntry("accepted", 1).containsEntry("flagged", Map.of("FUTURE_TIME", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "text/plain;charset=UTF-8",
                "application/x-www-form-urlencoded",
                "image/png"
            })
    void any_content_type_will_do(String type) {
        var tenant = tenant();
        var body = "{\"app_id\":\"" + tenant.app() + "\"," + EVENT + "}";

        var answer = request()
                .contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/track");

        assertThat(counts(answer, 1)).containsEntry("accepted", 1);
    }

    @Test
    void gzip_is_taken_by_name_and_by_nature() throws IOException {
        var tenant = tenant();
        var body = gzip("{\"app_id\":\"" + tenant.app() + "\"," + EVENT + "}");

        var named = request()
                .contentType("application/x-www-form-urlencoded")
                .header("Content-Encoding", "gzip")
                .body(body)
                .post("/api/track");
        var sniffed = request().contentType("text/plain").body(body).post("/api/track?c=gz");

        assertThat(counts(named, 1)).containsEntry("accepted", 1);
        assertThat(counts(sniffed, 1)).containsEntry("accepted", 1);
    }

    @Test
    void unknown_and_retired_app_ids_are_answered_alike() {
        var tenant = tenant();
        tenant.retire(OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(1));
        Renewal.now();

        var retired = track(tenant, EVENT);
        var unknown = post("/api/track", "{\"app_id\":\"1111111111\"," + EVENT + "}");
        var formless = post("/api/track", "{\"app_id\":\"11\"," + EVENT + "}");

        retired.then().statusCode(404).contentType("application/problem+json");
        assertThat(unknown.body().asString()).isEqualTo(retired.body().asString());
        assertThat(formless.body().asString()).isEqualTo(retired.body().asString());
    }

    @Test
    void an_app_id_that_retires_later_still_works() {
        var tenant = tenant();
        tenant.retire(OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
        Renewal.now();

        assertThat(counts(track(tenant, EVENT), 1)).containsEntry("accepted", 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"identity\":\"a\"",
                "\"event\":\"\",\"identity\":\"a\"",
                "\"event\":\"x\"",
                "\"event\":\"x\",\"identity\":\"\"",
                "\"event\":\"x\",\"identity\":{}",
                "\"event\":\"x\",\"identity\":\"a\",\"user_id\":7",
                "\"event\":\"x\",\"user_id\":\"9007199254740992\"",
                "\"event\":\"x\",\"user_id\":-1",
                "\"event\":\"x\",\"user_id\":\"abc\"",
                "\"event\":\"x\",\"identity\":\"a\",\"properties\":[]",
                "\"event\":\"x\",\"identity\":\"a\",\"properties\":\"secret-word\"",
                "\"event\":\"x\",\"identity\":\"a\",\"idempotency_key\":{}",
                "\"events\":{}"
            })
    void what_is_not_as_documented_is_400_and_not_quoted(String rest) {
        var tenant = tenant();

        var answer = track(tenant, rest);

        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("detail", not(containsString("secret-word")));
        assertThat(tenant.stored()).isEmpty();
    }

    @Test
    void a_required_key_must_be_there_and_right() {
        var tenant = tenant();
        tenant.requireKey(CanonicalJson.sha256("wsk_right"));
        Renewal.now();
        var body = "{\"app_id\":\"" + tenant.app() + "\"," + EVENT + ",\"properties\":{\"mail\":\"ann@shop.example\"}}";

        var without = post("/api/track", body);
        var wrong =
                request().header("Authorization", "Bearer wsk_wrong").body(body).post("/api/track");
        var right = request()
                .header("Authorization", "Bearer wsk_right")
                .header("Weir-Explain", "1")
                .body(body)
                .post("/api/track");

        without.then().statusCode(401).header("WWW-Authenticate", notNullValue());
        wrong.then().statusCode(401).body("detail", not(containsString("wsk_")));
        counts(right, 1);
        right.then()
                .body("events[0].outcome", equalTo("accepted"))
                .body("events[0].redacted", equalTo(true))
                .body("events[0].findings[0].reason", equalTo("TEXT_MASKED"))
                .body("events[0].findings[0].rule", equalTo("text.email"));
        assertThat(right.body().asString()).doesNotContain("ann@");
    }

    @Test
    void without_a_server_key_nothing_is_explained_not_even_in_development() {
        var development = tenant();
        var production = Tenant.production();
        Renewal.now();

        for (var tenant : List.of(development, production)) {
            var body = "{\"app_id\":\"" + tenant.app() + "\"," + EVENT + "}";
            var bare = request().header("Weir-Explain", "1").body(body).post("/api/track");
            var invented = request()
                    .header("Authorization", "Bearer wsk_invented")
                    .header("Weir-Explain", "1")
                    .body(body)
                    .post("/api/track");

            assertThat(counts(bare, 1)).doesNotContainKey("events");
            assertThat(counts(invented, 1)).doesNotContainKey("events");
        }
    }

    @Test
    void a_browser_is_explained_nothing_whatever_it_sends() {
        var tenant = tenant();
        tenant.requireKey(CanonicalJson.sha256("wsk_right"));
        Renewal.now();

        var answer = request()
                .header("Origin", Tenant.ORIGIN)
                .header("Authorization", "Bearer wsk_right")
                .header("Weir-Explain", "1")
                .body(Sender.batch("{\"id\":\"b1\",\"at\":1,\"type\":\"pageview\"}"))
                .post("/api/collect/" + tenant.app());

        assertThat(counts(answer, 1)).containsEntry("accepted", 1).doesNotContainKey("events");
    }

    @Test
    void another_method_is_not_taken() {
        request().get("/api/track").then().statusCode(405).header("Allow", "POST");
    }

    static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void every_request_that_is_refused_is_counted_by_its_status() {
        var all = Map.of(
                400, (Runnable) () -> Sender.post("/api/track", "{"),
                404, () -> Sender.post("/api/track", "{\"app_id\":\"0000000001\",\"event\":\"x\",\"identity\":\"y\"}"),
                405, () -> Sender.request().get("/api/track"),
                413, () -> Sender.post("/api/track", " ".repeat(12_000_000)),
                415,
                        () -> Sender.request()
                                .header("Content-Encoding", "br")
                                .body("{}")
                                .post("/api/track"));

        all.forEach((status, request) -> {
            double before = refusedSoFar(status);
            double timed = timedSoFar(status);
            request.run();
            assertThat(refusedSoFar(status)).as("status " + status).isEqualTo(before + 1);
            assertThat(timedSoFar(status)).as("status " + status).isEqualTo(timed + 1);
        });
    }

    @Test
    void what_was_taken_is_timed_once() {
        double before = timedSoFar(200);

        Sender.track(tenant(), "\"event\":\"x\",\"identity\":\"y\"");

        assertThat(timedSoFar(200)).isEqualTo(before + 1);
        assertThat(io.restassured.RestAssured.given().get("/q/metrics").asString())
                .doesNotContain("uri=\"/ingestion\"", "uri=\"/api/track\"");
    }

    private static double timedSoFar(int status) {
        return soFar("weir_requests_seconds_count{endpoint=\"/api/track\",status=\"" + status + "\"} ");
    }

    private static double refusedSoFar(int status) {
        return soFar("weir_requests_refused_total{status=\"" + status + "\"} ");
    }

    private static double soFar(String line) {
        return io.restassured.RestAssured.given()
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(text -> text.startsWith(line))
                .mapToDouble(text -> Double.parseDouble(text.substring(line.length())))
                .sum();
    }

    @Test
    void a_long_request_takes_more_of_the_rate_than_a_short_one() {
        var tenant = tenant();
        var shortOne = Sender.track(tenant, "\"event\":\"x\",\"identity\":\"y\"");
        var longOne = Sender.track(
                tenant, "\"event\":\"x\",\"identity\":\"y\",\"properties\":{\"p\":\"" + "a ".repeat(100_000) + "\"}");

        assertThat(left(shortOne) - left(longOne)).isGreaterThanOrEqualTo(50);
    }

    private static int left(io.restassured.response.Response response) {
        return Integer.parseInt(response.header("RateLimit").replaceAll(".*\"app\";r=(\\d+);.*", "$1"));
    }
}
