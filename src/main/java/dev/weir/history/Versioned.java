package dev.weir.history;

import dev.weir.changelog.proof.Row;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kinds of things whose versions the log can tell, and the fields that make one. Secrets are in no row, so in no version. */
enum Versioned {
    ENVIRONMENT("environment", "name|kind|critical", "name|critical"),
    APP("app-id", "label|origin|origins|server key|retires", "label|origin .*"),
    DEFINITION("definition", "(?!waived$).*", "(?!status$|personal$).*"),
    VIEW("saved-view", "name|filter|shared", ".*"),
    PERSON("account", "name|login|role|disabled|environments", ""),
    MATCHER("matcher", "version", ".*"),
    STANDARDS("standards", ".*", "");

    /** Each origin of an App ID is a field of its own: it is there or not. */
    static final String ORIGIN = "origin ";

    private final String kind;
    private final String fields;
    private final String back;

    /**
     * @param fields of a row that make a version, as a pattern
     * @param back those of them that can come back, likewise
     */
    Versioned(String kind, String fields, String back) {
        this.kind = kind;
        this.fields = fields;
        this.back = back;
    }

    /** Whether restoring a version would change anything. */
    boolean restores(Timeline.Past past) {
        return past.since().keySet().stream().anyMatch(field -> field.matches(back));
    }

    String kind() {
        return kind;
    }

    /** What a field was at one time and at another. */
    record Pair(@Nullable Object then, @Nullable Object now) {}

    /** What a row changed of such a thing, by field; personal values in words, where they are not erased. */
    SortedMap<String, Pair> changes(Row row) {
        var changes = new TreeMap<String, Pair>();
        row.before().forEach((name, value) -> put(changes, (String) name, RowView.opened(row, value), null));
        row.after().forEach((name, value) -> put(changes, (String) name, null, RowView.opened(row, value)));
        return changes;
    }

    private void put(Map<String, Pair> changes, String field, @Nullable Object then, @Nullable Object now) {
        if (!field.matches(fields)) {
            return;
        }
        if (field.equals("origins") || field.equals("origin")) {
            items(then).forEach(origin -> merge(changes, ORIGIN + origin, "allowed", null));
            items(now).forEach(origin -> merge(changes, ORIGIN + origin, null, "allowed"));
        } else {
            merge(changes, field, then, now);
        }
    }

    private static void merge(Map<String, Pair> changes, String field, @Nullable Object then, @Nullable Object now) {
        changes.merge(
                field,
                new Pair(then, now),
                (old, more) -> new Pair(
                        old.then() == null ? more.then() : old.then(), old.now() == null ? more.now() : old.now()));
    }

    private static List<?> items(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list ? list : List.of(value);
    }
}
