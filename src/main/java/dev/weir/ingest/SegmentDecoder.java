package dev.weir.ingest;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.store.Entry;
import dev.weir.store.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/batch} and {@code /v1/import}: what clients of Segment and RudderStack send. Their {@code context} is not read. */
final class SegmentDecoder implements Decoder {

    private static final Map<String, Shape> ENTRY = Map.of(
            "type", Shape.SCALAR,
            "event", Shape.SCALAR,
            "userId", Shape.SCALAR,
            "anonymousId", Shape.SCALAR,
            "messageId", Shape.SCALAR,
            "timestamp", Shape.SCALAR,
            "properties", Shape.ANY,
            "traits", Shape.ANY);

    @Override
    public String bulk() {
        return "batch";
    }

    @Override
    public boolean single() {
        return false;
    }

    @Override
    public Map<String, Shape> entry() {
        return ENTRY;
    }

    @Override
    public Map<String, Shape> body() {
        return Map.of("writeKey", Shape.SCALAR);
    }

    @Override
    public Item item(Sent entry, Sent body, Instant now) {
        var happened = Timestamps.of(entry.get("timestamp"), now);
        if (happened.isEmpty()) {
            return Item.invalid("timestamp");
        }
        var identity = Fields.name(entry.get("userId"), Limits.IDENTITY);
        var anonymous = Fields.name(entry.get("anonymousId"), Limits.IDENTITY);
        if (identity == null && anonymous == null) {
            return Item.invalid("userId or anonymousId");
        }
        var type = entry.get("type") instanceof String sent ? sent : "";
        boolean identifies = type.equals("identify");
        var properties = entry.properties(identifies ? "traits" : "properties");
        if (properties.isEmpty()) {
            return Item.invalid(identifies ? "traits" : "properties");
        }
        var event = event(type, entry, properties.get(), identity);
        if (event == null) {
            return type.equals("track") ? Item.invalid("event") : new Item.Bad(Refusal.UNSUPPORTED, "type");
        }
        return new Item.Good(
                Fields.name(entry.get("messageId"), Limits.NAME),
                event,
                new Entry.Who(anonymous, null, null),
                happened.get(),
                identifies ? Entry.Meaning.DEVICE_LINK : Entry.Meaning.NOTHING);
    }

    private static @Nullable Event event(
            String type, Sent entry, Map<String, @Nullable Object> properties, @Nullable String identity) {
        return switch (type) {
            case "track" -> {
                var name = Fields.text(entry.get("event"), Limits.NAME);
                yield name == null || name.isBlank() ? null : Event.custom(name, properties, identity);
            }
            case "page" -> page(properties, identity);
            case "identify" -> PropertiesDecoder.identify(identity, properties);
            default -> null;
        };
    }

    /** What Weir has fields for leaves the properties, because only there do the rules for addresses apply. */
    private static Event page(Map<String, @Nullable Object> properties, @Nullable String identity) {
        var rest = new LinkedHashMap<>(properties);
        for (String field : new String[] {"url", "title", "referrer", "path", "search"}) {
            rest.remove(field);
        }
        var page = new Page(
                Fields.text(properties.get("url"), 65_536),
                Fields.text(properties.get("title"), 65_536),
                Fields.text(properties.get("referrer"), 65_536));
        return new Event(EventType.PAGEVIEW, null, null, null, Hierarchy.NONE, rest, identity, page, Session.NONE);
    }
}
