package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** By what a sender knows a user, a session and a page may say something: behind the judgement there is none of it, not even in memory. */
class HandlesTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private static final String BODY = """
            {"v":1,"user":"user-jane@mail.example","session":{"id":"session-jane@mail.example","referrer":"https://search.example/"},
             "page":{"id":"page-jane@mail.example","at":1,"url":"https://shop.example/cart"},
             "events":[{"id":"e1","at":1764000000000,"type":"click","text":"Buy","path":[{"t":"button","n":1,"k":1}]},
                       {"id":"e2","at":1764000000000,"type":"click","text":"Buy","session":{"id":"own-jane@mail.example"}}]}
            """;

    @Test
    void behind_the_judgement_no_handle_is_as_it_was_sent() {
        var collect = Endpoint.COLLECT.decoder();
        var body = Json.object(ByteBuffer.wrap(BODY.getBytes(StandardCharsets.UTF_8)), collect.request(10))
                .orElseThrow();
        var policy = CompiledPolicy.of(PolicyDocument.balanced(), new byte[] {1});
        var judging = judging(policy, Circumstances.Consent.GRANTED);
        var events = (List<?>) body.get("events");
        assertThat(events).hasSize(2);
        for (var event : Objects.requireNonNull(events)) {
            var entry = judging.entry(collect.item(Sent.of(event), body, NOW));

            assertThat(entry).isInstanceOf(Entry.Arrival.class);
            assertThat(entry.toString()).contains("h:").doesNotContain("jane");
        }
    }

    @Test
    void a_retry_of_a_browser_is_known_whatever_it_says_about_consent_by_then() {
        var collect = Endpoint.COLLECT.decoder();
        var body = Json.object(ByteBuffer.wrap(BODY.getBytes(StandardCharsets.UTF_8)), collect.request(10))
                .orElseThrow();
        var policy = CompiledPolicy.of(PolicyDocument.balanced(), new byte[] {1});
        var event = Sent.of(((List<?>) Objects.requireNonNull(body.get("events"))).get(0));

        var before = judging(policy, Circumstances.Consent.UNKNOWN).entry(collect.item(event, body, NOW));
        var after = judging(policy, Circumstances.Consent.GRANTED).entry(collect.item(event, body, NOW));

        assertThat(((Entry.Arrival) after).key()).isNotNull().isEqualTo(((Entry.Arrival) before).key());
    }

    private static Judging judging(CompiledPolicy policy, Circumstances.Consent consent) {
        return new Judging(policy, new Circumstances(consent, false), Endpoint.COLLECT.door(), null, NOW);
    }

    @Test
    void what_a_server_calls_a_retry_can_be_tried_out_by_nobody_without_the_key_of_its_environment() {
        var one = key(new byte[] {1}, "jane@mail.example");

        assertThat(one)
                .doesNotContain("jane")
                .isEqualTo(key(new byte[] {1}, "jane@mail.example"))
                .isNotEqualTo(key(new byte[] {2}, "jane@mail.example"))
                .isNotEqualTo(key(new byte[] {1}, "john@mail.example"));
    }

    private static String key(byte[] environment, String sent) {
        var track = Endpoint.TRACK.decoder();
        var text =
                "{\"app_id\":\"1234567890\",\"event\":\"x\",\"identity\":\"a\",\"idempotency_key\":\"" + sent + "\"}";
        var body = Json.object(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), track.request(10))
                .orElseThrow();
        var policy = CompiledPolicy.of(PolicyDocument.balanced(), environment);
        var entry = new Judging(policy, Circumstances.SERVER, Endpoint.TRACK.door(), null, NOW)
                .entry(track.item(body, body, NOW));
        return Objects.requireNonNull(((Entry.Arrival) entry).key());
    }
}
