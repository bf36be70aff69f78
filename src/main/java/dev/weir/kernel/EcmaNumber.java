package dev.weir.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The one spelling of a number, as ECMAScript writes it and RFC 8785 wants it: the fewest digits that give the same number back, and
 * of those the nearest. Java's own spelling differs, and before JDK 19 isn't always the shortest.
 */
final class EcmaNumber {

    /** Digits that tell every double from every other. */
    private static final int MOST_DIGITS = 17;

    /** From this exponent on, and from {@value #LEAST_PLAIN} down, the exponent is written out. */
    private static final int MOST_PLAIN = 21;

    private static final int LEAST_PLAIN = -6;

    private EcmaNumber() {}

    static String write(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("JSON has no such number");
        }
        if (number == 0) {
            return "0";
        }
        return number < 0 ? "-" + positive(-number) : positive(number);
    }

    private static String positive(double number) {
        var shortest = shortest(number);
        var digits = shortest.unscaledValue().toString();
        // The number is 0.digits times ten to this power.
        int point = digits.length() - shortest.scale();
        int count = digits.length();
        if (count <= point && point <= MOST_PLAIN) {
            return digits + "0".repeat(point - count);
        }
        if (point > 0 && point <= MOST_PLAIN) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (point > LEAST_PLAIN && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        var power = "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
        return count == 1 ? digits + power : digits.charAt(0) + "." + digits.substring(1) + power;
    }

    private static BigDecimal shortest(double number) {
        var exact = new BigDecimal(number);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            // Both neighbours: below a power of two the farther one may be the one that comes back.
            var below = exact.round(new MathContext(digits, RoundingMode.DOWN));
            var above = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean belowIs = below.doubleValue() == number;
            boolean aboveIs = above.doubleValue() == number;
            if (belowIs && aboveIs) {
                boolean nearer = exact.subtract(below).compareTo(above.subtract(exact)) <= 0;
                return bare(nearer ? below : above);
            }
            if (belowIs || aboveIs) {
                return bare(belowIs ? below : above);
            }
        }
        return bare(exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)));
    }

    private static BigDecimal bare(BigDecimal number) {
        return number.stripTrailingZeros();
    }
}
