package dev.weir.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers as JavaScript writes them, so that both engines look at the same digits. */
final class Numerals {

    private static final int MAX_BITS = 3400;

    private Numerals() {}

    /** Null for what is no number to keep: not finite, or longer than any text may be. */
    static @Nullable String text(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.toString();
        }
        if (number instanceof BigInteger whole) {
            return whole.bitLength() > MAX_BITS ? null : whole.toString();
        }
        double value = number.doubleValue();
        return Double.isFinite(value) ? text(value) : null;
    }

    private static String text(double value) {
        if (value == 0) {
            return "0";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            return Long.toString((long) value);
        }
        var few = few(value);
        if (few != null) {
            return few;
        }
        var digits = shortest(Math.abs(value));
        var all = digits.unscaledValue().toString();
        int point = all.length() - digits.scale();
        return (value < 0 ? "-" : "") + written(all, point);
    }

    /**
     * With up to six decimal places, as prices have; null where they are not enough. Two such numbers of fifteen digits never are the
     * same double, so the one that reads back is the shortest.
     */
    private static @Nullable String few(double value) {
        double size = Math.abs(value);
        double power = 1;
        for (int places = 1; places <= 6; places++) {
            power *= 10;
            double scaled = Math.rint(size * power);
            if (scaled >= 1e15) {
                return null;
            }
            if (scaled / power == size) {
                var digits = Long.toString((long) scaled);
                return (value < 0 ? "-" : "") + written(digits, digits.length() - places);
            }
        }
        return null;
    }

    /** ECMAScript, Number::toString: {@code point} digits stand before the decimal point. */
    private static String written(String digits, int point) {
        int count = digits.length();
        if (point > 0 && point <= 21) {
            return count <= point
                    ? digits + "0".repeat(point - count)
                    : digits.substring(0, point) + "." + digits.substring(point);
        }
        if (point <= 0 && point > -6) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        return digits.charAt(0)
                + (count == 1 ? "" : "." + digits.substring(1))
                + (exponent < 0 ? "e-" : "e+")
                + Math.abs(exponent);
    }

    /** The shortest decimal that reads back as the same number. {@code Double.toString} of Java 17 is not always that. */
    private static BigDecimal shortest(double value) {
        var exact = new BigDecimal(value);
        for (int precision = 1; precision < 17; precision++) {
            var rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
