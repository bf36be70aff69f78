package dev.weir.policy;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Sets of characters as {@link PatternSubset} counts them: the ASCII ones each, all others as one. Never changes its arguments. */
final class CharacterSets {

    /** Stands for every character that isn't ASCII. */
    static final int OTHER = 128;

    private CharacterSets() {}

    static BitSet all() {
        var chars = new BitSet();
        chars.set(0, OTHER + 1);
        return chars;
    }

    static BitSet of(char c) {
        var chars = new BitSet();
        chars.set(Math.min(c, OTHER));
        return chars;
    }

    /** What {@code \d}, {@code \w}, {@code \s} and their opposites stand for. */
    static BitSet named(char name) {
        var chars = new BitSet();
        switch (Character.toLowerCase(name)) {
            case 'd' -> chars.set('0', '9' + 1);
            case 'w' -> {
                chars.set('0', '9' + 1);
                chars.set('a', 'z' + 1);
                chars.set('A', 'Z' + 1);
                chars.set('_');
            }
            default -> chars.set(' ');
        }
        return Character.isUpperCase(name) ? others(chars) : chars;
    }

    static BitSet union(BitSet one, BitSet other) {
        var chars = (BitSet) one.clone();
        chars.or(other);
        return chars;
    }

    static BitSet others(BitSet chars) {
        var others = (BitSet) chars.clone();
        others.flip(0, OTHER + 1);
        return others;
    }

    static BitSet bothCases(BitSet chars) {
        var both = (BitSet) chars.clone();
        for (char c = 'a'; c <= 'z'; c++) {
            char upper = (char) (c - 32);
            if (chars.get(c) || chars.get(upper)) {
                both.set(c);
                both.set(upper);
            }
        }
        return both;
    }

    /** The ASCII characters of a set, for a class of RE2. */
    static String spelt(BitSet chars) {
        var out = new StringBuilder();
        chars.stream().forEach(c -> out.append(String.format(Locale.ROOT, "\\x{%02x}", c)));
        return out.toString();
    }

    /** A character that isn't ASCII and its other cases, for a class of RE2. */
    static String spelt(char c) {
        var out = new StringBuilder();
        for (char same : Cases.like(c).toCharArray()) {
            out.append(String.format(Locale.ROOT, "\\x{%x}", (int) same));
        }
        return out.toString();
    }

    /** The same without its other cases. */
    static String alone(char c) {
        return String.format(Locale.ROOT, "\\x{%x}", (int) c);
    }

    /** Which characters JavaScript takes for one another without regard to case. */
    private static final class Cases {

        private static final Map<Character, StringBuilder> BY_CANON = new HashMap<>();

        static {
            for (char c = OTHER; c < '\ud800'; c++) {
                BY_CANON.computeIfAbsent(canon(c), ignored -> new StringBuilder())
                        .append(c);
            }
        }

        private Cases() {}

        static String like(char c) {
            var same = BY_CANON.get(canon(c));
            return same == null ? String.valueOf(c) : same.toString();
        }

        private static char canon(char c) {
            var upper = String.valueOf(c).toUpperCase(Locale.ROOT);
            return upper.length() != 1 || upper.charAt(0) < OTHER ? c : upper.charAt(0);
        }
    }
}
