package dev.weir.catalog.matching;

import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers and other values of properties, as texts that can be compared. */
final class Numbers {

    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?([eE][+-]?[0-9]{1,3})?");

    private Numbers() {}

    static OptionalDouble of(String text) {
        return FORM.matcher(text).matches() ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }

    /** {@code 3} for 3 and for 3.0: a sender's number format is no difference. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
        }
        return value == null ? null : value.toString();
    }
}
