package dev.weir.policy;

import java.util.BitSet;
import java.util.List;

/** Which of many patterns can match a text at all. */
final class PatternIndex {

    private final int patterns;

    private PatternIndex(int patterns) {
        this.patterns = patterns;
    }

    static PatternIndex of(List<String> patterns) {
        return new PatternIndex(patterns.size());
    }

    boolean isEmpty() {
        return patterns == 0;
    }

    boolean occur(String text) {
        return patterns > 0;
    }

    BitSet occurring(String text) {
        var all = new BitSet();
        all.set(0, patterns);
        return all;
    }
}
