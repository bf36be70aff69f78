package dev.weir.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Event;
import dev.weir.store.Entry;
import java.time.Instant;

/** {@code /api/track}: custom events from servers, each of one user. */
final class TrackDecoder implements Decoder {

    @Override
    public String bulk() {
        return "events";
    }

    @Override
    public Item item(JsonNode entry, ObjectNode body, Instant now) {
        var name = Fields.text(entry.path("event"), Limits.NAME);
        if (name == null || name.isBlank()) {
            return Item.invalid("event");
        }
        boolean byIdentity = !Fields.absent(entry.path("identity"));
        if (byIdentity == !Fields.absent(entry.path("user_id"))) {
            return Item.invalid("exactly one of identity and user_id");
        }
        var identity = Fields.name(entry.path("identity"), Limits.IDENTITY);
        var user = Fields.userId(entry.path("user_id"));
        if (byIdentity ? identity == null : user == null) {
            return Item.invalid(byIdentity ? "identity" : "user_id");
        }
        var session = Fields.name(entry.path("session_id"), Limits.IDENTITY);
        if (session == null && !Fields.absent(entry.path("session_id"))) {
            return Item.invalid("session_id");
        }
        var properties = Fields.propertiesOf(entry, "properties");
        if (properties.isEmpty()) {
            return Item.invalid("properties");
        }
        var happened = Timestamps.of(entry.path("timestamp"), now);
        if (happened.isEmpty()) {
            return Item.invalid("timestamp");
        }
        var key = Fields.name(entry.path("idempotency_key"), Limits.NAME);
        if (key == null && !Fields.absent(entry.path("idempotency_key"))) {
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
