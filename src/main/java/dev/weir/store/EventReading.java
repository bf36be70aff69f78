package dev.weir.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an event as {@link EventJson} spelt it, and puts it together again with what it shares. What fails is never quoted. */
public final class EventReading {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventReading() {}

    /** The whole event as one document. */
    static JsonNode whole(String own, @Nullable String hierarchy, @Nullable String location) {
        var body = (ObjectNode) tree(own);
        if (hierarchy != null) {
            body.set("path", tree(hierarchy));
        }
        if (location != null) {
            var page = body.withObjectProperty("page");
            page.put("url", location + page.path("url").asText());
        }
        return body;
    }

    static Event event(String own, Hierarchy hierarchy, @Nullable String location) {
        var body = tree(own);
        var rest = text(body.path("page").path("url"));
        return event(body, hierarchy, location == null ? rest : rest == null ? location : location + rest);
    }

    /** As {@link #whole} put it together. */
    public static Event event(JsonNode whole) {
        return event(
                whole, hierarchy(whole.path("path")), text(whole.path("page").path("url")));
    }

    private static Event event(JsonNode body, Hierarchy hierarchy, @Nullable String url) {
        var page = body.path("page");
        var session = body.path("session");
        return new Event(
                EventType.of(body.path("type").asText())
                        .orElseThrow(() -> new IllegalStateException("a stored event has an unknown type")),
                text(body.path("name")),
                text(body.path("text")),
                text(body.path("href")),
                hierarchy,
                properties(body.path("properties")),
                text(body.path("identity")),
                new Page(url, text(page.path("title")), text(page.path("previous"))),
                new Session(text(session.path("referrer")), text(session.path("landing"))));
    }

    static Hierarchy hierarchy(String text) {
        return hierarchy(tree(text));
    }

    private static Hierarchy hierarchy(JsonNode path) {
        if (path.isEmpty()) {
            return Hierarchy.NONE;
        }
        var elements = new ArrayList<Element>(path.size());
        for (var node : path) {
            var classes = new ArrayList<String>();
            node.path("c").forEach(name -> classes.add(name.asText()));
            var attributes = new LinkedHashMap<String, String>();
            node.path("a")
                    .properties()
                    .forEach(attribute -> attributes.put(
                            attribute.getKey(), attribute.getValue().asText()));
            elements.add(new Element(
                    node.path("t").asText(),
                    text(node.path("i")),
                    classes,
                    attributes,
                    node.path("n").asInt(),
                    node.path("k").asInt(),
                    node.path("h").asInt() == 1,
                    node.path("s").asInt() == 1));
        }
        return new Hierarchy(elements);
    }

    private static Map<String, @Nullable Object> properties(JsonNode node) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        node.properties().forEach(property -> properties.put(property.getKey(), value(property.getValue())));
        return properties;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return node.isNumber() ? (Object) node.doubleValue() : text(node);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored event is not JSON");
        }
    }
}
