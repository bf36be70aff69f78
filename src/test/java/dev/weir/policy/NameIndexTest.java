package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameIndexTest {

    private static final long SEED = 20261127;

    @Test
    void the_index_finds_what_trying_each_name_finds() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        int found = 0;
        for (int list = 0; list < 500; list++) {
            var patterns = new ArrayList<NamePattern>();
            for (int i = random.nextInt(30); i >= 0; i--) {
                patterns.add(new NamePattern(name(random, 4) + (random.nextInt(3) == 0 ? "*" : "")));
            }
            var index = new NameIndex(patterns);
            for (int i = 0; i < 30; i++) {
                var name = name(random, 6);

                int[] expected = IntStream.range(0, patterns.size())
                        .filter(place -> patterns.get(place).fits(name))
                        .toArray();

                assertThat(index.all(name)).as("%s in %s", name, patterns).isEqualTo(expected);
                assertThat(index.first(name)).isEqualTo(expected.length == 0 ? -1 : expected[0]);
                found += expected.length;
            }
        }
        assertThat(found).isGreaterThan(5_000);
    }

    private static String name(Random random, int most) {
        var name = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            name.append("ab_".charAt(random.nextInt(3)));
        }
        return name.toString();
    }
}
