package dev.weir.catalog.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.MatcherBenchmark;
import dev.weir.catalog.matching.Matcher.Rule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {

    /** Definitions that share the rarest token of an event and yet are not matched by it: in the mean, and of one event. */
    private static final int OTHERS = 10;

    /** Of paths of one length, a glob knows a few characters only. */
    private static final int MOST_OTHERS = 128;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261127, 7_777_777, 42, 99})
    void the_index_finds_what_asking_every_definition_finds(long seed) {
        for (var version : MatcherVersion.values()) {
            var seeded = new Seeded(seed);
            var rules = IntStream.range(0, 400)
                    .mapToObj(i -> new Rule<>(i, seeded.type(), seeded.filter()))
                    .toList();
            var matcher = new Matcher<>(version, rules);
            long matches = 0;

            for (int i = 0; i < 2000; i++) {
                var event = seeded.event();
                var found = matcher.match(event);
                assertThat(found)
                        .as("seed %d, version %s, event %d: %s", seed, version, i, event)
                        .isEqualTo(matcher.matchNaively(event));
                matches += found.size();
            }

            assertThat(matches).as("seed %d, version %s", seed, version).isGreaterThan(10_000);
        }
    }

    /** Time is no measure in a test; this is what it comes from. */
    @ParameterizedTest
    @ValueSource(ints = {10, 10_000})
    void an_event_is_compared_with_what_it_matches_and_few_others_however_many_there_are(int definitions) {
        var rules =
                IntStream.range(0, definitions).mapToObj(MatcherBenchmark::rule).toList();
        for (var version : MatcherVersion.values()) {
            var matcher = new Matcher<>(version, rules);
            int most = 0;
            long others = 0;
            long compared = 0;
            var events = MatcherBenchmark.events();
            for (var event : events) {
                int some = matcher.compared(event);
                int more = some - matcher.match(event).size();
                most = Math.max(most, more);
                others += more;
                compared += some;
            }
            assertThat(compared).as("compared, version %s", version).isPositive();
            assertThat(most).as("others of one event, version %s", version).isLessThanOrEqualTo(MOST_OTHERS);
            assertThat(others / events.size())
                    .as("others in the mean, version %s", version)
                    .isLessThanOrEqualTo(OTHERS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 20261129})
    void one_filter_asked_alone_answers_as_the_matcher_does(long seed) {
        for (var version : MatcherVersion.values()) {
            var seeded = new Seeded(seed);
            for (int i = 0; i < 300; i++) {
                var filter = seeded.filter();
                var type = seeded.type();
                var alone = version.test(filter);
                var matcher = new Matcher<>(version, List.of(new Rule<>("it", type, filter)));
                for (int j = 0; j < 20; j++) {
                    var event = seeded.event();
                    assertThat(matcher.match(event).isEmpty())
                            .as("seed %d, version %s, filter %s, event %s", seed, version, filter, event)
                            .isEqualTo(event.type() != type || !alone.test(event));
                }
            }
        }
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
