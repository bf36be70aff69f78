package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Whatever comes in at any endpoint is taken or refused, never thrown at; and an e-mail address in it, wherever it stands, is not in what
 * is to be stored.
 */
class DecodersFuzzer {

    private static final String CANARY = "zqmwpt@kestrel.example";
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final CompiledPolicy POLICY =
            CompiledPolicy.of(PolicyDocument.balanced(), "a key for tests".getBytes(StandardCharsets.UTF_8));

    /** The first byte chooses the endpoint. */
    @FuzzTest
    void body(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var endpoints = List.of(Endpoint.values());
        var endpoint = endpoints.get(Math.floorMod(data[0], endpoints.size()));
        var rest = ByteBuffer.wrap(data, 1, data.length - 1);
        if (Inflater.looksGzipped(data)) {
            assertThat(new Inflater(1 << 16, 100).inflate(data)).isNotNull();
        }
        Json.object(rest, endpoint.decoder().request(1000)).ifPresent(body -> taken(endpoint, body));
    }

    private static void taken(Endpoint endpoint, Sent body) {
        var decoder = endpoint.decoder();
        List<?> entries = List.of();
        if (body.get(decoder.bulk()) instanceof List<?> list) {
            entries = list;
        } else if (!body.has(decoder.bulk()) && decoder.single()) {
            entries = List.of(body);
        }
        var consent = Judging.consent(Fields.text(body.get("consent"), Limits.ID));
        var judging = new Judging(
                POLICY,
                endpoint.door().browser() ? new Circumstances(consent, false) : Circumstances.SERVER,
                null,
                NOW);
        for (var entry : entries) {
            var judged = judging.entry(decoder.item(Sent.of(entry), body, NOW));
            assertThat(said(judged)).noneMatch(text -> text.contains(CANARY));
        }
    }

    /** What would be stored, as text: the session's id is that of who did it, and the key of a retry is stored as its hash. */
    private static List<String> said(Entry entry) {
        if (entry instanceof Entry.Arrival arrival) {
            var event = arrival.event();
            return List.of(
                    String.valueOf(event.name()),
                    String.valueOf(event.text()),
                    String.valueOf(event.href()),
                    event.hierarchy().toString(),
                    event.properties().toString(),
                    String.valueOf(event.identity()),
                    event.page().toString(),
                    String.valueOf(event.session().referrer()),
                    String.valueOf(event.session().landing()),
                    arrival.who().toString(),
                    arrival.notes().toString());
        }
        return List.of(entry.toString());
    }
}
