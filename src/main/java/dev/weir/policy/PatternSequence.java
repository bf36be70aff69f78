package dev.weir.policy;

import dev.weir.policy.PatternSubset.Refused;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Parts of a pattern one after the other: watches that no two of them can argue about the same text for long. */
final class PatternSequence {

    private final StringBuilder re2 = new StringBuilder();
    private final BitSet chars = new BitSet();
    private final BitSet first = new BitSet();
    private boolean empty = true;
    private boolean fixed = true;
    private boolean open;
    private double ways = 1;
    private int size;

    /** What repeats of variable length may still take back, and what of it has no end. */
    private final BitSet loose = new BitSet();

    private final BitSet endless = new BitSet();

    /** What the first part takes, if that is one character; what all others take. */
    private @Nullable BitSet head;

    private final BitSet rest = new BitSet();

    /** What the last part takes; what all before it take, and itself where that is more than one character. */
    private @Nullable BitSet tail;

    private final BitSet beforeTail = new BitSet();

    private final Literals.Sequence literals = new Literals.Sequence();

    /** @param here where the part begins */
    void add(PatternPart part, int here) throws Refused {
        re2.append(part.re2());
        if (empty) {
            first.or(part.first());
        }
        if (part.fixed() && !part.empty()) {
            settle(part);
        } else if (!part.assertion()) {
            vary(part, here);
        }
        edges(part);
        literals.add(part.literals());
        chars.or(part.chars());
        empty &= part.empty();
        fixed &= part.fixed();
        open |= part.open();
        size += part.size();
        PatternPart.limit(ways, size, here);
    }

    /** @param start where the sequence begins */
    PatternPart whole(int start) throws Refused {
        if (size == 0) {
            return new PatternPart("(?:)", chars, first, true, true, false, false, 1, 1, false, Literals.EMPTY);
        }
        boolean delimited = (head != null && !head.intersects(rest)) || (tail != null && !tail.intersects(beforeTail));
        return new PatternPart(
                        re2.toString(),
                        chars,
                        first,
                        empty,
                        fixed,
                        open,
                        delimited,
                        ways,
                        size,
                        false,
                        literals.whole())
                .limited(start);
    }

    /** A part of one length, which a repeat before it can't reach over unless it takes the same. */
    private void settle(PatternPart part) {
        if (!loose.intersects(part.first())) {
            loose.clear();
            endless.clear();
        }
        ways *= part.ways();
    }

    private void vary(PatternPart part, int here) throws Refused {
        if (part.open() && endless.intersects(part.chars())) {
            throw new Refused(
                    here, "two repeats without an end can share text here: narrow one, or put a separator between");
        }
        ways = loose.intersects(part.first()) ? ways * part.ways() : Math.max(ways, part.ways());
        loose.or(part.chars());
        if (part.open()) {
            endless.or(part.chars());
        }
    }

    private void edges(PatternPart part) {
        if (head == null && size == 0) {
            head = part.single() ? part.chars() : null;
        } else {
            rest.or(part.chars());
        }
        if (tail != null) {
            beforeTail.or(tail);
        }
        tail = part.chars();
        if (!part.single()) {
            beforeTail.or(part.chars());
        }
    }
}
