package dev.weir.ingest;

import dev.weir.event.Event;
import dev.weir.store.Entry;
import java.time.Instant;
import java.util.Map;

/** {@code /api/track}: custom events from servers, each of one user. */
final class TrackDecoder implements Decoder {

    private static final Map<String, Shape> ENTRY = Map.of(
            "event", Shape.SCALAR,
            "identity", Shape.SCALAR,
            "user_id", Shape.SCALAR,
            "session_id", Shape.SCALAR,
            "properties", Shape.ANY,
            "timestamp", Shape.SCALAR,
            "idempotency_key", Shape.SCALAR);

    @Override
    public String bulk() {
        return "events";
    }

    @Override
    public Map<String, Shape> entry() {
        return ENTRY;
    }

    @Override
    public Item item(Sent entry, Sent body, Instant now) {
        var name = Fields.text(entry.get("event"), Limits.NAME);
        if (name == null || name.isBlank()) {
            return Item.invalid("event");
        }
        boolean byIdentity = entry.get("identity") != null;
        if (byIdentity == (entry.get("user_id") != null)) {
            return Item.invalid("exactly one of identity and user_id");
        }
        var identity = Fields.name(entry.get("identity"), Limits.IDENTITY);
        var user = Fields.userId(entry.get("user_id"));
        if (byIdentity ? identity == null : user == null) {
            return Item.invalid(byIdentity ? "identity" : "user_id");
        }
        var session = Fields.name(entry.get("session_id"), Limits.IDENTITY);
        if (session == null && entry.get("session_id") != null) {
            return Item.invalid("session_id");
        }
        var properties = entry.properties("properties");
        if (properties.isEmpty()) {
            return Item.invalid("properties");
        }
        var happened = Timestamps.of(entry.get("timestamp"), now);
        if (happened.isEmpty()) {
            return Item.invalid("timestamp");
        }
        var key = Fields.name(entry.get("idempotency_key"), Limits.NAME);
        if (key == null && entry.get("idempotency_key") != null) {
            return Item.invalid("idempotency_key");
        }
        return new Item.Good(
                key,
                Event.custom(name, properties.get(), identity),
                new Entry.Who(user, session, null),
                happened.get(),
                Entry.Meaning.NOTHING);
    }
}
