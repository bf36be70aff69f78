package dev.weir.restoration;

import dev.weir.changelog.proof.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kinds of things whose versions the log can tell, and the fields that make one. Secrets are in no row, so in no version. */
public enum Versioned {
    ENVIRONMENT(
            "environment",
            "name|kind|critical",
            "name|critical",
            "Its name, and whether it is critical, can come back; what it is for never changes. An Admin agrees, who may be who asked; that it be"
                    + " critical no longer is asked for by one Admin and agreed to by another."),
    APP(
            "app-id",
            "label|origin|origins|server key|retires",
            "label|origin .*",
            "What it is for and its origins can come back, all of it or nothing, by the rules of an edit: nothing of somebody's own machine for"
                    + " production. A server key never comes back, required or not, and a retired App ID stays retired. An Admin agrees, who may"
                    + " be who asked."),
    DEFINITION(
            "definition",
            "(?!waived$).*",
            "(?!status$|personal$).*",
            "What it says can come back, as by an edit: what was verified is a draft again. Its status never comes back, nor does it become"
                    + " somebody's personal draft again. An Admin or Architect agrees, who may be who asked."),
    VIEW(
            "saved-view",
            "name|filter|shared",
            ".*",
            "Its name, its question and whether it is shared can come back. Who made it agrees. A view that was removed does not come back."),
    PERSON(
            "account",
            "name|login|role|disabled|environments",
            "role|disabled|environments",
            "Role, whether they may sign in, and which environments are their own can come back. Passwords, links, sessions that were ended and"
                    + " tokens that were revoked never do. An Admin agrees, who may be who asked; the last Admin who can sign in stays one."),
    MATCHER(
            "matcher",
            "version",
            ".*",
            "An earlier version can come into effect again. The page of the matcher shows what that changes. An Admin or Architect agrees, who may"
                    + " be who asked."),
    STANDARDS(
            "standards",
            ".*",
            ".*",
            "What was asked of definitions can be asked again; the page of the standards shows what holds now, and what another would mean."
                    + " An Admin or Architect agrees, who may be who asked.");

    /** What is left in a page of a personal value that was erased. */
    public static final String ERASED = "(erased)";

    /** Each origin of an App ID is a field of its own: it is there or not. */
    static final String ORIGIN = "origin ";

    private final String kind;
    private final String fields;
    private final String back;
    private final String terms;

    /**
     * @param fields of a row that make a version, as a pattern
     * @param back those of them that can come back, likewise
     * @param terms what can come back and who agrees to it, in words
     */
    Versioned(String kind, String fields, String back, String terms) {
        this.kind = kind;
        this.fields = fields;
        this.back = back;
        this.terms = terms;
    }

    public String terms() {
        return terms;
    }

    /** For people: "App ID", "saved view". */
    public String words() {
        return switch (this) {
            case APP -> "App ID";
            case PERSON -> "person";
            default -> kind.replace('-', ' ');
        };
    }

    public static Optional<Versioned> of(String kind) {
        return Arrays.stream(values())
                .filter(versioned -> versioned.kind.equals(kind))
                .findFirst();
    }

    /** Whether restoring a version would change anything. */
    public boolean restores(Timeline.Past past) {
        return !back(past).isEmpty();
    }

    /** What restoring a version would change; what was erased of it does not come back, and stays as it is. */
    SortedMap<String, Pair> back(Timeline.Past past) {
        var some = new TreeMap<>(past.since());
        some.entrySet()
                .removeIf(field -> !field.getKey().matches(back)
                        || ERASED.equals(field.getValue().then()));
        return some;
    }

    /** As rows of the change log have it. */
    public String kind() {
        return kind;
    }

    /** What a field was at one time and at another. */
    public record Pair(@Nullable Object then, @Nullable Object now) {

        /** The other way about: from what is to what was. */
        Pair turned() {
            return new Pair(/* then= */ now, /* now= */ then);
        }
    }

    /** What a row changed of such a thing, by field; personal values in words, where they are not erased. */
    public SortedMap<String, Pair> changes(Row row) {
        var changes = new TreeMap<String, Pair>();
        row.before().forEach((name, value) -> put(changes, (String) name, opened(row, value), null));
        row.after().forEach((name, value) -> put(changes, (String) name, null, opened(row, value)));
        return changes;
    }

    /** A personal value in words, while it is not erased. */
    public static @Nullable Object opened(Row row, @Nullable Object value) {
        return Row.isSealed(value) ? row.open(value).orElse(ERASED) : value;
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
