package dev.weir.changelog;

import dev.weir.changelog.proof.Row;
import dev.weir.changelog.proof.Sealed;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the canonical content of a row from an entry, and sets apart what may be erased later. Knows no database. */
final class Wording {

    static final int FORMAT = 1;

    /** Characters of one value; of a longer one only length and hash are kept. */
    static final int LONGEST_VALUE = 32_768;

    private static final int LONGEST_PERSONAL = 8_000;

    /** A sealed value, and whose it is. */
    record Personal(String about, Sealed value) {}

    private final Map<String, Personal> personal = new HashMap<>();
    private final String content;

    Wording(Entry entry, long sequence, Instant at, String previous, String correlation) {
        var row = new TreeMap<String, @Nullable Object>();
        row.put("format", FORMAT);
        row.put("sequence", sequence);
        row.put("time", at.toString());
        row.put("actor", actor(entry));
        row.put("action", entry.action());
        row.put(
                "object",
                Map.of("kind", entry.thing().kind(), "id", whole(entry.thing().id())));
        row.put(
                "environment",
                entry.thing().environment().map(EnvironmentKey::value).orElse(null));
        row.put("before", values(entry.fields(), Entry.Field::before, Entry.Field::aboutBefore));
        row.put("after", values(entry.fields(), Entry.Field::after, Entry.Field::about));
        row.put("reason", entry.reason().isEmpty() ? null : seal("", entry.reason()));
        row.put("correlation", correlation);
        row.put("previous", previous);
        this.content = CanonicalJson.write(row);
    }

    String content() {
        return content;
    }

    /** By commitment. */
    Map<String, Personal> personal() {
        return personal;
    }

    private Map<String, Object> actor(Entry entry) {
        var actor = entry.actor();
        var values = new TreeMap<String, Object>();
        values.put("subject", whole(actor.subject()));
        values.put("means", actor.means().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (!actor.instrument().isEmpty()) {
            values.put("instrument", whole(actor.instrument()));
        }
        values.put("name", seal(actor.subject(), actor.name()));
        return values;
    }

    /** Null where no field had, or has, a value. */
    private @Nullable Map<String, Object> values(
            List<Entry.Field> fields,
            Function<Entry.Field, @Nullable Object> side,
            Function<Entry.Field, String> about) {
        var values = new TreeMap<String, Object>();
        for (Entry.Field field : fields) {
            var value = side.apply(field);
            if (value != null) {
                values.put(
                        whole(field.name()),
                        about.apply(field).isEmpty()
                                ? bounded(plain(value))
                                : seal(about.apply(field), value.toString()));
            }
        }
        return values.isEmpty() ? null : values;
    }

    private Map<String, Object> seal(String about, String value) {
        var text = whole(value);
        var sealed =
                Sealed.fresh(text.substring(0, text.offsetByCodePoints(0, Math.min(LONGEST_PERSONAL, points(text)))));
        personal.put(sealed.commitment(), new Personal(whole(about), sealed));
        return Map.of(Row.SEALED, sealed.commitment());
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Object bounded(Object value) {
        var text = CanonicalJson.write(value);
        return text.length() <= LONGEST_VALUE
                ? value
                : Map.of("length", text.length(), "sha256", CanonicalJson.sha256(text));
    }

    private static Object plain(Object value) {
        if (value instanceof String text) {
            return whole(text);
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list.stream().map(Wording::plain).toList());
        }
        if (value instanceof Map<?, ?> map) {
            var copy = new TreeMap<String, Object>();
            map.forEach((key, inner) -> copy.put(whole((String) key), plain(inner)));
            return copy;
        }
        return value;
    }

    /** Halves of surrogate pairs have no canonical form, and NUL none in PostgreSQL. */
    private static String whole(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? 0xFFFD
                        : point)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
