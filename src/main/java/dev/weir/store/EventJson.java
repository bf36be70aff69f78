package dev.weir.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.Hierarchy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Spells an event as it is stored, which is as docs/policy-language.md shows it: absent fields are absent, never empty. */
public final class EventJson {

    private static final JsonFactory JSON = new JsonFactory();

    private EventJson() {}

    /** All of it. */
    public static String write(Event event) {
        return text(out -> event(out, event, event.page().url(), true));
    }

    /** All of it, as a value of what is being written. */
    public static void write(JsonGenerator out, Event event) throws IOException {
        event(out, event, event.page().url(), true);
    }

    /** Without what it shares with other events: its hierarchy, and its page's address up to the query. */
    static String own(Event event) {
        return text(out -> event(out, event, Shared.restOf(event.page().url()), false));
    }

    /** A hierarchy by itself. */
    static String path(Hierarchy hierarchy) {
        return text(out -> elements(out, hierarchy.elements()));
    }

    static String notes(List<Note> notes) {
        return notes.isEmpty()
                ? "[]"
                : text(out -> {
                    out.writeStartArray();
                    for (Note note : notes) {
                        out.writeStartObject();
                        out.writeStringField("reason", note.reason());
                        out.writeStringField("field", note.field());
                        out.writeStringField("rule", note.rule());
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                });
    }

    private interface Content {
        void to(JsonGenerator out) throws IOException;
    }

    private static String text(Content content) {
        try {
            var text = new SegmentedStringWriter(JSON._getBufferRecycler());
            try (var out = JSON.createGenerator(text)) {
                content.to(out);
            }
            return text.getAndClear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void event(JsonGenerator out, Event event, @Nullable String url, boolean whole) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", event.type().wire());
        text(out, "name", event.name());
        text(out, "text", event.text());
        text(out, "href", event.href());
        if (whole && !event.hierarchy().isEmpty()) {
            out.writeFieldName("path");
            elements(out, event.hierarchy().elements());
        }
        properties(out, event.properties());
        text(out, "identity", event.identity());
        var page = event.page();
        section(out, "page", "url", url, "title", page.title(), "previous", page.previous());
        var session = event.session();
        section(out, "session", "referrer", session.referrer(), "landing", session.landing());
        out.writeEndObject();
    }

    private static void elements(JsonGenerator out, List<Element> elements) throws IOException {
        out.writeStartArray();
        for (Element element : elements) {
            out.writeStartObject();
            out.writeStringField("t", element.tag());
            text(out, "i", element.id());
            if (!element.classes().isEmpty()) {
                out.writeArrayFieldStart("c");
                for (String name : element.classes()) {
                    out.writeString(name);
                }
                out.writeEndArray();
            }
            attributes(out, element.attributes());
            position(out, "n", element.nthChild());
            position(out, "k", element.nthOfType());
            position(out, "h", element.host() ? 1 : 0);
            position(out, "s", element.foreign() ? 1 : 0);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** In the order of their names, so that hierarchies which are alike are spelt alike. */
    private static void attributes(JsonGenerator out, Map<String, String> attributes) throws IOException {
        properties(out, "a", attributes.size() < 2 ? attributes : new TreeMap<>(attributes));
    }

    private static void properties(JsonGenerator out, Map<String, @Nullable Object> properties) throws IOException {
        properties(out, "properties", properties);
    }

    private static void properties(JsonGenerator out, String field, Map<String, ? extends @Nullable Object> properties)
            throws IOException {
        if (properties.isEmpty()) {
            return;
        }
        out.writeObjectFieldStart(field);
        for (var property : properties.entrySet()) {
            out.writeFieldName(property.getKey());
            value(out, property.getValue());
        }
        out.writeEndObject();
    }

    private static void value(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number && Double.isFinite(number)) {
            out.writeNumber(number);
        } else if (value == null) {
            out.writeNull();
        } else {
            // A verdict holds strings, numbers and booleans only; whatever else a number may be is kept as its text.
            out.writeString(value.toString());
        }
    }

    private static void section(JsonGenerator out, String field, @Nullable String... namesAndValues)
            throws IOException {
        boolean open = false;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            var value = namesAndValues[i + 1];
            if (value != null) {
                if (!open) {
                    out.writeObjectFieldStart(field);
                    open = true;
                }
                out.writeStringField(String.valueOf(namesAndValues[i]), value);
            }
        }
        if (open) {
            out.writeEndObject();
        }
    }

    private static void text(JsonGenerator out, String field, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(field, value);
        }
    }

    private static void position(JsonGenerator out, String field, int position) throws IOException {
        if (position > 0) {
            out.writeNumberField(field, position);
        }
    }
}
