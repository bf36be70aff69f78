package dev.weir.catalog.matching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Finds all of many texts within another one in a single pass over it (Aho and Corasick, 1975). */
final class Literals {

    private final int[] root = new int[128];
    private long[] keys = new long[64];
    private int[] targets = new int[64];
    private int used;

    /** By state: where to go on when nothing fits, the nearest shorter text that ends here too, and whose texts end here. */
    private int[] fail = new int[0];

    private int[] shorter = new int[0];
    private final List<int[]> owners = new ArrayList<>();

    private static final int[] NOBODY = {};

    Literals(Map<String, int[]> texts) {
        owners.add(NOBODY);
        texts.forEach(this::add);
        link(texts.keySet());
    }

    /** Tells the owners of each text that stands in {@code text}, perhaps more than once. */
    void find(String text, IntConsumer owner) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = step(state, text.charAt(i));
            for (int s = state; s > 0; s = shorter[s]) {
                for (int one : owners.get(s)) {
                    owner.accept(one);
                }
            }
        }
    }

    private int step(int from, char c) {
        int state = from;
        while (true) {
            int next = next(state, c);
            if (next > 0) {
                return next;
            }
            if (state == 0) {
                return 0;
            }
            state = fail[state];
        }
    }

    private int next(int state, char c) {
        if (state == 0 && c < root.length) {
            return root[c];
        }
        long key = ((long) state << 16) | c;
        int slot = slot(keys, key);
        return keys[slot] == key + 1 ? targets[slot] : 0;
    }

    private void add(String text, int[] mine) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int next = next(state, c);
            if (next == 0) {
                next = owners.size();
                owners.add(NOBODY);
                put(state, c, next);
            }
            state = next;
        }
        owners.set(state, mine);
    }

    private void put(int state, char c, int target) {
        if (state == 0 && c < root.length) {
            root[c] = target;
            return;
        }
        if (++used * 2 > keys.length) {
            grow();
        }
        long key = ((long) state << 16) | c;
        int slot = slot(keys, key);
        keys[slot] = key + 1;
        targets[slot] = target;
    }

    private void grow() {
        var more = new long[keys.length * 2];
        var where = new int[keys.length * 2];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                int slot = slot(more, keys[i] - 1);
                more[slot] = keys[i];
                where[slot] = targets[i];
            }
        }
        keys = more;
        targets = where;
    }

    private static int slot(long[] table, long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & (table.length - 1);
        while (table[slot] != 0 && table[slot] != key + 1) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    /** Level by level, so that what a state falls back to is known before it. */
    private void link(Iterable<String> texts) {
        fail = new int[owners.size()];
        shorter = new int[owners.size()];
        record Step(String text, int state, int depth) {}
        var queue = new ArrayDeque<Step>();
        texts.forEach(text -> queue.add(new Step(text, 0, 0)));
        var done = new boolean[owners.size()];
        done[0] = true;
        while (!queue.isEmpty()) {
            var step = queue.poll();
            char c = step.text.charAt(step.depth);
            int next = next(step.state, c);
            if (!done[next]) {
                done[next] = true;
                fail[next] = step.state == 0 ? 0 : step(fail[step.state], c);
                shorter[next] = owners.get(fail[next]).length > 0 ? fail[next] : shorter[fail[next]];
            }
            if (step.depth + 1 < step.text.length()) {
                queue.add(new Step(step.text, next, step.depth + 1));
            }
        }
    }

    static int[] with(int[] owners, int one) {
        var more = Arrays.copyOf(owners, owners.length + 1);
        more[owners.length] = one;
        return more;
    }
}
