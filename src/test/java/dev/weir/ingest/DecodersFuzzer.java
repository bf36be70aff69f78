package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Whatever comes in at any endpoint is taken or refused, never thrown at; and an e-mail address in it, wherever it stands, is not in what
 * is to be stored.
 */
class DecodersFuzzer {

    private static final String CANARY = "zqmwpt@kestrel.example";
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final CompiledPolicy POLICY =
            CompiledPolicy.of(PolicyDocument.balanced(), "a key for tests".getBytes(StandardCharsets.UTF_8));

    /** More than a search sends. */
    private static final Inflater INFLATER = new Inflater(1 << 20, 100);

    /**
     * The first byte chooses the endpoint. Below zero it also packs the rest, as mutated gzip is hardly ever gzip; but what looks like it is
     * unpacked in any case, as the endpoints do.
     */
    @FuzzTest
    void body(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var endpoints = List.of(Endpoint.values());
        var endpoint = endpoints.get(Math.floorMod(data[0], endpoints.size()));
        var rest = Arrays.copyOfRange(data, 1, data.length);
        if (data[0] < 0) {
            var unpacked = unpacked(packed(rest));
            // A longer one may have become too small for what it is.
            if (rest.length <= 1 << 16) {
                assertThat(unpacked).contains(ByteBuffer.wrap(rest));
            }
            unpacked.ifPresent(body -> decoded(endpoint, body));
        } else {
            unpacked(rest).ifPresent(body -> decoded(endpoint, body));
        }
    }

    private static Optional<ByteBuffer> unpacked(byte[] sent) {
        return Inflater.looksGzipped(sent)
                ? INFLATER.inflate(sent).match(Optional::of, refused -> Optional.empty())
                : Optional.of(ByteBuffer.wrap(sent));
    }

    private static byte[] packed(byte[] body) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static void decoded(Endpoint endpoint, ByteBuffer body) {
        Json.object(body, endpoint.decoder().request(1000)).ifPresent(sent -> taken(endpoint, sent));
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
                endpoint.door(),
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
