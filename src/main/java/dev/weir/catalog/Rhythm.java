package dev.weir.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What a definition matched in each of the last 24 full hours, and what was to be expected: the median of the same hour of the same
 * weekday in the weeks before. Hours are those of UTC.
 *
 * @param weeks it was compared with; below {@value #LEAST} nothing is expected
 * @param hours the oldest first
 * @param collapsed in how many of the last hours hardly anything came of what was to be expected; 0 where it did not collapse
 */
public record Rhythm(int weeks, List<Hour> hours, Optional<Long> expected, int collapsed) {

    /** Weeks before that a day is compared with, at most and at least. */
    static final int MOST = 4;

    static final int LEAST = 2;

    /** Below this number nothing is concluded: chance alone could explain it. */
    static final long ENOUGH = 20;

    private static final double COLLAPSE = 0.2;
    private static final int DAY = 24;
    private static final int WEEK = 7 * DAY;

    /** The chart's drawing area, in its own units. */
    private static final int HEIGHT = 120;

    private static final int STEP = 30;
    private static final int WIDTH = 18;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    public Rhythm {
        hours = List.copyOf(hours);
    }

    /** One hour; {@code expected} is empty as long as there are not weeks enough. */
    public record Hour(Instant begins, long seen, Optional<Long> expected) {

        public String time() {
            return TIME.format(begins);
        }
    }

    /** How much is seen of it in the chart: a bar for what was seen, a line for what was expected. */
    public record Mark(int x, int y, int width, int height) {}

    /** An hour's name and place under the axis. */
    public record Tick(int x, String label) {}

    /**
     * @param counts of what came in each hour, counted from 1970
     * @param first hour that is known of; weeks before it don't count
     */
    static Rhythm of(Instant now, Map<Long, Long> counts, Optional<Long> first) {
        long end = hour(now);
        int known = first.map(from -> (int) Math.max(0, Math.min(MOST, (end - 1 - from) / WEEK)))
                .orElse(0);
        int weeks = known < LEAST ? 0 : known;
        var hours = LongStream.range(end - DAY, end)
                .mapToObj(hour -> new Hour(
                        Instant.EPOCH.plus(Duration.ofHours(hour)),
                        counts.getOrDefault(hour, 0L),
                        median(counts, hour, 1, weeks)))
                .toList();
        int collapsed = IntStream.iterate(DAY, last -> last > 0, last -> last - 1)
                .filter(last -> missed(
                        sum(counts, end - last, last),
                        median(counts, end - last, last, weeks).orElse(0L)))
                .findFirst()
                .orElse(0);
        return new Rhythm(weeks, hours, median(counts, end - DAY, DAY, weeks), collapsed);
    }

    static long hour(Instant moment) {
        return ChronoUnit.HOURS.between(Instant.EPOCH, moment);
    }

    private static boolean missed(long seen, long expected) {
        return expected >= ENOUGH && seen < expected * COLLAPSE;
    }

    /** Of what came in so many hours from this one on, in each of the weeks before. */
    private static Optional<Long> median(Map<Long, Long> counts, long from, int hours, int weeks) {
        if (weeks == 0) {
            return Optional.empty();
        }
        long[] sums = IntStream.rangeClosed(1, weeks)
                .mapToLong(week -> sum(counts, from - (long) week * WEEK, hours))
                .sorted()
                .toArray();
        return Optional.of(Math.round((sums[(weeks - 1) / 2] + sums[weeks / 2]) / 2.0));
    }

    private static long sum(Map<Long, Long> counts, long from, int hours) {
        return LongStream.range(from, from + hours)
                .map(hour -> counts.getOrDefault(hour, 0L))
                .sum();
    }

    public long seen() {
        return hours.stream().mapToLong(Hour::seen).sum();
    }

    /** Of the last hours in which it collapsed. */
    public long seenSince() {
        return hours.subList(DAY - collapsed, DAY).stream()
                .mapToLong(Hour::seen)
                .sum();
    }

    public boolean speaks() {
        return weeks > 0;
    }

    /** The scale's top. */
    public long most() {
        return Math.max(
                1,
                hours.stream()
                        .mapToLong(hour -> Math.max(hour.seen(), hour.expected().orElse(0L)))
                        .max()
                        .orElse(1));
    }

    public List<Mark> bars() {
        return IntStream.range(0, DAY)
                .filter(i -> hours.get(i).seen() > 0)
                .mapToObj(i -> {
                    int height = Math.max(2, height(hours.get(i).seen()));
                    return new Mark(i * STEP + (STEP - WIDTH) / 2, HEIGHT - height, WIDTH, height);
                })
                .toList();
    }

    public List<Mark> lines() {
        return IntStream.range(0, DAY)
                .filter(i -> hours.get(i).expected().orElse(0L) > 0)
                .mapToObj(i -> new Mark(
                        i * STEP, HEIGHT - height(hours.get(i).expected().orElse(0L)), STEP, 0))
                .toList();
    }

    private int height(long count) {
        return (int) Math.round((double) count * HEIGHT / most());
    }

    /** Every sixth hour. */
    public List<Tick> ticks() {
        return IntStream.range(0, DAY)
                .filter(i -> i % 6 == 0)
                .mapToObj(i -> new Tick(i * STEP, hours.get(i).time()))
                .toList();
    }
}
