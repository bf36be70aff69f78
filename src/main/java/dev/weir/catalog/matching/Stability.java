package dev.weir.catalog.matching;

import dev.weir.event.Selector;
import dev.weir.event.Selector.Need;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How likely a filter is to go on matching while the site is rebuilt: 0 to 100, as much as the weakest thing it relies on, and
 * what would make it stronger.
 */
public record Stability(int score, Set<String> advice) {

    private static final int FIRM = 100;
    private static final int DATA = 85;
    private static final int ADDRESS = 75;
    private static final int CLASS = 60;
    private static final int ATTRIBUTE = 55;
    private static final int TEXT = 40;
    private static final int TAG = 30;
    private static final int POSITION = 20;
    private static final int GENERATED = 10;

    /** Names that tools make: css-1q2w3e, sc-bdVaJa, Button_root__3kQ9z, jsx-123456, a hash. */
    private static final Pattern TOOL =
            Pattern.compile("(css|sc|jsx|svelte|emotion|jss|styled)-(?=.*[0-9A-Z])[A-Za-z0-9-]{4,}"
                    + "|jss[0-9]+|ember[0-9]+|:r[0-9a-z]+:"
                    + "|.*__(?=[A-Za-z_-]*[0-9])(?=[0-9_-]*[A-Za-z])[A-Za-z0-9_-]{5,}"
                    + "|_?[a-z0-9]*[0-9][a-z0-9]*[0-9][a-z0-9]{4,}"
                    + "|[A-Za-z]+-?(?=[a-f]*[0-9])[0-9a-f]{6,}");

    /** Upper and lower case and digits, mixed as no word is. */
    private static final Pattern MIXED =
            Pattern.compile("(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9][A-Za-z].*[0-9])[A-Za-z0-9_-]{5,}");

    public Stability {
        advice = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(advice));
    }

    private record Weak(int score, String advice) {}

    public static Stability of(Filter filter) {
        var parts = new ArrayList<Weak>();
        collect(filter, parts);
        int score = parts.stream().mapToInt(Weak::score).min().orElse(FIRM);
        var advice = new LinkedHashSet<String>();
        parts.stream().map(Weak::advice).filter(text -> !text.isEmpty()).forEach(advice::add);
        return new Stability(score, advice);
    }

    public String words() {
        return score >= 75 ? "firm" : score >= 50 ? "fair" : score >= 30 ? "brittle" : "very brittle";
    }

    public String tone() {
        return score >= 75 ? "ok" : score >= 50 ? "info" : score >= 30 ? "warn" : "bad";
    }

    /** Whether a class name or an id looks as if a tool made it, so that the next build may make another one. */
    public static boolean generated(String name) {
        return TOOL.matcher(name).matches() || MIXED.matcher(name).matches();
    }

    private static void collect(Filter filter, List<Weak> parts) {
        if (filter instanceof Filter.All all) {
            all.parts().forEach(part -> collect(part, parts));
        } else if (filter instanceof Filter.Any any) {
            any.parts().forEach(part -> collect(part, parts));
        } else if (filter instanceof Filter.Condition condition) {
            parts.add(of(condition));
        } else if (filter instanceof Filter.Selected selected) {
            selector(selected.selector(), parts);
        }
        // What must not be there breaks nothing when it goes.
    }

    private static Weak of(Filter.Condition condition) {
        return switch (condition.field()) {
            case TEXT ->
                new Weak(
                        TEXT,
                        "A text changes with every rewording and translation: ask for an id or a data attribute.");
            case HREF, PATH -> new Weak(ADDRESS, "");
            case FORM ->
                generated(condition.value())
                        ? new Weak(
                                GENERATED, "The id of the form looks generated: the next build may make another one.")
                        : new Weak(FIRM, "");
            case EVENT, PROPERTY -> new Weak(FIRM, "");
        };
    }

    private static void selector(Selector selector, List<Weak> parts) {
        var text = selector.toString();
        if (text.contains(":nth-")) {
            parts.add(new Weak(POSITION, "A position changes as soon as something is put before it."));
        }
        for (var needs : selector.needs()) {
            var strong =
                    needs.stream().map(Stability::of).flatMap(Optional::stream).toList();
            parts.addAll(strong);
            if (strong.isEmpty()) {
                parts.add(new Weak(TAG, "A tag alone says little: add an id, a data attribute or a class."));
            }
        }
    }

    /** Empty for a tag: beside something else it neither helps nor harms. */
    private static Optional<Weak> of(Need need) {
        return switch (need.part()) {
            case TAG -> Optional.empty();
            case ID ->
                Optional.of(
                        generated(need.value())
                                ? new Weak(GENERATED, "An id looks generated: the next build may make another one.")
                                : new Weak(FIRM, ""));
            case CLASS ->
                Optional.of(
                        generated(need.value())
                                ? new Weak(
                                        GENERATED, "A class name looks generated: the next build may make another one.")
                                : new Weak(
                                        CLASS,
                                        "Classes are for looks: an id or a data attribute outlives a redesign."));
            case ATTRIBUTE -> Optional.of(new Weak(need.value().startsWith("data-") ? DATA : ATTRIBUTE, ""));
        };
    }
}
