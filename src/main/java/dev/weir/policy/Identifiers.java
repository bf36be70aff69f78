package dev.weir.policy;

/** Recognises path segments that name one thing among many: numbers, UUIDs, tokens. Knows shapes, not meanings. */
final class Identifiers {

    private Identifiers() {}

    static boolean looksLikeOne(String segment) {
        return Expressions.IDENTIFIER.matcher(segment).find();
    }
}
