package dev.weir.policy;

import dev.weir.policy.PatternSubset.Refused;

/** Goes through a pattern from left to right. */
final class PatternCursor {

    private final String pattern;
    private int at;

    PatternCursor(String pattern) {
        this.pattern = pattern;
    }

    int at() {
        return at;
    }

    boolean more() {
        return at < pattern.length();
    }

    /** Whether this comes next. */
    boolean sees(String text) {
        return pattern.startsWith(text, at);
    }

    boolean seesOneOf(String characters) {
        return more() && characters.indexOf(pattern.charAt(at)) >= 0;
    }

    /** A hyphen that joins two members of a class. */
    boolean seesRange() {
        return sees("-") && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
    }

    char next() {
        return pattern.charAt(at++);
    }

    /** Takes what comes next if it is this. */
    boolean take(String text) {
        if (sees(text)) {
            at += text.length();
            return true;
        }
        return false;
    }

    /** The character after a backslash, which stands at {@code here}: a named set or punctuation. */
    char escaped(int here) throws Refused {
        if (!more()) {
            throw new Refused(here, "a pattern can't end with a backslash");
        }
        return next();
    }

    String since(int start) {
        return pattern.substring(start, at);
    }
}
