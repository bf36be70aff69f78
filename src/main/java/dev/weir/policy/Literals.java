package dev.weir.policy;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text must hold so that a part of a pattern can match it, in small letters of ASCII.
 *
 * @param exact all texts that the part takes, where they are few and known; else null
 * @param required some of which every match holds one; null where nothing is known. Of {@code exact} too it is made where that is left
 */
record Literals(@Nullable Set<String> exact, @Nullable Set<String> required) {

    /** Nothing is known. */
    static final Literals UNKNOWN = new Literals(null, null);

    /** Takes no character. */
    static final Literals EMPTY = new Literals(Set.of(""), null);

    private static final int MOST = 8;
    private static final int LONGEST = 12;

    /** One character of a set. */
    static Literals one(BitSet chars) {
        if (chars.cardinality() > 2 * MOST || chars.get(CharacterSets.OTHER)) {
            return UNKNOWN;
        }
        var exact = new LinkedHashSet<String>();
        chars.stream().forEach(c -> exact.add(String.valueOf(small((char) c))));
        return exact.size() > MOST ? UNKNOWN : new Literals(exact, null);
    }

    static char small(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    /** What every match holds one of; null where nothing is known. */
    @Nullable
    Set<String> needed() {
        var needed = exact == null ? required : exact;
        return needed == null || needed.stream().anyMatch(String::isEmpty) ? null : needed;
    }

    /** This part or the other. */
    Literals or(Literals other) {
        if (exact != null && other.exact != null) {
            var both = union(exact, other.exact);
            if (both != null) {
                return new Literals(both, null);
            }
        }
        var one = needed();
        var two = other.needed();
        return one == null || two == null ? UNKNOWN : new Literals(null, union(one, two));
    }

    /** This part so many times; a negative {@code max} is no end. */
    Literals repeated(int min, int max) {
        if (exact != null && min == 0 && max == 1) {
            var perhaps = union(exact, Set.of(""));
            return perhaps == null ? UNKNOWN : new Literals(perhaps, null);
        }
        if (min == 0) {
            return UNKNOWN;
        }
        if (exact != null && min == max) {
            Set<String> times = Set.of("");
            for (int i = 0; i < min && times != null; i++) {
                times = product(times, exact);
            }
            if (times != null) {
                return new Literals(times, null);
            }
        }
        return new Literals(null, needed());
    }

    private static @Nullable Set<String> union(Set<String> one, Set<String> other) {
        var both = new LinkedHashSet<>(one);
        both.addAll(other);
        return both.size() > MOST ? null : both;
    }

    private static @Nullable Set<String> product(Set<String> before, Set<String> after) {
        var joined = new LinkedHashSet<String>();
        for (var start : before) {
            for (var end : after) {
                if (start.length() + end.length() > LONGEST) {
                    return null;
                }
                joined.add(start + end);
            }
        }
        return joined.size() > MOST ? null : joined;
    }

    /** Parts one after the other: keeps what stands together together, as far as it is known. */
    static final class Sequence {

        private Set<String> block = Set.of("");
        private @Nullable Set<String> best;
        private boolean broken;

        void add(Literals part) {
            var joined = part.exact == null ? null : product(block, part.exact);
            if (joined != null) {
                block = joined;
                return;
            }
            broken = true;
            best = better(best, block);
            best = better(best, part.needed());
            block = part.exact == null ? Set.of("") : part.exact;
        }

        Literals whole() {
            return broken ? new Literals(null, better(best, block)) : new Literals(block, null);
        }

        /** The one of which the shortest is longer: it is found less often by chance. */
        private static @Nullable Set<String> better(@Nullable Set<String> one, @Nullable Set<String> other) {
            int first = shortest(one);
            int second = shortest(other);
            if (first == 0 && second == 0) {
                return null;
            }
            return first > second || (first == second && size(one) <= size(other)) ? one : other;
        }

        private static int size(@Nullable Set<String> set) {
            return set == null ? 0 : set.size();
        }

        private static int shortest(@Nullable Set<String> set) {
            return set == null ? 0 : set.stream().mapToInt(String::length).min().orElse(0);
        }
    }
}
