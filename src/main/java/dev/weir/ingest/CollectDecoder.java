package dev.weir.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.store.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/collect/{appId}}: what the collector sends. Only documented fields are read, so a value that a page adds elsewhere is
 * gone here. Page and session of the batch hold for every event that has none of its own.
 */
final class CollectDecoder implements Decoder {

    private static final int MOST = 65_536;

    @Override
    public String bulk() {
        return "events";
    }

    @Override
    public boolean single() {
        return false;
    }

    @Override
    public Item item(JsonNode entry, ObjectNode body, Instant now) {
        var type = EventType.of(entry.path("type").asText());
        if (!entry.path("type").isTextual() || type.isEmpty()) {
            return Item.invalid("type");
        }
        var id = Fields.name(entry.path("id"), Limits.ID);
        if (id == null) {
            return Item.invalid("id");
        }
        var happened = Timestamps.of(entry.path("at"), now);
        if (happened.isEmpty()) {
            return Item.invalid("at");
        }
        var properties = Fields.propertiesOf(entry, "properties");
        if (properties.isEmpty()) {
            return Item.invalid("properties");
        }
        var name = Fields.text(entry.path("name"), Limits.NAME);
        if (type.get() == EventType.CUSTOM && (name == null || name.isBlank())) {
            return Item.invalid("name");
        }
        var identity = Fields.name(entry.path("identity"), Limits.IDENTITY);
        if (identity == null && !Fields.absent(entry.path("identity"))) {
            return Item.invalid("identity");
        }
        return new Item.Good(
                id,
                event(type.get(), name, identity, properties.get(), entry, body),
                who(entry, body),
                happened.get(),
                type.get() == EventType.IDENTIFY ? Entry.Meaning.DEVICE_LINK : Entry.Meaning.NOTHING);
    }

    private static Event event(
            EventType type,
            @Nullable String name,
            @Nullable String identity,
            Map<String, @Nullable Object> properties,
            JsonNode entry,
            ObjectNode body) {
        // A change has no text: whatever stood there could only be what somebody typed.
        var text = type == EventType.CHANGE ? null : Fields.text(entry.path("text"), MOST);
        return new Event(
                type,
                type == EventType.CUSTOM ? name : null,
                text,
                Fields.text(entry.path("href"), MOST),
                hierarchy(entry.path("path")),
                properties,
                identity,
                page(own("page", entry, body)),
                session(own("session", entry, body)));
    }

    private static JsonNode own(String field, JsonNode entry, ObjectNode body) {
        return entry.path(field).isObject() ? entry.path(field) : body.path(field);
    }

    private static Page page(JsonNode page) {
        return new Page(
                Fields.text(page.path("url"), MOST),
                Fields.text(page.path("title"), MOST),
                Fields.text(page.path("previous"), MOST));
    }

    private static Session session(JsonNode session) {
        return new Session(Fields.text(session.path("referrer"), MOST), Fields.text(session.path("landing"), MOST));
    }

    private static Entry.Who who(JsonNode entry, ObjectNode body) {
        var user = entry.has("user") ? entry.path("user") : body.path("user");
        return new Entry.Who(
                Fields.name(user, Limits.IDENTITY),
                Fields.name(own("session", entry, body).path("id"), Limits.IDENTITY),
                Fields.name(own("page", entry, body).path("id"), Limits.IDENTITY));
    }

    private static Hierarchy hierarchy(JsonNode path) {
        var elements = new ArrayList<Element>();
        for (JsonNode node : path) {
            if (node.isObject()) {
                elements.add(element(node));
            }
        }
        return new Hierarchy(elements);
    }

    private static Element element(JsonNode node) {
        var tag = Fields.text(node.path("t"), Limits.ID);
        boolean foreign = node.path("s").asInt() == 1;
        return new Element(
                tag == null ? "" : foreign ? tag : tag.toLowerCase(Locale.ROOT),
                Fields.text(node.path("i"), MOST),
                classes(node.path("c")),
                attributes(node.path("a")),
                Math.max(0, node.path("n").asInt()),
                Math.max(0, node.path("k").asInt()),
                node.path("h").asInt() == 1,
                foreign);
    }

    private static List<String> classes(JsonNode array) {
        var classes = new ArrayList<String>();
        for (JsonNode item : array) {
            var name = Fields.text(item, MOST);
            if (name != null && array.isArray()) {
                classes.add(name);
            }
        }
        return classes;
    }

    private static Map<String, String> attributes(JsonNode object) {
        var attributes = new LinkedHashMap<String, String>();
        object.properties().forEach(field -> {
            var value = Fields.text(field.getValue(), MOST);
            if (value != null) {
                attributes.put(Clean.text(field.getKey()).toLowerCase(Locale.ROOT), value);
            }
        });
        return attributes;
    }
}
