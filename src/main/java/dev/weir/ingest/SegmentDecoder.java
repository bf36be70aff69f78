package dev.weir.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    @Override
    public String bulk() {
        return "batch";
    }

    @Override
    public boolean single() {
        return false;
    }

    @Override
    public Item item(JsonNode entry, ObjectNode body, Instant now) {
        var happened = Timestamps.of(entry.path("timestamp"), now);
        if (happened.isEmpty()) {
            return Item.invalid("timestamp");
        }
        var identity = Fields.name(entry.path("userId"), Limits.IDENTITY);
        var anonymous = Fields.name(entry.path("anonymousId"), Limits.IDENTITY);
        if (identity == null && anonymous == null) {
            return Item.invalid("userId or anonymousId");
        }
        var type = entry.path("type").asText();
        boolean identifies = type.equals("identify");
        var properties = Fields.propertiesOf(entry, identifies ? "traits" : "properties");
        if (properties.isEmpty()) {
            return Item.invalid(identifies ? "traits" : "properties");
        }
        var event = event(type, entry, properties.get(), identity);
        if (event == null) {
            return type.equals("track") ? Item.invalid("event") : new Item.Bad(Refusal.UNSUPPORTED, "type");
        }
        return new Item.Good(
                Fields.name(entry.path("messageId"), Limits.NAME),
                event,
                new Entry.Who(anonymous, null, null),
                happened.get(),
                identifies ? Entry.Meaning.DEVICE_LINK : Entry.Meaning.NOTHING);
    }

    private static @Nullable Event event(
            String type, JsonNode entry, Map<String, @Nullable Object> properties, @Nullable String identity) {
        return switch (type) {
            case "track" -> {
                var name = Fields.text(entry.path("event"), Limits.NAME);
                yield name == null || name.isBlank() ? null : Event.custom(name, properties, identity);
            }
            case "page" -> page(entry.path("properties"), properties, identity);
            case "identify" -> PropertiesDecoder.identify(identity, properties);
            default -> null;
        };
    }

    /** What Weir has fields for leaves the properties, because only there do the rules for addresses apply. */
    private static Event page(JsonNode sent, Map<String, @Nullable Object> properties, @Nullable String identity) {
        var rest = new LinkedHashMap<>(properties);
        for (String field : new String[] {"url", "title", "referrer", "path", "search"}) {
            rest.remove(field);
        }
        var page = new Page(
                Fields.text(sent.path("url"), 65_536),
                Fields.text(sent.path("title"), 65_536),
                Fields.text(sent.path("referrer"), 65_536));
        return new Event(EventType.PAGEVIEW, null, null, null, Hierarchy.NONE, rest, identity, page, Session.NONE);
    }
}
