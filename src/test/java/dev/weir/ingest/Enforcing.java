package dev.weir.ingest;

import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.store.Entry;
import dev.weir.store.Spelled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** What happens to a body between HTTP and the store, for whoever wants to know what it costs. */
public final class Enforcing {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final Endpoint endpoint;
    private final CompiledPolicy policy;
    private final Shape shape;

    private Enforcing(Endpoint endpoint, CompiledPolicy policy) {
        this.endpoint = endpoint;
        this.policy = policy;
        this.shape = endpoint.decoder().request(1000);
    }

    public static Enforcing collecting(CompiledPolicy policy) {
        return new Enforcing(Endpoint.COLLECT, policy);
    }

    public static Enforcing tracking(CompiledPolicy policy) {
        return new Enforcing(Endpoint.TRACK, policy);
    }

    /** Reads the JSON and the events in it. */
    public int decoded(byte[] sent) {
        var body = body(sent);
        int good = 0;
        for (var entry : entries(body)) {
            good += endpoint.decoder().item(Sent.of(entry), body, NOW) instanceof Item.Good ? 1 : 0;
        }
        return good;
    }

    /** Reads, judges, and writes what may be kept as the store would. */
    public int enforced(byte[] sent) {
        var body = body(sent);
        var judging = new Judging(policy, Circumstances.SERVER, endpoint.door(), null, NOW);
        var spelled = new Spelled();
        int length = 0;
        for (var entry : entries(body)) {
            length += written(spelled, judging.entry(endpoint.decoder().item(Sent.of(entry), body, NOW)));
        }
        return length;
    }

    private Sent body(byte[] sent) {
        return Json.object(ByteBuffer.wrap(sent), shape).orElseThrow();
    }

    private List<?> entries(Sent body) {
        return body.get(endpoint.decoder().bulk()) instanceof List<?> list ? list : List.of(body);
    }

    private static int written(Spelled spelled, Entry entry) {
        return entry instanceof Entry.Arrival arrival ? spelled.bytes(arrival.event()) : 0;
    }
}
