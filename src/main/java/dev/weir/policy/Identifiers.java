package dev.weir.policy;

/** Recognises path segments that name one thing among many: numbers, UUIDs, tokens. Knows shapes, not meanings. */
final class Identifiers {

    /** Hexadecimal digits that are all letters. */
    private static final int SHORTEST_WITHOUT_DIGIT = 12;

    /** A number in the midst of others. */
    private static final int SHORTEST_NUMBER = 5;

    /** Letters and digits together. */
    private static final int SHORTEST_MIXED = 8;

    private Identifiers() {}

    static boolean looksLikeOne(String segment) {
        return perhaps(segment) && Expressions.IDENTIFIER.matcher(segment).find();
    }

    /** Whether it begins with a digit, or a run of letters and digits in it is long enough to be one. */
    private static boolean perhaps(String segment) {
        if (Ascii.digit(segment, 0)) {
            return true;
        }
        int from = 0;
        while (from < segment.length()) {
            int end = Ascii.run(segment, from, Ascii.ALPHANUMERIC);
            boolean digits = Ascii.digit(segment, from);
            if (end - from >= (digits ? SHORTEST_NUMBER : SHORTEST_WITHOUT_DIGIT)
                    || (end - from >= SHORTEST_MIXED && hasDigit(segment, from, end))) {
                return true;
            }
            from = end + 1;
        }
        return false;
    }

    private static boolean hasDigit(String segment, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Ascii.digit(segment, i)) {
                return true;
            }
        }
        return false;
    }
}
