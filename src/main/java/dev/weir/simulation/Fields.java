package dev.weir.simulation;

import dev.weir.event.Element;
import dev.weir.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An event as its fields, by the names that findings use, so that two can be compared. */
final class Fields {

    static final String PROPERTIES = "properties";

    private Fields() {}

    static Map<String, String> of(Event event) {
        var fields = new LinkedHashMap<String, String>();
        put(fields, "name", event.name());
        put(fields, "text", event.text());
        put(fields, "href", event.href());
        put(fields, "identity", event.identity());
        put(fields, "page.url", event.page().url());
        put(fields, "page.title", event.page().title());
        put(fields, "page.previous", event.page().previous());
        put(fields, "session.referrer", event.session().referrer());
        put(fields, "session.landing", event.session().landing());
        put(
                fields,
                "path",
                event.hierarchy().isEmpty()
                        ? null
                        : event.hierarchy().elements().stream()
                                .map(Fields::element)
                                .collect(Collectors.joining(" < ")));
        new TreeMap<>(event.properties())
                .forEach(
                        (name, value) -> put(fields, PROPERTIES + "." + name, value == null ? null : value.toString()));
        return fields;
    }

    /** The names of what differs; properties by their names too, which nobody else may learn: see {@link #told}. */
    static Set<String> differing(Event one, Event other) {
        var ones = of(one);
        var others = of(other);
        var names = new TreeSet<>(ones.keySet());
        names.addAll(others.keySet());
        names.removeIf(name -> String.valueOf(ones.get(name)).equals(String.valueOf(others.get(name)))
                && ones.containsKey(name) == others.containsKey(name));
        return names;
    }

    /** What may be told of a name: whoever sends chooses the names of properties, and could put anything there. */
    static String told(String name) {
        return name.startsWith(PROPERTIES + ".") ? PROPERTIES : name;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static String element(Element element) {
        var text = new StringBuilder(element.tag());
        if (element.id() != null) {
            text.append('#').append(element.id());
        }
        element.classes().forEach(name -> text.append('.').append(name));
        new TreeMap<>(element.attributes())
                .forEach((name, value) ->
                        text.append('[').append(name).append('=').append(value).append(']'));
        return text.toString();
    }
}
