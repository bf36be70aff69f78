package dev.weir.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a definition would have found in the events that one environment kept, by day, with some of them.
 *
 * @param looked of how many events of its type it says so, the newest ones
 * @param cut whether there are older ones that were not looked at
 */
public record Preview(String environment, long count, long looked, boolean cut, List<Day> days, List<Sample> samples) {

    /** The chart's drawing area, in its own units. */
    private static final int HEIGHT = 120;

    private static final int STEP = 24;
    private static final int WIDTH = 18;

    public Preview {
        days = List.copyOf(days);
        samples = List.copyOf(samples);
    }

    public record Day(LocalDate date, long count) {}

    /** An event that matches, as it is kept: after the policy. */
    public record Sample(
            Instant at,
            String what,
            @Nullable String path,
            @Nullable String target) {}

    /** One rectangle of the chart. */
    public record Bar(int x, int y, int width, int height) {}

    /** A day's name and place under the axis. */
    public record Tick(int x, String label) {}

    public long most() {
        return Math.max(1, days.stream().mapToLong(Day::count).max().orElse(1));
    }

    public int width() {
        return days.size() * STEP;
    }

    public List<Bar> bars() {
        return IntStream.range(0, days.size())
                .filter(i -> days.get(i).count() > 0)
                .mapToObj(i -> {
                    int height =
                            Math.max(2, (int) Math.round((double) days.get(i).count() * HEIGHT / most()));
                    return new Bar(i * STEP + (STEP - WIDTH) / 2, HEIGHT - height, WIDTH, height);
                })
                .toList();
    }

    public List<Tick> ticks() {
        return IntStream.range(0, days.size())
                .filter(i -> i % 7 == 1)
                .mapToObj(i -> new Tick(i * STEP, days.get(i).date().toString().substring(5)))
                .toList();
    }

    /** Days on which something matched, for the table beside the chart. */
    public List<Day> busy() {
        return days.stream().filter(day -> day.count() > 0).toList();
    }
}
