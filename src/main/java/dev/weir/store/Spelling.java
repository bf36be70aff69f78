package dev.weir.store;

import static dev.weir.store.JsonBytes.ascii;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.Hierarchy;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Spells events as they are stored, in UTF-8, which is as docs/policy-language.md shows it: absent fields are absent, never empty. Elements
 * that several events have in common are spelled once. One thread.
 */
final class Spelling {

    private static final byte[] TYPE = ascii("{\"type\":");
    private static final byte[] NAME = ascii(",\"name\":");
    private static final byte[] TEXT = ascii(",\"text\":");
    private static final byte[] HREF = ascii(",\"href\":");
    private static final byte[] PATH = ascii(",\"path\":");
    private static final byte[] PROPERTIES = ascii(",\"properties\":");
    private static final byte[] IDENTITY = ascii(",\"identity\":");
    private static final byte[] PAGE = ascii(",\"page\":{");
    private static final byte[] URL = ascii("\"url\":");
    private static final byte[] TITLE = ascii("\"title\":");
    private static final byte[] PREVIOUS = ascii("\"previous\":");
    private static final byte[] SESSION = ascii(",\"session\":{");
    private static final byte[] REFERRER = ascii("\"referrer\":");
    private static final byte[] LANDING = ascii("\"landing\":");
    private static final byte[] TAG = ascii("{\"t\":");
    private static final byte[] ID = ascii(",\"i\":");
    private static final byte[] CLASSES = ascii(",\"c\":");
    private static final byte[] ATTRIBUTES = ascii(",\"a\":");
    private static final byte[] NTH_CHILD = ascii(",\"n\":");
    private static final byte[] NTH_OF_TYPE = ascii(",\"k\":");
    private static final byte[] HOST = ascii(",\"h\":");
    private static final byte[] FOREIGN = ascii(",\"s\":");
    private static final byte[] REASON = ascii("{\"reason\":");
    private static final byte[] FIELD = ascii(",\"field\":");
    private static final byte[] RULE = ascii(",\"rule\":");
    private static final byte[] NO_NOTES = ascii("[]");

    private final JsonBytes out = new JsonBytes();
    private final IdentityHashMap<Element, byte[]> known = new IdentityHashMap<>(8);

    /** All of an event. */
    byte[] whole(Event event) {
        event(event, event.page().url(), true);
        return out.taken();
    }

    /** Without what it shares with other events: its hierarchy, and its page's address up to the query. */
    byte[] own(Event event) {
        event(event, Shared.restOf(event.page().url()), false);
        return out.taken();
    }

    /** A hierarchy by itself. */
    byte[] path(Hierarchy hierarchy) {
        elements(hierarchy.elements());
        return out.taken();
    }

    byte[] notes(List<Note> notes) {
        if (notes.isEmpty()) {
            return NO_NOTES;
        }
        char before = '[';
        for (Note note : notes) {
            out.raw(before);
            field(REASON, note.reason());
            field(FIELD, note.field());
            field(RULE, note.rule());
            out.raw('}');
            before = ',';
        }
        out.raw(']');
        return out.taken();
    }

    private void event(Event event, @Nullable String url, boolean whole) {
        field(TYPE, event.type().wire());
        field(NAME, event.name());
        field(TEXT, event.text());
        field(HREF, event.href());
        if (whole && !event.hierarchy().isEmpty()) {
            out.raw(PATH);
            elements(event.hierarchy().elements());
        }
        if (!event.properties().isEmpty()) {
            out.raw(PROPERTIES);
            members(event.properties());
        }
        field(IDENTITY, event.identity());
        var page = event.page();
        int inPage = member(PAGE, URL, url, 0);
        inPage = member(PAGE, TITLE, page.title(), inPage);
        close(member(PAGE, PREVIOUS, page.previous(), inPage));
        var session = event.session();
        int inSession = member(SESSION, REFERRER, session.referrer(), 0);
        close(member(SESSION, LANDING, session.landing(), inSession));
        out.raw('}');
    }

    /** One more member of an object that is opened by its first; how many it has. */
    private int member(byte[] opening, byte[] name, @Nullable String value, int before) {
        if (value == null) {
            return before;
        }
        if (before == 0) {
            out.raw(opening);
        } else {
            out.raw(',');
        }
        field(name, value);
        return before + 1;
    }

    private void close(int members) {
        if (members > 0) {
            out.raw('}');
        }
    }

    private void elements(List<Element> elements) {
        out.raw('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            var element = elements.get(i);
            var spelled = known.get(element);
            if (spelled != null) {
                out.raw(spelled);
            } else {
                int start = out.length();
                element(element);
                known.put(element, out.since(start));
            }
        }
        out.raw(']');
    }

    private void element(Element element) {
        field(TAG, element.tag());
        field(ID, element.id());
        if (!element.classes().isEmpty()) {
            out.raw(CLASSES);
            char before = '[';
            for (String name : element.classes()) {
                out.raw(before);
                out.text(name);
                before = ',';
            }
            out.raw(']');
        }
        var attributes = element.attributes();
        if (!attributes.isEmpty()) {
            out.raw(ATTRIBUTES);
            // In the order of their names, so that hierarchies which are alike are spelt alike.
            members(attributes.size() == 1 ? attributes : new TreeMap<>(attributes));
        }
        position(NTH_CHILD, element.nthChild());
        position(NTH_OF_TYPE, element.nthOfType());
        position(HOST, element.host() ? 1 : 0);
        position(FOREIGN, element.foreign() ? 1 : 0);
        out.raw('}');
    }

    private void members(Map<String, ? extends @Nullable Object> members) {
        char before = '{';
        for (var member : members.entrySet()) {
            out.raw(before);
            out.text(member.getKey());
            out.raw(':');
            value(member.getValue());
            before = ',';
        }
        out.raw('}');
    }

    private void value(@Nullable Object value) {
        if (value instanceof String text) {
            out.text(text);
        } else if (value instanceof Long || value instanceof Integer) {
            out.number(((Number) value).longValue());
        } else if (value == null
                || value instanceof Boolean
                || (value instanceof Double number && Double.isFinite(number))) {
            out.raw(ascii(String.valueOf(value)));
        } else {
            // A verdict holds strings, numbers and booleans only; whatever else a number may be is kept as its text.
            out.text(value.toString());
        }
    }

    private void field(byte[] name, @Nullable String value) {
        if (value != null) {
            out.raw(name);
            out.text(value);
        }
    }

    private void position(byte[] name, int position) {
        if (position > 0) {
            out.raw(name);
            out.number(position);
        }
    }
}
