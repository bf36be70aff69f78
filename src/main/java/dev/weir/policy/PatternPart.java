package dev.weir.policy;

import dev.weir.policy.PatternSubset.Refused;
import java.util.BitSet;

/**
 * A part of a pattern.
 *
 * @param re2 the part for RE2, with both cases of each letter spelt out
 * @param chars all characters that it may take
 * @param first characters that it may begin with
 * @param empty whether it may take nothing
 * @param fixed whether a given text can be taken in one way only and with one length
 * @param open whether it holds a repeat without an end
 * @param delimited whether it begins or ends with a character that can't stand elsewhere in it
 * @param ways how many ways there may be to take a text
 * @param size how much it unfolds to
 * @param assertion whether it looks at a position and takes nothing
 * @param literals what a text must hold
 */
record PatternPart(
        String re2,
        BitSet chars,
        BitSet first,
        boolean empty,
        boolean fixed,
        boolean open,
        boolean delimited,
        double ways,
        int size,
        boolean assertion,
        Literals literals) {

    /** Ways to match one and the same text that a backtracking engine may have to try. */
    private static final double MAX_WAYS = 5000;

    /** Instructions that all counted repeats together may unfold to. */
    private static final int MAX_SIZE = 2000;

    static PatternPart one(String re2, BitSet chars) {
        return new PatternPart(re2, chars, chars, false, true, false, false, 1, 1, false, Literals.UNKNOWN);
    }

    /** The same, where it takes these characters and no other ones. */
    static PatternPart known(String re2, BitSet chars) {
        return new PatternPart(re2, chars, chars, false, true, false, false, 1, 1, false, Literals.one(chars));
    }

    static PatternPart position(String re2) {
        return new PatternPart(re2, new BitSet(), new BitSet(), true, true, false, false, 1, 1, true, Literals.EMPTY);
    }

    /** Takes exactly one character. */
    boolean single() {
        return fixed && !empty && size == 1;
    }

    PatternPart grouped() {
        return new PatternPart(
                "(?:" + re2 + ")", chars, first, empty, fixed, open, delimited, ways, size, false, literals);
    }

    /** This one or the other; {@link #grouped} when all of them are together. */
    PatternPart or(PatternPart other) {
        boolean apart = !first.intersects(other.first) && !empty && !other.empty;
        return new PatternPart(
                re2 + "|" + other.re2,
                CharacterSets.union(chars, other.chars),
                CharacterSets.union(first, other.first),
                empty || other.empty,
                fixed && other.fixed && apart,
                open || other.open,
                false,
                apart ? Math.max(ways, other.ways) : ways + other.ways,
                size + other.size + 1,
                false,
                literals.or(other.literals));
    }

    /**
     * This part again and again.
     *
     * @param max the most times; negative for no end
     * @param here where the quantifier stands
     */
    PatternPart repeated(String quantifier, int min, int max, int here) throws Refused {
        boolean endless = max < 0;
        if (endless && open) {
            throw new Refused(here, "a repeat without an end inside a repeat without an end");
        }
        double more = fixed || max == 1 ? ways : unfixed(max, here);
        if (open && max != 1) {
            throw new Refused(here, "a repeat without an end inside a repeat");
        }
        int count = endless ? Math.max(min, 1) : max;
        return new PatternPart(
                        "(?:" + re2 + ")" + quantifier,
                        chars,
                        first,
                        min == 0,
                        fixed && min == max,
                        open || endless,
                        false,
                        endless ? more : Math.max(more, max - min + 1.0),
                        size * count + (min == max && count == 1 ? 0 : 1),
                        false,
                        literals.repeated(min, max))
                .limited(here);
    }

    /** The ways when something of no fixed length is repeated: few, or kept apart by a separator. */
    private double unfixed(int max, int here) throws Refused {
        double power = max < 0 ? Double.POSITIVE_INFINITY : Math.pow(Math.max(2, ways), max);
        if (power <= MAX_WAYS) {
            return power;
        }
        if (!delimited) {
            throw new Refused(
                    here, "what is repeated here has no fixed length, so it must begin or end with a separator");
        }
        return ways;
    }

    PatternPart limited(int here) throws Refused {
        limit(ways, size, here);
        return this;
    }

    static void limit(double ways, int size, int here) throws Refused {
        if (ways > MAX_WAYS || size > MAX_SIZE) {
            throw new Refused(here, "this could take too long to match");
        }
    }
}
