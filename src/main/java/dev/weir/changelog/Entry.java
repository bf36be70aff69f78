package dev.weir.changelog;

import dev.weir.kernel.Actor;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, about to be written. Values are what canonical JSON takes: texts, whole numbers, booleans, lists and objects;
 * {@code null} where there was or is nothing. Never a password, a key or a token, not even as a hash.
 *
 * @param action what was done, as a participle with hyphens: {@code origin-added}
 * @param reason empty where none was asked for
 */
public record Entry(Actor actor, String action, Thing thing, List<Field> fields, String reason) {

    /** @param aboutBefore whose personal value it was, and {@code about}, whose it is, as subjects; empty where it is nobody's */
    record Field(
            String name, @Nullable Object before, @Nullable Object after, String aboutBefore, String about) {}

    public Entry {
        if (!Thing.WORD.matcher(action).matches()) {
            throw new IllegalArgumentException("an action has at most 32 letters and hyphens");
        }
        fields = List.copyOf(fields);
    }

    public static Entry of(Actor actor, String action, Thing thing) {
        return new Entry(actor, action, thing, List.of(), "");
    }

    /** A field that had one value and has another one now; equal values are no change. */
    public Entry change(String field, @Nullable Object before, @Nullable Object after) {
        return with(new Field(field, before, after, "", ""));
    }

    /** A field whose value may have to be forgotten. */
    public Entry personal(String field, String about, @Nullable String before, @Nullable String after) {
        return personal(field, about, before, about, after);
    }

    /** As {@link #personal(String, String, String, String)}, where it was one person's and is another's; empty for nobody's. */
    public Entry personal(
            String field, String aboutBefore, @Nullable String before, String about, @Nullable String after) {
        return with(new Field(field, before, after, aboutBefore, about));
    }

    public Entry because(String why) {
        return new Entry(actor, action, thing, fields, why);
    }

    public boolean changesNothing() {
        return fields.isEmpty();
    }

    /** A field that is told although it may hold the same as before: the rules of a list that were only moved. */
    public Entry noted(String field, @Nullable Object before, @Nullable Object after) {
        return adding(new Field(field, before, after, "", ""));
    }

    private Entry with(Field field) {
        return Objects.equals(field.before(), field.after()) ? this : adding(field);
    }

    private Entry adding(Field field) {
        var more = Stream.concat(fields.stream(), Stream.of(field)).toList();
        return new Entry(actor, action, thing, more, reason);
    }
}
