package dev.weir.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.Day.Bar;
import dev.weir.store.Tallies;
import dev.weir.store.Tallies.Tally;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayTest {

    private static final Instant NOW = Instant.parse("2026-03-04T15:40:00Z");
    private static final Instant HOUR = Instant.parse("2026-03-04T15:00:00Z");

    @Test
    void every_event_is_counted_once_though_redacted_ones_were_accepted_too() {
        // given
        var tallies = List.of(
                new Tally(HOUR, "accepted", "", 10),
                new Tally(HOUR, Tallies.REDACTED, "", 4),
                new Tally(HOUR, "quarantined", "ORIGIN_FENCE", 2),
                new Tally(HOUR, "dropped", "PAGE_BLOCKED", 3),
                new Tally(HOUR, Tallies.STALE, "", 5),
                new Tally(HOUR, Tallies.LOST, Tallies.COLLECTOR_LOST, 7));

        // when
        var day = Day.of(tallies, NOW);

        // then
        assertThat(List.of(day.kept(), day.redacted(), day.quarantined(), day.dropped(), day.total(), day.stale()))
                .containsExactly(6L, 4L, 2L, 3L, 15L, 5L);
        assertThat(day.lost()).isEqualTo(7);
    }

    @Test
    void a_day_has_24_hours_and_ends_with_this_one() {
        var day = Day.of(List.of(), NOW);

        assertThat(day.hours()).hasSize(24);
        assertThat(day.hours().get(23).begins()).isEqualTo(HOUR);
        assertThat(Day.from(NOW)).isEqualTo(day.hours().get(0).begins());
        assertThat(day.bars()).isEmpty();
    }

    @Test
    void the_bars_of_an_hour_stand_on_each_other_and_even_one_event_is_seen() {
        // given
        var tallies = List.of(new Tally(HOUR, "accepted", "", 9_999), new Tally(HOUR, "dropped", "GPC", 1));

        // when
        var bars = Day.of(tallies, NOW).bars();

        // then
        assertThat(bars).extracting(Bar::kind).containsExactly("kept", "dropped");
        assertThat(bars.get(0).y() + bars.get(0).height()).isEqualTo(120);
        assertThat(bars.get(1).height()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void reasons_come_with_the_most_frequent_first_in_words() {
        // given
        var tallies = List.of(
                new Tally(HOUR, Tallies.FOUND, "URL_FRAGMENT", 1),
                new Tally(HOUR, Tallies.FOUND, "TEXT_MASKED", 7),
                new Tally(HOUR, Tallies.FOUND, "TOO_MANY", 3));

        // when
        var causes = Day.of(tallies, NOW).causes();

        // then
        assertThat(causes).extracting(Day.Cause::reason).containsExactly("TEXT_MASKED", "TOO_MANY", "URL_FRAGMENT");
        assertThat(causes).extracting(Day.Cause::title).doesNotContain("TEXT_MASKED");
    }
}
