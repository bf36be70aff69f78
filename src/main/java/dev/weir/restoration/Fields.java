package dev.weir.restoration;

import dev.weir.kernel.CanonicalJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What changed, in lines for people. Of the rules of a policy each one that came, went, moved or changed is told apart, and of one that
 * changed each field.
 */
public final class Fields {

    /** By these, in this order, people know a rule. */
    private static final List<String> NAMES = List.of("selector", "detector", "label", "pattern", "name");

    /** Characters of a value in a list; a page of its own shows more. */
    private static final int SHORT = 160;

    private final int most;
    private final boolean whole;
    private final List<Field> told = new ArrayList<>();

    private Fields(int most, boolean whole) {
        this.most = most;
        this.whole = whole;
    }

    /** One field: what went and what came. */
    public record Field(String name, List<Line> lines) {}

    /** {@code kind} is {@code del} or {@code add}, as the design system's differences have it. */
    public record Line(String kind, String text) {}

    /**
     * @param most items of a list
     * @param whole whether long values are shown to their end
     * @param rules whether lists are lists of rules
     */
    public static List<Field> of(Map<String, Versioned.Pair> changes, int most, boolean whole, boolean rules) {
        var fields = new Fields(most, whole);
        var sorted = new TreeMap<>(changes);
        // Rules first: of many fields only the first are shown among other rows.
        sorted.forEach((name, pair) -> {
            if (rules && listed(pair)) {
                fields.rules(name, items(pair.then()), items(pair.now()));
            }
        });
        sorted.forEach((name, pair) -> {
            if (!rules || !listed(pair)) {
                fields.plain(name, pair.then(), pair.now());
            }
        });
        return fields.told;
    }

    private static boolean listed(Versioned.Pair pair) {
        return pair.then() instanceof List<?> || pair.now() instanceof List<?>;
    }

    private void plain(String name, @Nullable Object then, @Nullable Object now) {
        var lines = new ArrayList<Line>();
        add(lines, "del", then);
        add(lines, "add", now);
        told.add(new Field(name, lines));
    }

    private void add(List<Line> lines, String kind, @Nullable Object value) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            list.stream().limit(most).forEach(item -> lines.add(new Line(kind, text(item))));
            if (list.size() > most) {
                lines.add(new Line(kind, "… and " + (list.size() - most) + " more"));
            }
        } else if (value != null) {
            lines.add(new Line(kind, text(value)));
        }
    }

    private void rules(String path, List<Object> gone, List<Object> come) {
        var added = new ArrayList<>(come);
        var removed = new ArrayList<>();
        var moved = new ArrayList<>();
        for (Object rule : gone) {
            if (added.remove(rule)) {
                moved.add(rule);
            } else {
                removed.add(rule);
            }
        }
        for (Object rule : List.copyOf(removed)) {
            added.stream().filter(other -> same(rule, other)).findFirst().ifPresent(other -> {
                removed.remove(rule);
                added.remove(other);
                changed(path, (Map<?, ?>) rule, (Map<?, ?>) other);
            });
        }
        each(path, "removed", "del", removed);
        each(path, "added", "add", added);
        each(path, "moved", "add", moved);
    }

    /** Names and patterns stand together, a rule of several fields for itself. */
    private void each(String path, String what, String kind, List<Object> rules) {
        var plain = rules.stream().filter(rule -> !(rule instanceof Map<?, ?>)).toList();
        if (!plain.isEmpty()) {
            var lines = new ArrayList<Line>();
            add(lines, kind, plain);
            told.add(new Field(path + ": " + (plain.size() == 1 ? "rule " : "rules ") + what, lines));
        }
        rules.forEach(rule -> {
            if (rule instanceof Map<?, ?> map) {
                told.add(new Field(
                        path + ": rule " + what,
                        new TreeMap<Object, Object>(map)
                                .entrySet().stream()
                                        .map(field -> new Line(kind, field.getKey() + ": " + text(field.getValue())))
                                        .toList()));
            }
        });
    }

    private void changed(String path, Map<?, ?> then, Map<?, ?> now) {
        var lines = new ArrayList<Line>();
        var names = new TreeMap<Object, Object>(then);
        names.putAll(now);
        for (Object name : names.keySet()) {
            if (!Objects.equals(then.get(name), now.get(name))) {
                line(lines, "del", name, then.get(name));
                line(lines, "add", name, now.get(name));
            }
        }
        told.add(new Field(path + ": rule changed (" + text(Objects.requireNonNull(name(then))) + ")", lines));
    }

    private void line(List<Line> lines, String kind, Object name, @Nullable Object value) {
        if (value != null) {
            lines.add(new Line(kind, name + ": " + text(value)));
        }
    }

    private static boolean same(Object one, Object other) {
        return one instanceof Map<?, ?> a
                && other instanceof Map<?, ?> b
                && name(a) != null
                && Objects.equals(name(a), name(b));
    }

    private static @Nullable Object name(Map<?, ?> rule) {
        return NAMES.stream()
                .map(rule::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static List<Object> items(@Nullable Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list) : value == null ? List.of() : List.of(value);
    }

    private String text(Object value) {
        var text = value instanceof String plain ? plain : CanonicalJson.write(value);
        return whole || text.length() <= SHORT ? text : text.substring(0, text.offsetByCodePoints(0, SHORT / 2)) + "…";
    }

    /** Of a row: by field, with what it said before as {@code then}. */
    public static Map<String, Versioned.Pair> pairs(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        var pairs = new LinkedHashMap<String, Versioned.Pair>();
        before.forEach((name, value) -> pairs.put(name, new Versioned.Pair(value, after.get(name))));
        after.forEach((name, value) -> pairs.putIfAbsent(name, new Versioned.Pair(before.get(name), value)));
        return pairs;
    }
}
