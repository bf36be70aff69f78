package dev.weir.changelog.proof;

import java.util.ArrayList;
import java.util.List;

/** Which subtrees a proof consists of: RFC 9162, 2.1.3.1 and 2.1.4.1, which say the same as RFC 6962, 2.1.1 and 2.1.2. */
final class Spans {

    private Spans() {}

    /** The leaves from one up to, and without, another one. */
    record Span(long from, long to) {

        boolean holds(long leaf) {
            return from <= leaf && leaf < to;
        }
    }

    /** That a leaf, counted from 0, is in the tree over so many. */
    static List<Span> inclusion(long leaf, long size) {
        var spans = new ArrayList<Span>();
        path(leaf, 0, size, spans);
        return spans;
    }

    private static void path(long leaf, long from, long to, List<Span> spans) {
        if (to - from > 1) {
            long middle = from + split(to - from);
            boolean left = leaf < middle;
            path(leaf, left ? from : middle, left ? middle : to, spans);
            spans.add(left ? new Span(middle, to) : new Span(from, middle));
        }
    }

    /** That the tree over so many leaves begins with the one over fewer. */
    static List<Span> consistency(long older, long newer) {
        var spans = new ArrayList<Span>();
        subproof(older, 0, newer, true, spans);
        return spans;
    }

    /** @param whole whether the older tree is all that is to the left of its end here, so that its root is known */
    private static void subproof(long older, long from, long to, boolean whole, List<Span> spans) {
        if (older == to) {
            if (!whole) {
                spans.add(new Span(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (older <= middle) {
            subproof(older, from, middle, whole, spans);
            spans.add(new Span(middle, to));
        } else {
            subproof(older, middle, to, false, spans);
            spans.add(new Span(from, middle));
        }
    }

    /** The largest power of two below a size. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
