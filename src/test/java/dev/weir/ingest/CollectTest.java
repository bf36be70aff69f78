package dev.weir.ingest;

import static dev.weir.ingest.Sender.batch;
import static dev.weir.ingest.Sender.collect;
import static dev.weir.ingest.Sender.counts;
import static dev.weir.ingest.Sender.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.policy.PolicyDocument;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CollectTest {

    private static final String CLICK =
            "{\"id\":\"6f1f1c9e-0000-4000-8000-000000000001\",\"at\":1764000000000,\"type\":\"click\",\"text\":\"Call 555-867-5309 or ann@shop.example\","
                    + "\"href\":\"https://shop.example/pay?token=s3cr3t-t0ken&step=2\",\"path\":[{\"t\":\"button\",\"i\":\"cta\",\"c\":[\"btn\"],\"a\":{\"type\":\"submit\",\"value\":\"v4lue\"},\"n\":2,\"k\":1}]}";

    private static Tenant tenant(Tenant made) {
        Renewal.now();
        return made;
    }

    @Test
    void a_click_is_stored_without_what_the_policy_takes_away() {
        var tenant = tenant(Tenant.production());

        var answer = collect(tenant, Tenant.ORIGIN, batch(CLICK));

        assertThat(counts(answer, 1)).containsEntry("accepted", 1).containsEntry("redacted", 1);
        answer.then()
                .header("Access-Control-Allow-Origin", equalTo(Tenant.ORIGIN))
                .header("Vary", equalTo("Origin"))
                .header("Access-Control-Allow-Credentials", nullValue());
        assertThat(tenant.bodies().get(0))
                .contains("step=2")
                .contains("\"i\":\"cta\"")
                .contains("\"n\":2");
        assertThat(tenant.stored().toString())
                .doesNotContain("s3cr3t")
                .doesNotContain("ann@")
                .doesNotContain("v4lue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "https://shop.example.evil.example",
                "https://evil-shop.example",
                "http://shop.example",
                "https://shop.example:8443",
                "https://shop.example/",
                "HTTPS://SHOP.EXAMPLE"
            })
    void a_batch_from_another_origin_is_set_aside_after_redaction(String origin) {
        var tenant = tenant(Tenant.production());

        var answer = collect(tenant, origin, batch(CLICK));

        assertThat(counts(answer, 1)).containsEntry("quarantined", 1);
        answer.then()
                .header("Access-Control-Allow-Origin", equalTo("*"))
                .header("Access-Control-Allow-Credentials", nullValue())
                .header("Vary", equalTo("Origin"));
        assertThat(tenant.stored().toString()).contains("ORIGIN_FENCE").doesNotContain("s3cr3t");
    }

    @Test
    void a_batch_without_an_origin_is_set_aside() {
        var tenant = tenant(Tenant.production());

        var answer = request().contentType("text/plain").body(batch(CLICK)).post("/api/collect/" + tenant.app());

        assertThat(counts(answer, 1)).containsEntry("quarantined", 1);
    }

    @Test
    void weirs_own_pages_may_send_development_data_only() {
        var own = RestAssured.baseURI + ":" + RestAssured.port;
        var development = tenant(Tenant.development());
        var production = tenant(Tenant.production());

        assertThat(counts(collect(development, own, batch(CLICK)), 1)).containsEntry("accepted", 1);
        assertThat(counts(collect(production, own, batch(CLICK)), 1)).containsEntry("quarantined", 1);
    }

    @Test
    void the_policys_own_fence_narrows_the_origins() {
        var fenced = Tenant.balancedWith(Map.of("origins", List.of("https://www.shop.example")));
        var tenant = tenant(Tenant.of("production", fenced, Tenant.ORIGIN, "https://www.shop.example"));

        assertThat(counts(collect(tenant, Tenant.ORIGIN, batch(CLICK)), 1)).containsEntry("quarantined", 1);
        assertThat(counts(collect(tenant, "https://www.shop.example", batch(CLICK.replace("000001", "000002"))), 1))
                .containsEntry("accepted", 1);
    }

    @Test
    void a_preflight_is_answered_for_allowed_origins_only() {
        var tenant = tenant(Tenant.production());

        var allowed = request().header("Origin", Tenant.ORIGIN).options("/api/collect/" + tenant.app());
        var other = request().header("Origin", "https://evil.example").options("/api/collect/" + tenant.app());

        allowed.then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", Tenant.ORIGIN)
                .header("Access-Control-Allow-Methods", "POST");
        other.then().statusCode(204).header("Access-Control-Allow-Origin", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "1111111111, '{}', 404",
        "known, '{', 400",
        "known, '{\"events\":7}', 400",
        "known, huge, 413",
        "ann@shop.example, '{}', 404",
    })
    void every_page_may_read_why_it_is_refused(String app, String body, int status) {
        var tenant = tenant(Tenant.production());

        var answer = request()
                .contentType("text/plain")
                .header("Origin", "https://evil.example")
                .body(body.equals("huge") ? "x".repeat(60_000) : body)
                .post("/api/collect/" + app.replace("known", tenant.app()));

        answer.then()
                .statusCode(status)
                .header("Access-Control-Allow-Origin", equalTo("*"))
                .header("Access-Control-Expose-Headers", equalTo("Retry-After"))
                .header("Access-Control-Allow-Credentials", nullValue());
    }

    @Test
    void a_retired_app_id_says_so_to_the_pages_that_still_carry_it() {
        var tenant = tenant(Tenant.production());
        tenant.retire(OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(1));
        Renewal.now();

        var answer = collect(tenant, Tenant.ORIGIN, batch(CLICK));

        answer.then().statusCode(404).header("Access-Control-Allow-Origin", equalTo("*"));
        assertThat(tenant.stored()).isEmpty();
    }

    @Test
    void a_server_endpoint_is_not_for_pages_to_read() {
        var tenant = tenant(Tenant.production());

        var answer = request()
                .header("Origin", Tenant.ORIGIN)
                .body("{\"app_id\":\"" + tenant.app() + "\",\"event\":\"x\",\"identity\":\"a\"}")
                .post("/api/track");

        answer.then().statusCode(200).header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void the_same_event_sent_again_is_a_duplicate() {
        var tenant = tenant(Tenant.production());

        var first = collect(tenant, Tenant.ORIGIN, batch(CLICK));
        var again = collect(tenant, Tenant.ORIGIN, batch(CLICK + "," + CLICK));

        assertThat(counts(first, 1)).containsEntry("accepted", 1);
        assertThat(counts(again, 2)).containsEntry("duplicate", 2);
        assertThat(tenant.bodies()).hasSize(1);
    }

    @Test
    void consent_and_privacy_control_are_honoured_as_the_policy_says() {
        var strict = Tenant.balancedWith(Map.of("consent", Map.of("required", true, "honourGpc", true)));
        var tenant = tenant(Tenant.of("production", strict, Tenant.ORIGIN));
        var granted = batch(CLICK).replaceFirst("\\{", "{\"consent\":\"granted\",");

        var without = collect(tenant, Tenant.ORIGIN, batch(CLICK));
        var denied = collect(tenant, Tenant.ORIGIN, batch(CLICK).replaceFirst("\\{", "{\"consent\":\"denied\","));
        var gpc = request()
                .header("Sec-GPC", "1")
                .header("Origin", Tenant.ORIGIN)
                .body(granted)
                .post("/api/collect/" + tenant.app());
        var with = collect(tenant, Tenant.ORIGIN, granted);

        assertThat(counts(without, 1)).containsEntry("dropped", Map.of("CONSENT_MISSING", 1));
        assertThat(counts(denied, 1)).containsEntry("dropped", Map.of("CONSENT_MISSING", 1));
        assertThat(counts(gpc, 1)).containsEntry("dropped", Map.of("GPC", 1));
        assertThat(counts(with, 1)).containsEntry("accepted", 1);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "10000, 10000",
        "10001, 10000",
        "1e99, 10000",
        "0, 0",
        "-4, 0",
        "'\"7\"', 0",
        "true, 0",
        "'[9]', 0"
    })
    void what_a_collector_lost_is_counted_within_bounds(String said, long counted) {
        var tenant = tenant(Tenant.production());

        collect(tenant, Tenant.ORIGIN, batch(CLICK).replaceFirst("\\{", "{\"lost\":" + said + ","));

        assertThat(lost(tenant)).isEqualTo(counted);
        assertThat(metric(tenant)).isEqualTo(counted);
    }

    @Test
    void what_was_lost_is_counted_once_however_often_the_batch_comes() {
        var tenant = tenant(Tenant.production());
        var batch = batch(CLICK).replaceFirst("\\{", "{\"lost\":5,");

        collect(tenant, Tenant.ORIGIN, batch);
        collect(tenant, Tenant.ORIGIN, batch);
        collect(tenant, Tenant.ORIGIN, batch(CLICK.replace("000001", "000002")).replaceFirst("\\{", "{\"lost\":2,"));

        assertThat(lost(tenant)).isEqualTo(7);
        assertThat(metric(tenant)).isEqualTo(7);
    }

    @Test
    void a_page_outside_the_fence_has_lost_nothing_of_ours() {
        var tenant = tenant(Tenant.production());

        collect(tenant, "https://evil.example", batch(CLICK).replaceFirst("\\{", "{\"lost\":5,"));

        assertThat(lost(tenant)).isZero();
        assertThat(metric(tenant)).isZero();
    }

    private static long lost(Tenant tenant) {
        return tenant.number(
                "select coalesce(sum(n), 0) from tally where environment = ? and outcome = 'lost' and reason = 'COLLECTOR_LOST'",
                tenant.environment().value());
    }

    private static long metric(Tenant tenant) {
        return Pattern.compile("weir_events_lost_total\\{environment=\"" + tenant.environment()
                        + "\",reason=\"COLLECTOR_LOST\",?} ([0-9.]+)")
                .matcher(request().get("/q/metrics").asString())
                .results()
                .mapToLong(found -> (long) Double.parseDouble(found.group(1)))
                .sum();
    }

    @Test
    void a_change_never_keeps_a_value() {
        var tenant = tenant(Tenant.production());
        var change =
                "{\"id\":\"c1\",\"at\":1,\"type\":\"change\",\"text\":\"typed-secret\",\"value\":\"typed-secret\",\"path\":[{\"t\":\"input\"}]}";

        var answer = collect(tenant, Tenant.ORIGIN, batch(change));

        assertThat(counts(answer, 1)).containsEntry("accepted", 1);
        assertThat(tenant.stored().toString()).doesNotContain("typed-secret");
    }

    @Test
    void which_revision_the_browser_enforced_is_kept() {
        var tenant = tenant(Tenant.production());
        var current = batch(CLICK)
                .replace(
                        "\"policy\":\"x\"",
                        "\"policy\":\"" + PolicyDocument.balanced().hash() + "\"");

        collect(tenant, Tenant.ORIGIN, current);
        collect(tenant, Tenant.ORIGIN, batch(CLICK.replace("000001", "000002")));

        assertThat(tenant.rows(
                        "select stale from event where environment = ? order by sequence",
                        tenant.environment().value()))
                .hasSize(2)
                .allSatisfy(stale -> assertThat(stale).isIn("t", "f", "TRUE", "FALSE"));
        assertThat(tenant.number(
                        "select count(*) from event where stale and environment = ?",
                        tenant.environment().value()))
                .isEqualTo(1);
    }

    @Test
    void several_identities_on_one_device_are_limited() {
        var few = Tenant.balancedWith(Map.of("identity", Map.of("perDevice", 2L)));
        var tenant = tenant(Tenant.of("production", few, Tenant.ORIGIN));
        var identify =
                "{\"id\":\"i%1$d\",\"at\":1,\"type\":\"identify\",\"identity\":\"user-%1$d\",\"properties\":{\"plan\":\"pro\"}}";

        var first =
                collect(tenant, Tenant.ORIGIN, batch(String.format(identify, 1) + "," + String.format(identify, 2)));
        var third = collect(tenant, Tenant.ORIGIN, batch(String.format(identify, 3)));

        assertThat(counts(first, 2)).containsEntry("accepted", 2);
        assertThat(counts(third, 1)).containsEntry("dropped", Map.of("IDENTITY_LIMIT", 1));
    }

    @Test
    void a_handle_that_could_say_something_is_kept_as_its_hash() {
        var tenant = tenant(Tenant.production());

        collect(
                tenant,
                Tenant.ORIGIN,
                batch(CLICK)
                        .replace("1234567890123456", "ann@shop.example")
                        .replace("\"id\":\"11\"", "\"id\":\"Ann Smith\""));

        assertThat(tenant.stored().toString())
                .contains("h:")
                .doesNotContain("ann@")
                .doesNotContain("Ann Smith");
    }

    @Test
    void an_unknown_app_id_is_404() {
        request().body(batch(CLICK)).post("/api/collect/1111111111").then().statusCode(404);
        request()
                .body(batch(CLICK))
                .post("/api/collect/ann@shop.example")
                .then()
                .statusCode(404);
    }
}
