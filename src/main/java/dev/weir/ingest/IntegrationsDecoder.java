package dev.weir.ingest;

import dev.weir.event.Event;
import dev.weir.store.Entry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/integrations/*}: the form in which partners send. Each entry names its user in one of four ways. */
final class IntegrationsDecoder implements Decoder {

    private static final Map<String, Shape> ENTRY = Map.of(
            "event",
            Shape.SCALAR,
            "timestamp",
            Shape.SCALAR,
            "idempotency_key",
            Shape.SCALAR,
            "custom_properties",
            Shape.ANY,
            "user_identifier",
            Shape.members(Map.of(
                    "identity", Shape.SCALAR,
                    "email", Shape.SCALAR,
                    "user_id", Shape.SCALAR,
                    "anonymous_id", Shape.SCALAR)));

    static final IntegrationsDecoder EVENTS = new IntegrationsDecoder(true);
    static final IntegrationsDecoder USERS = new IntegrationsDecoder(false);

    private final boolean events;

    private IntegrationsDecoder(boolean events) {
        this.events = events;
    }

    @Override
    public String bulk() {
        return events ? "events" : "users";
    }

    @Override
    public boolean single() {
        return false;
    }

    /** By which name a user goes: one that the identity guard judges, or a handle without meaning. */
    private record User(@Nullable String identity, @Nullable String handle) {}

    @Override
    public Map<String, Shape> entry() {
        return ENTRY;
    }

    @Override
    public Item item(Sent entry, Sent body, Instant now) {
        var user = user(entry.object("user_identifier"));
        if (user.isEmpty()) {
            return Item.invalid("user_identifier");
        }
        var properties = entry.properties("custom_properties");
        if (properties.isEmpty()) {
            return Item.invalid("custom_properties");
        }
        var who = new Entry.Who(user.get().handle, null, null);
        if (events) {
            return event(entry, Event.custom("", properties.get(), user.get().identity), who, now);
        }
        if (PropertiesDecoder.reserved(properties.get())) {
            return Item.invalid("custom_properties: id is reserved");
        }
        return new Item.Good(
                null,
                PropertiesDecoder.identify(user.get().identity, properties.get()),
                who,
                now,
                Entry.Meaning.USER_PROPERTIES);
    }

    private static Item event(Sent entry, Event nameless, Entry.Who who, Instant now) {
        var name = Fields.text(entry.get("event"), Limits.NAME);
        if (name == null || name.isBlank()) {
            return Item.invalid("event");
        }
        var happened = Timestamps.of(entry.get("timestamp"), now).map(IntegrationsDecoder::orSeconds);
        if (happened.isEmpty()) {
            return Item.invalid("timestamp");
        }
        var key = Fields.name(entry.get("idempotency_key"), Limits.NAME);
        if (key == null && entry.get("idempotency_key") != null) {
            return Item.invalid("idempotency_key");
        }
        var event = Event.custom(name, nameless.properties(), nameless.identity());
        return new Item.Good(key, event, who, happened.get(), Entry.Meaning.NOTHING);
    }

    /** Partners send seconds as well; nothing they report happened before March 1973, which is 10^11 milliseconds. */
    private static Instant orSeconds(Instant at) {
        long sent = at.toEpochMilli();
        return sent < 100_000_000_000L ? Instant.ofEpochSecond(sent) : at;
    }

    private static Optional<User> user(Sent identifier) {
        for (String field : new String[] {"identity", "email"}) {
            var identity = Fields.name(identifier.get(field), Limits.IDENTITY);
            if (identity != null) {
                return Optional.of(new User(identity, null));
            }
        }
        var number = Fields.userId(identifier.get("user_id"));
        var handle = number == null ? Fields.name(identifier.get("anonymous_id"), Limits.IDENTITY) : number;
        return Optional.ofNullable(handle).map(given -> new User(null, given));
    }
}
