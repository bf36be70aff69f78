package dev.weir.privacy;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an event that somebody pasted, in the JSON of docs/policy-language.md. What doesn't fit is said by place, never quoted. */
public final class PastedEvent {

    /** What was pasted is not an event. Its words never quote it. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    private PastedEvent() {}

    static Event read(Object json, String at, Map<?, ?> page, Map<?, ?> session) throws Unreadable {
        var event = object(json, at);
        var wire = text(event, "type", at);
        var type = EventType.of(wire == null ? "" : wire)
                .orElseThrow(
                        () -> new Unreadable(at + "/type: one of session, pageview, click, change, submit, custom, "
                                + "identify and reset is expected"));
        return new Event(
                type,
                text(event, "name", at),
                text(event, "text", at),
                text(event, "href", at),
                hierarchy(event.get("path"), at + "/path"),
                properties(event.get("properties"), at + "/properties"),
                text(event, "identity", at),
                page(event.containsKey("page") ? object(event.get("page"), at + "/page") : page),
                session(event.containsKey("session") ? object(event.get("session"), at + "/session") : session));
    }

    static Page page(Map<?, ?> page) throws Unreadable {
        return new Page(text(page, "url", "/page"), text(page, "title", "/page"), text(page, "previous", "/page"));
    }

    static Session session(Map<?, ?> session) throws Unreadable {
        return new Session(text(session, "referrer", "/session"), text(session, "landing", "/session"));
    }

    static Map<?, ?> object(@Nullable Object json, String at) throws Unreadable {
        if (json instanceof Map<?, ?> map) {
            return map;
        }
        throw new Unreadable((at.isEmpty() ? "the whole" : at) + ": an object is expected");
    }

    static List<?> list(@Nullable Object json, String at) throws Unreadable {
        if (json instanceof List<?> list) {
            return list;
        }
        throw new Unreadable(at + ": a list is expected");
    }

    static @Nullable String text(Map<?, ?> map, String key, String at) throws Unreadable {
        var value = map.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new Unreadable(at + "/" + key + ": a text is expected");
    }

    static Map<String, @Nullable Object> properties(@Nullable Object json, String at) throws Unreadable {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        if (json != null) {
            object(json, at).forEach((key, value) -> properties.put((String) key, value));
        }
        return properties;
    }

    private static Hierarchy hierarchy(@Nullable Object json, String at) throws Unreadable {
        if (json == null) {
            return Hierarchy.NONE;
        }
        var elements = new ArrayList<Element>();
        for (Object node : list(json, at)) {
            elements.add(element(object(node, at + "/" + elements.size()), at + "/" + elements.size()));
        }
        return new Hierarchy(elements);
    }

    private static Element element(Map<?, ?> node, String at) throws Unreadable {
        var tag = text(node, "t", at);
        var classes = new ArrayList<String>();
        if (node.get("c") != null) {
            for (Object name : list(node.get("c"), at + "/c")) {
                classes.add(String.valueOf(name));
            }
        }
        var attributes = new LinkedHashMap<String, String>();
        if (node.get("a") != null) {
            object(node.get("a"), at + "/a")
                    .forEach(
                            (name, value) -> attributes.put((String) name, value == null ? "" : String.valueOf(value)));
        }
        return new Element(
                tag == null ? "" : tag,
                text(node, "i", at),
                classes,
                attributes,
                number(node.get("n")),
                number(node.get("k")),
                number(node.get("h")) == 1,
                number(node.get("s")) == 1);
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }
}
