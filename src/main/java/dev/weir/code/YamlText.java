package dev.weir.code;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists, texts, whole numbers and truth values as YAML, always in the same way: equal content gives equal bytes. What is not
 * a plain word is quoted, so that readers of YAML 1.1 and of 1.2 read the same.
 */
final class YamlText {

    /** How keys follow each other, in whichever map they stand; what is not named comes after, in order of the alphabet. */
    private static final List<String> ORDER = List.of(
            "weir",
            "environment",
            "name",
            "kind",
            "critical",
            "policy",
            "apps",
            "id",
            "version",
            "capture",
            "detector",
            "pattern",
            "selector",
            "label",
            "event",
            "property",
            "type",
            "origins",
            "serverKey",
            "consent",
            "pages",
            "urls",
            "elements",
            "regions",
            "pageview",
            "click",
            "change",
            "submit",
            "text",
            "maxText",
            "required",
            "honourGpc",
            "mode",
            "names",
            "parameters",
            "fragment",
            "identifiers",
            "paths",
            "action",
            "attributes",
            "length",
            "to",
            "properties",
            "events",
            "schemas",
            "quarantine",
            "refused",
            "form",
            "contact",
            "perDevice",
            "identity",
            "retention");

    private static final Comparator<String> BY_PLACE = Comparator.comparingInt(
                    (String key) -> ORDER.contains(key) ? ORDER.indexOf(key) : ORDER.size())
            .thenComparing(Comparator.naturalOrder());

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    /** What some reader takes for a truth value or for nothing. */
    private static final Set<String> NO_WORDS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    static String write(Map<String, ?> document) {
        var text = new YamlText();
        text.map(document, "");
        return text.out.toString();
    }

    private void map(Map<?, ?> map, String indent) {
        var keys = new ArrayList<String>();
        map.keySet().forEach(key -> keys.add((String) key));
        keys.sort(BY_PLACE);
        var before = "";
        for (var key : keys) {
            out.append(before).append(scalar(key)).append(':');
            value(map.get(key), indent);
            before = indent;
        }
    }

    private void value(@Nullable Object value, String indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n').append(indent).append("  ");
            map(map, indent + "  ");
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            for (Object item : list) {
                out.append(indent).append("  -");
                item(item, indent + "    ");
            }
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void item(@Nullable Object item, String indent) {
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append(' ');
            map(map, indent);
        } else {
            out.append(' ').append(scalar(item)).append('\n');
        }
    }

    private static String scalar(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "{}";
        }
        if (value instanceof List<?>) {
            return "[]";
        }
        if (value instanceof String text) {
            return WORD.matcher(text).matches() && !NO_WORDS.contains(text.toLowerCase(Locale.ROOT))
                    ? text
                    : quoted(text);
        }
        if (value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            return value.toString();
        }
        throw new IllegalArgumentException("nothing that a document holds");
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (shown(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }

    /** Whether a character means itself within quotes, and can be seen. */
    private static boolean shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c == ' ' || Character.getType(c) != Character.SPACE_SEPARATOR;
        };
    }
}
