package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RhythmTest {

    /** In the middle of an hour: that one is not over and does not count. */
    private static final Instant NOW = Instant.parse("2026-03-30T12:34:56Z");

    private static final long END = Rhythm.hour(NOW);
    private static final int WEEK = 7 * 24;

    private final Map<Long, Long> counts = new HashMap<>();

    /** So many in the hour that ended so many hours before this one. */
    private void came(int week, int hoursAgo, long events) {
        counts.put(END - 1 - hoursAgo - (long) week * WEEK, events);
    }

    private Rhythm rhythm() {
        return Rhythm.of(NOW, counts, counts.keySet().stream().min(Long::compare));
    }

    /** Of the hour that ended so many hours ago. */
    private static Rhythm.Hour hour(Rhythm rhythm, int hoursAgo) {
        return rhythm.hours().get(23 - hoursAgo);
    }

    @Test
    void each_hour_is_compared_with_the_median_of_the_same_hour_of_the_same_weekday() {
        came(1, 3, 10);
        came(2, 3, 12);
        came(3, 3, 500);
        came(4, 3, 8);
        came(0, 3, 9);
        // The same hour of other weekdays says nothing.
        counts.put(END - 1 - 3 - 24, 999L);

        var rhythm = rhythm();

        assertThat(rhythm.weeks()).isEqualTo(4);
        assertThat(hour(rhythm, 3).begins()).isEqualTo("2026-03-30T08:00:00Z");
        assertThat(hour(rhythm, 3).seen()).isEqualTo(9);
        assertThat(hour(rhythm, 3).expected()).contains(11L);
        assertThat(hour(rhythm, 2).expected()).contains(0L);
        assertThat(rhythm.expected()).contains(11L);
    }

    @Test
    void of_three_weeks_the_middle_one_counts_and_one_that_was_wild_does_not() {
        came(1, 5, 30);
        came(2, 5, 3000);
        came(3, 5, 40);

        assertThat(rhythm().weeks()).isEqualTo(3);
        assertThat(rhythm().expected()).contains(40L);
    }

    @Test
    void what_is_to_be_expected_of_a_day_is_no_sum_of_its_hours() {
        // Few a week, never in the same hour: an hour has a median of none, the day has not.
        for (int week = 1; week <= 4; week++) {
            came(week, week, 24);
        }

        assertThat(rhythm().hours())
                .allSatisfy(hour -> assertThat(hour.expected()).contains(0L));
        assertThat(rhythm().expected()).contains(24L);
        assertThat(rhythm().collapsed()).isEqualTo(24);
    }

    @Test
    void with_less_than_two_weeks_nothing_is_expected_and_nothing_collapses() {
        came(1, 3, 1000);

        assertThat(rhythm().weeks()).isZero();
        assertThat(rhythm().speaks()).isFalse();
        assertThat(rhythm().expected()).isEmpty();
        assertThat(hour(rhythm(), 3).expected()).isEmpty();
        assertThat(rhythm().collapsed()).isZero();
        assertThat(Rhythm.of(NOW, Map.of(), Optional.empty()).hours()).hasSize(24);
    }

    @Test
    void weeks_before_it_was_first_seen_do_not_count_and_more_than_four_neither() {
        came(5, 3, 1);
        assertThat(rhythm().weeks()).isEqualTo(4);
        counts.clear();
        came(2, 23, 1);
        assertThat(rhythm().weeks()).isEqualTo(2);
        counts.clear();
        counts.put(END - 2L * WEEK, 1L);
        assertThat(rhythm().weeks()).isZero();
    }

    /** It had been as always until then: a day alone would say so only tomorrow. */
    @Test
    void it_collapses_within_hours_where_enough_was_to_be_expected_of_them() {
        for (int hour = 0; hour < 24; hour++) {
            for (int week = 1; week <= 4; week++) {
                came(week, hour, 10);
            }
            came(0, hour, hour < 3 ? 1 : 10);
        }

        var rhythm = rhythm();

        assertThat(rhythm.collapsed()).isEqualTo(3);
        assertThat(rhythm.seenSince()).isEqualTo(3);
        assertThat(rhythm.seen()).isEqualTo(213);
    }

    @Test
    void few_are_too_few_to_say_so_and_a_quiet_night_is_none() {
        for (int week = 1; week <= 4; week++) {
            came(week, 0, 19);
        }
        assertThat(rhythm().collapsed()).isZero();

        came(0, 0, 4);
        for (int week = 1; week <= 4; week++) {
            came(week, 0, 20);
        }
        assertThat(rhythm().collapsed()).isZero();
        came(0, 0, 3);
        assertThat(rhythm().collapsed()).isEqualTo(24);
    }

    @Test
    void an_hour_that_is_not_over_is_neither_seen_nor_missed() {
        counts.put(END, 50L);
        counts.put(END - 2L * WEEK, 50L);
        counts.put(END - 3L * WEEK, 50L);

        assertThat(rhythm().seen()).isZero();
        assertThat(rhythm().expected()).contains(0L);
        assertThat(rhythm().collapsed()).isZero();
    }

    @Test
    void the_chart_shows_both_to_one_scale() {
        for (int week = 1; week <= 2; week++) {
            came(week, 0, 100);
        }
        came(0, 0, 50);

        var rhythm = rhythm();

        assertThat(rhythm.most()).isEqualTo(100);
        assertThat(rhythm.bars()).containsExactly(new Rhythm.Mark(696, 60, 18, 60));
        assertThat(rhythm.lines()).containsExactly(new Rhythm.Mark(690, 0, 30, 0));
        assertThat(rhythm.ticks()).extracting(Rhythm.Tick::label).containsExactly("12:00", "18:00", "00:00", "06:00");
    }
}
