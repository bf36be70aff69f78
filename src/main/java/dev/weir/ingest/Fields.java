package dev.weir.ingest;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the values of the wire contract's fields mean; anything of another form is absent. Never throws. */
final class Fields {

    private Fields() {}

    /** Text of at most {@code most} code points; null when it is absent, no text, or longer. */
    static @Nullable String text(@Nullable Object value, int most) {
        return value instanceof String text && fits(text, most) ? text : null;
    }

    static boolean fits(String text, int most) {
        return text.length() <= most || text.codePointCount(0, text.length()) <= most;
    }

    /** The same, not empty; a whole number counts as its digits. */
    static @Nullable String name(@Nullable Object value, int most) {
        boolean whole = value instanceof Long || value instanceof BigInteger;
        var text = whole ? String.valueOf(value) : text(value, most);
        return text == null || text.isEmpty() || text.length() > most * 2 ? null : text;
    }

    /** Decimal digits of a number from 0 to 2^53 - 1, sent as a number or as text. */
    static @Nullable String userId(@Nullable Object value) {
        var digits = name(value, 16);
        if (digits == null || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return digits.length() <= 16 && Long.parseLong(digits) < Shape.SAFE ? digits : null;
    }

    /** A number's value; 0 for whatever is none. */
    static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    /** The members of an object read as {@link Shape#ANY}; nothing if it is none. */
    @SuppressWarnings("unchecked")
    static Optional<Map<String, @Nullable Object>> properties(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Optional.of((Map<String, @Nullable Object>) map) : Optional.empty();
    }
}
