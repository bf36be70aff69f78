package dev.weir.policy;

/** Recognises path segments that name one thing among many: numbers, UUIDs, tokens. Knows shapes, not meanings. */
final class Identifiers {

    /** Hexadecimal digits that are all letters. */
    private static final int SHORTEST_WITHOUT_DIGIT = 12;

    private Identifiers() {}

    static boolean looksLikeOne(String segment) {
        return (segment.length() >= SHORTEST_WITHOUT_DIGIT || hasDigit(segment))
                && Expressions.IDENTIFIER.matcher(segment).find();
    }

    private static boolean hasDigit(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if (Ascii.digit(segment, i)) {
                return true;
            }
        }
        return false;
    }
}
