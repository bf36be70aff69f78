package dev.weir.catalog.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.matching.Matcher.Rule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 20261127, 7_777_777, 42, 99})
    void the_index_finds_what_asking_every_definition_finds(long seed) {
        var seeded = new Seeded(seed);
        var rules = IntStream.range(0, 400)
                .mapToObj(i -> new Rule<>(i, seeded.type(), seeded.filter()))
                .toList();
        var matcher = new Matcher<>(rules);
        long matches = 0;

        for (int i = 0; i < 2000; i++) {
            var event = seeded.event();
            var subject = Subject.of(event);
            var found = matcher.match(subject);
            assertThat(found).as("seed %d, event %d: %s", seed, i, event).isEqualTo(matcher.matchNaively(subject));
            matches += found.size();
        }

        assertThat(matches).as("seed %d", seed).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20261128})
    void a_filter_written_down_and_read_again_is_the_same(long seed) {
        var seeded = new Seeded(seed);
        for (int i = 0; i < 2000; i++) {
            var text = seeded.filter().toString();

            var read = Filter.parse(text);

            assertThat(read.match(Filter::toString, refused -> text + " refused: " + refused))
                    .as("seed %d, filter %d", seed, i)
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "path",
                "path contains",
                "path contains \"\"",
                "path contains \"/a",
                "path above \"3\"",
                "property \"n\" above \"many\"",
                "selector matches \"a:has(b)\"",
                "path equals \"/a\" path equals \"/b\"",
                "(path equals \"/a\"",
                "colour equals \"red\""
            })
    void what_is_no_filter_is_refused_with_its_place(String text) {
        var refused = Filter.parse(text).<List<Filter.Refused>>match(filter -> List.of(), List::of);

        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).position()).isBetween(0, text.length());
    }
}
