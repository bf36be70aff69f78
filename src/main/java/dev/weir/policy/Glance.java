package dev.weir.policy;

import org.jspecify.annotations.Nullable;

/**
 * One quick walk over a text: which kinds of characters it holds, as bits, so that most texts need no longer look. Errs on one side only:
 * never calls harmless what a detector, a pair or an encoding could be in.
 */
final class Glance {

    /** Shortest run of letters, digits, {@code _} and {@code -} that can be a key of an interface. */
    private static final int SHORTEST_KEY = 16;

    /** With so many digits there is no number yet that anybody looks for. */
    private static final int FEW = 3;

    /** Characters in which something is written that is not seen at once; and all that are not printable ASCII. */
    private static final String SIGNS = "@=\"%&\\";

    private static final long WORTH = 1L << 26;
    private static final long CAPITAL_B = 1L << 27;
    private static final long CAPITAL_J = 1L << 28;
    private static final int FREE = 29;

    private static final long DIGIT = 1L << 63;
    private static final long[] KINDS = new long[128];

    static {
        int free = FREE;
        for (char c = 0; c < 128; c++) {
            if (Ascii.is(c, Ascii.LETTER)) {
                KINDS[c] = 1L << ((c | 32) - 'a');
            } else if (Ascii.is(c, Ascii.DIGIT)) {
                KINDS[c] = DIGIT;
            } else if (c < ' ' || c > '~' || SIGNS.indexOf(c) >= 0) {
                KINDS[c] = WORTH;
            } else {
                KINDS[c] = 1L << free++;
            }
        }
        KINDS['B'] |= CAPITAL_B;
        KINDS['J'] |= CAPITAL_J;
    }

    private static final long PRIVATE_KEY = CAPITAL_B | character('-');
    private static final long BASIC = character('a') | character('s') | character('i') | character('c');
    private static final long BEARER = character('e') | character('a') | character('r');
    private static final long B = character('b');
    private static final long COLON = character(':');

    private Glance() {}

    /** A bit for each kind of character in the text. */
    static long at(String text) {
        long seen = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                return WORTH;
            }
            seen |= KINDS[c];
        }
        return seen;
    }

    /** What a text holds, at least, in which this stands in any case of its letters. */
    static long needed(String literal) {
        long needed = 0;
        for (int i = 0; i < literal.length(); i++) {
            needed |= character(literal.charAt(i));
        }
        return needed;
    }

    private static long character(char c) {
        return c < 128 ? KINDS[c] & ~(CAPITAL_B | CAPITAL_J) : WORTH;
    }

    static boolean has(long seen, long all) {
        return (seen & all) == all;
    }

    static boolean digits(long seen) {
        return seen < 0;
    }

    /**
     * Whether no detector, no pair and no encoding can be in the text that was seen like this. {@code key} is the name under which it came;
     * {@code keys} says whether keys of interfaces without a digit are looked for.
     */
    static boolean harmless(long seen, String text, @Nullable String key, boolean keys) {
        if ((seen & (WORTH | CAPITAL_J)) != 0 || has(seen, PRIVATE_KEY)) {
            return false;
        }
        return !(has(seen, BASIC) && spelt(text, "asic"))
                && !((keys || digits(seen)) && hasKey(text))
                && (!digits(seen) || harmlessDigits(seen, text, key));
    }

    /** A run of a key's length has one of the places in it that are that length apart. */
    private static boolean hasKey(String text) {
        for (int at = SHORTEST_KEY - 1; at < text.length(); at += SHORTEST_KEY) {
            int from = at + 1;
            while (at - from < SHORTEST_KEY && Ascii.is(text, from - 1, Ascii.NAME)) {
                from--;
            }
            if (Ascii.run(text, from, Ascii.NAME, SHORTEST_KEY) - from == SHORTEST_KEY) {
                return true;
            }
        }
        return false;
    }

    private static boolean harmlessDigits(long seen, String text, @Nullable String key) {
        if ((seen & COLON) != 0 || (has(seen, BEARER) && spelt(text, "earer"))) {
            return false;
        }
        int digits = 0;
        boolean touching = false;
        for (int i = 0; i < text.length(); i++) {
            if (Ascii.digit(text, i)) {
                digits++;
                touching |= Ascii.is(text, i - 1, Ascii.LETTER);
            }
        }
        // One digit alone is neither that of a day nor that of a country's check.
        return digits <= 1
                || (digits <= FEW
                        && !touching
                        && (seen & B) == 0
                        && (key == null || (key.indexOf('b') < 0 && key.indexOf('B') < 0)));
    }

    /** Whether these small letters stand in a text of ASCII, in any case. */
    private static boolean spelt(String text, String letters) {
        int last = letters.length() - 1;
        for (int i = last; i < text.length(); i++) {
            if ((text.charAt(i) | 32) == letters.charAt(last) && text.regionMatches(true, i - last, letters, 0, last)) {
                return true;
            }
        }
        return false;
    }
}
