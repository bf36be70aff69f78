package dev.weir.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of many patterns can match a text at all: one walk over its characters looks for the literals of all of them together (Aho and
 * Corasick's automaton). A pattern of which no literal is known can always match. Never says no where a pattern matches.
 */
final class PatternIndex {

    private static final int NOBODY = -1;

    /** Where literals differ in more ways, only what all of them need is asked for. */
    private static final int MOST_NEEDED = 16;

    private final int patterns;
    private final BitSet always = new BitSet();

    /** Which column of the table a character of ASCII has; 0 is that of all which are in no literal. */
    private final byte[] columns = new byte[128];

    private final int width;

    /** One row for each state, one column for each character: where the next state's row begins. */
    private final int[] next;

    /** For each state the patterns whose literal ends there; null where none does. */
    private final @Nullable BitSet[] ending;

    /** What a text holds in which one of the literals stands, as a {@link Glance} sees it. */
    private final long[] needed;

    private PatternIndex(List<@Nullable Set<String>> literals) {
        this.patterns = literals.size();
        this.needed = needed(literals);
        int states = 1;
        int used = 0;
        for (var one : literals) {
            for (var literal : one == null ? Set.<String>of() : one) {
                states += literal.length();
                for (int i = 0; i < literal.length(); i++) {
                    char c = literal.charAt(i);
                    if (columns[c] == 0) {
                        used++;
                        columns[c] = (byte) used;
                        columns[c >= 'a' && c <= 'z' ? c - 32 : c] = (byte) used;
                    }
                }
            }
        }
        this.width = used + 1;
        this.next = new int[states * width];
        this.ending = new BitSet[states];
        Arrays.fill(next, NOBODY);
        int free = 1;
        for (int place = 0; place < literals.size(); place++) {
            var one = literals.get(place);
            if (one == null) {
                always.set(place);
                continue;
            }
            for (var literal : one) {
                free = add(literal, place, free);
            }
        }
        link();
        for (int cell = 0; cell < next.length; cell++) {
            next[cell] *= width;
        }
    }

    /** The patterns in their order; each is one that {@link PatternSubset} takes. */
    static PatternIndex of(List<String> patterns) {
        var literals = new ArrayList<@Nullable Set<String>>();
        patterns.forEach(pattern -> literals.add(PatternSubset.literals(pattern)));
        return new PatternIndex(literals);
    }

    private static long[] needed(List<@Nullable Set<String>> literals) {
        long[] needed = literals.stream()
                .filter(Objects::nonNull)
                .flatMap(Set::stream)
                .mapToLong(Glance::needed)
                .distinct()
                .toArray();
        if (needed.length <= MOST_NEEDED) {
            return needed;
        }
        long common = Arrays.stream(needed).reduce(-1L, (one, other) -> one & other);
        return new long[] {common};
    }

    private int add(String literal, int place, int from) {
        int free = from;
        int state = 0;
        for (int i = 0; i < literal.length(); i++) {
            int cell = state * width + columns[literal.charAt(i)];
            if (next[cell] == NOBODY) {
                next[cell] = free++;
            }
            state = next[cell];
        }
        mark(state, place);
        return free;
    }

    private void mark(int state, int place) {
        var here = ending[state];
        if (here == null) {
            here = new BitSet();
            ending[state] = here;
        }
        here.set(place);
    }

    /** Where no literal goes on, the longest end of what was read goes on that is the beginning of one. */
    private void link() {
        int[] fallback = new int[ending.length];
        var waiting = new ArrayDeque<Integer>();
        for (int column = 0; column < width; column++) {
            if (next[column] == NOBODY) {
                next[column] = 0;
            } else {
                waiting.add(next[column]);
            }
        }
        while (!waiting.isEmpty()) {
            int state = waiting.remove();
            var shorter = ending[fallback[state]];
            if (shorter != null) {
                shorter.stream().forEach(place -> mark(state, place));
            }
            for (int column = 0; column < width; column++) {
                int cell = state * width + column;
                int other = next[fallback[state] * width + column];
                if (next[cell] == NOBODY) {
                    next[cell] = other;
                } else {
                    fallback[next[cell]] = other;
                    waiting.add(next[cell]);
                }
            }
        }
    }

    boolean isEmpty() {
        return patterns == 0;
    }

    /** The patterns that run on every text, by place: nothing that stands in all their matches is known. */
    BitSet always() {
        return (BitSet) always.clone();
    }

    /** Whether one of the patterns can match. */
    boolean occur(String text) {
        if (!always.isEmpty()) {
            return true;
        }
        if (patterns == 0) {
            return false;
        }
        int row = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            row = c < 128 ? next[row + columns[c]] : 0;
            if (row != 0 && ending[row / width] != null) {
                return true;
            }
        }
        return false;
    }

    /** The same, where a {@link Glance} has seen the text. */
    boolean occur(String text, long seen) {
        return (!always.isEmpty() || hasLetters(seen)) && occur(text);
    }

    private boolean hasLetters(long seen) {
        for (long one : needed) {
            if (Glance.has(seen, one)) {
                return true;
            }
        }
        return false;
    }

    /** The patterns that can match, by place. */
    BitSet occurring(String text) {
        var found = always();
        if (patterns == found.cardinality()) {
            return found;
        }
        int row = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            row = c < 128 ? next[row + columns[c]] : 0;
            var here = row == 0 ? null : ending[row / width];
            if (here != null) {
                found.or(here);
            }
        }
        return found;
    }
}
