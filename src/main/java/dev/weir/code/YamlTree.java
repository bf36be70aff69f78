package dev.weir.code;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * A YAML document as maps, lists and scalars, with the place of each. Only what JSON can say is read: no aliases, anchors, tags, merge
 * keys or keys that are no text, nothing twice; plain scalars mean what they mean in JSON. Builds no object of any other kind.
 */
final class YamlTree {

    /** Bytes; the largest policy that can be exported is smaller. docs/limits.md. */
    static final int BYTES = 4 << 20;

    static final int DEPTH = 16;
    static final int VALUES = 100_000;

    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
    private static final Pattern REAL = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?");

    /** A place in the text, counted from 1. */
    record Place(int line, int column) {

        static Place of(@Nullable Mark mark) {
            return mark == null ? NOWHERE : new Place(mark.getLine() + 1, mark.getColumn() + 1);
        }

        private static final Place NOWHERE = new Place(0, 0);
    }

    /** The text is none that is read here. Stays within this package. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final Place place;

        private Unreadable(Place place, String message) {
            super(message, null, false, false);
            this.place = place;
        }

        Fault fault() {
            return new Fault(place.line(), place.column(), "", String.valueOf(getMessage()));
        }
    }

    private final Iterator<Event> events;
    private final Map<String, Place> values = new HashMap<>();
    private final Map<String, Place> keys = new HashMap<>();
    private final @Nullable Object root;
    private int left = VALUES;

    private YamlTree(Iterator<Event> events) throws Unreadable {
        this.events = events;
        this.root = document();
    }

    static YamlTree read(byte[] text) throws Unreadable {
        if (text.length > BYTES) {
            throw new Unreadable(Place.NOWHERE, "a file has at most 4 MiB");
        }
        var options = new LoaderOptions();
        options.setCodePointLimit(BYTES);
        options.setNestingDepthLimit(DEPTH * 4);
        try {
            var characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return new YamlTree(new Yaml(options)
                    .parse(new java.io.StringReader(characters.toString()))
                    .iterator());
        } catch (CharacterCodingException e) {
            throw new Unreadable(Place.NOWHERE, "a file is UTF-8");
        } catch (MarkedYAMLException e) {
            // Its words quote the text.
            throw new Unreadable(Place.of(e.getProblemMark()), "from here on this is not YAML");
        } catch (YAMLException e) {
            throw new Unreadable(Place.NOWHERE, "this is not YAML, or it holds characters that YAML does not allow");
        }
    }

    @Nullable
    Object root() {
        return root;
    }

    /** Where the value stands that a JSON pointer names; where there is none, the nearest one around it. */
    Place place(String pointer) {
        var at = pointer;
        while (!values.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return values.getOrDefault(at, Place.NOWHERE);
    }

    /** Where the key stands that a JSON pointer ends with. */
    Place key(String pointer) {
        return keys.getOrDefault(pointer, Place.NOWHERE);
    }

    static String pointer(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    private @Nullable Object document() throws Unreadable {
        Object value = null;
        int documents = 0;
        while (events.hasNext()) {
            var event = events.next();
            if (event.is(Event.ID.DocumentStart) && ++documents > 1) {
                throw new Unreadable(Place.of(event.getStartMark()), "a file holds one document");
            }
            if (event instanceof NodeEvent node) {
                value = value(node, "", 0);
            }
        }
        return value;
    }

    private @Nullable Object value(NodeEvent event, String pointer, int depth) throws Unreadable {
        var place = Place.of(event.getStartMark());
        if (event instanceof AliasEvent || event.getAnchor() != null) {
            throw new Unreadable(place, "anchors and aliases are not read");
        }
        if (depth > DEPTH || --left < 0) {
            throw new Unreadable(place, left < 0 ? "a file has at most 100000 values" : "nested deeper than 16 levels");
        }
        values.put(pointer, place);
        if (event instanceof ScalarEvent scalar) {
            untagged(scalar.getTag(), place);
            return scalar(scalar);
        }
        untagged(event instanceof CollectionStartEvent start ? start.getTag() : null, place);
        return event.is(Event.ID.MappingStart) ? map(pointer, depth) : list(pointer, depth);
    }

    private static void untagged(@Nullable String tag, Place place) throws Unreadable {
        if (tag != null) {
            throw new Unreadable(place, "tags are not read");
        }
    }

    private Map<String, @Nullable Object> map(String pointer, int depth) throws Unreadable {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (var event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
            var place = Place.of(event.getStartMark());
            if (!(event instanceof ScalarEvent key) || key.getAnchor() != null || key.getTag() != null) {
                throw new Unreadable(place, "a key is a text");
            }
            if (map.containsKey(key.getValue())) {
                throw new Unreadable(place, "this key stands here twice");
            }
            var inner = pointer(pointer, key.getValue());
            keys.put(inner, place);
            map.put(key.getValue(), value((NodeEvent) events.next(), inner, depth + 1));
        }
        return map;
    }

    private List<@Nullable Object> list(String pointer, int depth) throws Unreadable {
        var list = new ArrayList<@Nullable Object>();
        for (var event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
            list.add(value((NodeEvent) event, pointer + "/" + list.size(), depth + 1));
        }
        return list;
    }

    private static @Nullable Object scalar(ScalarEvent scalar) {
        var text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return text;
        }
        if (WHOLE.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        if (REAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "null", "~", "" -> null;
            default -> text;
        };
    }
}
