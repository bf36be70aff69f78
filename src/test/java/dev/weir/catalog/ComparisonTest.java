package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.matching.Field;
import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.catalog.matching.Seeded;
import dev.weir.event.Event;
import dev.weir.event.Page;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    private static Definition defined(int number, Seeded seeded) {
        var hand = new Hand("somebody", "Somebody", Instant.EPOCH);
        var details = new Details(
                "Definition " + number,
                seeded.type(),
                seeded.filter(),
                "",
                List.of(),
                "",
                "",
                Criticality.NORMAL,
                Optional.empty());
        return new Definition(
                "id-" + number, details, Status.DRAFT, false, Set.of("somebody"), hand, hand, Optional.empty(), 0);
    }

    /** Of the escapes that the seeded world knows, each is one that version 2 reads: so the library's decoder can stand for it. */
    private static @Nullable String decoded(@Nullable String address) {
        return address == null ? null : URLDecoder.decode(address, StandardCharsets.UTF_8);
    }

    private static Event decoded(Event event) {
        return new Event(
                event.type(),
                event.name(),
                event.text(),
                decoded(event.href()),
                event.hierarchy(),
                event.properties(),
                event.identity(),
                new Page(
                        decoded(event.page().url()),
                        event.page().title(),
                        event.page().previous()),
                event.session());
    }

    private static Filter decoded(Filter filter) {
        if (filter instanceof Filter.All all) {
            return new Filter.All(
                    all.parts().stream().map(ComparisonTest::decoded).toList());
        }
        if (filter instanceof Filter.Any any) {
            return new Filter.Any(
                    any.parts().stream().map(ComparisonTest::decoded).toList());
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(decoded(not.part()));
        }
        return filter instanceof Filter.Condition is && (is.field() == Field.PATH || is.field() == Field.HREF)
                ? new Filter.Condition(
                        is.field(), is.name(), is.operator(), URLDecoder.decode(is.value(), StandardCharsets.UTF_8))
                : filter;
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 20261127, 4_711})
    void the_differences_are_those_that_are_found_by_counting_one_by_one(long seed) {
        var seeded = new Seeded(seed);
        var definitions =
                IntStream.range(0, 200).mapToObj(i -> defined(i, seeded)).toList();
        var events = IntStream.range(0, 1500).mapToObj(i -> seeded.event()).toList();
        var comparison = new Comparison(MatcherVersion.ONE, MatcherVersion.TWO, definitions);

        events.forEach(comparison::event);

        long other = 0;
        for (var difference : comparison.differences()) {
            var details = difference.definition().details();
            var old = MatcherVersion.ONE.test(details.filter());
            var fresh = MatcherVersion.ONE.test(decoded(details.filter()));
            long before = 0;
            long after = 0;
            long more = 0;
            long fewer = 0;
            for (var event : events) {
                boolean was = event.type() == details.type() && old.test(event);
                boolean will = event.type() == details.type() && fresh.test(decoded(event));
                before += was ? 1 : 0;
                after += will ? 1 : 0;
                more += will && !was ? 1 : 0;
                fewer += was && !will ? 1 : 0;
            }
            assertThat(List.of(difference.before(), difference.after(), difference.gained(), difference.lost()))
                    .as("seed %d, %s %s", seed, details.type(), details.filter())
                    .containsExactly(before, after, more, fewer);
            other += more + fewer;
        }
        assertThat(other).as("seed %d: events that are matched otherwise", seed).isPositive();
    }
}
