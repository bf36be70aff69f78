package dev.weir.policy;

import java.util.List;
import java.util.Random;

/** Everything comes from the seed. */
final class Chance {

    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    int nextInt(int bound) {
        return random.nextInt(bound);
    }

    long nextLong() {
        return random.nextLong();
    }

    double nextDouble() {
        return random.nextDouble();
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** A digit for each {@code #}; the first character is none of 0 and 1. */
    String fill(String format) {
        var out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            out.append(c == '#' ? (char) ('0' + (out.isEmpty() ? 2 + random.nextInt(8) : random.nextInt(10))) : c);
        }
        return out.toString();
    }
}
