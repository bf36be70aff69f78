package dev.weir.policy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names, and beginnings of names, in a list: says which of them a name falls under without trying each. */
final class NameIndex {

    private static final int[] NONE = {};

    private final Map<String, int[]> whole = new HashMap<>();
    private final Map<String, int[]> beginnings = new HashMap<>();

    /** The lengths that beginnings have. */
    private final int[] lengths;

    NameIndex(List<NamePattern> patterns) {
        for (int place = 0; place < patterns.size(); place++) {
            var pattern = patterns.get(place);
            var text = pattern.text();
            if (pattern.isPrefix()) {
                add(beginnings, text.substring(0, text.length() - 1), place);
            } else {
                add(whole, text, place);
            }
        }
        this.lengths = beginnings.keySet().stream()
                .mapToInt(String::length)
                .distinct()
                .sorted()
                .toArray();
    }

    private static void add(Map<String, int[]> places, String name, int place) {
        places.merge(name, new int[] {place}, NameIndex::joined);
    }

    private static int[] joined(int[] one, int[] other) {
        int[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    /** The places of those it falls under, in order. */
    int[] all(String name) {
        int[] all = whole.getOrDefault(name, NONE);
        boolean several = false;
        for (int length : lengths) {
            if (length > name.length()) {
                break;
            }
            int[] here = beginnings.getOrDefault(name.substring(0, length), NONE);
            if (here.length > 0) {
                several |= all.length > 0;
                all = all.length > 0 ? joined(all, here) : here;
            }
        }
        if (several) {
            Arrays.sort(all);
        }
        return all;
    }

    /** The first place; -1 where there is none. */
    int first(String name) {
        int[] all = all(name);
        return all.length == 0 ? -1 : all[0];
    }
}
