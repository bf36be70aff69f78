package dev.weir.console;

import dev.weir.policy.Reason;
import dev.weir.privacy.ReasonWords;
import dev.weir.store.Outcome;
import dev.weir.store.Tallies;
import dev.weir.store.Tallies.Tally;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The last 24 hours of one environment, as numbers and as a chart's bars. Knows counts only. */
record Day(List<Hour> hours, List<Cause> causes, long stale, long lost) {

    static final int HOURS = 24;

    /** Reasons shown; the rest is in the live view. */
    private static final int CAUSES = 6;

    /** The chart's drawing area, in its own units. */
    private static final int HEIGHT = 120;

    private static final int STEP = 30;
    private static final int WIDTH = 22;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    /** Counts of one hour. Redacted events were accepted as well; here each event is counted once. */
    record Hour(Instant begins, long kept, long redacted, long quarantined, long dropped) {

        long total() {
            return kept + redacted + quarantined + dropped;
        }

        public String time() {
            return CLOCK.format(begins);
        }
    }

    /** Why something was taken away, and how often. */
    record Cause(String reason, String title, String words, long count) {}

    /** One rectangle of the chart. */
    record Bar(int x, int y, int width, int height, String kind) {}

    static Instant from(Instant now) {
        return now.truncatedTo(ChronoUnit.HOURS).minus(HOURS - 1, ChronoUnit.HOURS);
    }

    static Day of(List<Tally> tallies, Instant now) {
        var start = from(now);
        var hours = IntStream.range(0, HOURS)
                .mapToObj(i -> hour(tallies, start.plus(i, ChronoUnit.HOURS)))
                .toList();
        return new Day(hours, causes(tallies), sum(tallies, Tallies.STALE), sum(tallies, Tallies.LOST));
    }

    private static Hour hour(List<Tally> tallies, Instant begins) {
        var mine = tallies.stream().filter(tally -> tally.hour().equals(begins)).toList();
        long redacted = sum(mine, Tallies.REDACTED);
        return new Hour(
                begins,
                Math.max(0, sum(mine, Outcome.ACCEPTED.label()) - redacted),
                redacted,
                sum(mine, Outcome.QUARANTINED.label()),
                sum(mine, Outcome.DROPPED.label()));
    }

    private static List<Cause> causes(List<Tally> tallies) {
        Map<String, Long> counts = new HashMap<>();
        for (var tally : tallies) {
            if (tally.outcome().equals(Tallies.FOUND) && !tally.reason().isEmpty()) {
                counts.merge(tally.reason(), tally.count(), Long::sum);
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(CAUSES)
                .map(entry -> cause(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Cause cause(String name, long count) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .map(reason -> new Cause(name, ReasonWords.title(reason), ReasonWords.of(reason), count))
                .orElseGet(() -> new Cause(name, plain(name), "Refused at ingestion.", count));
    }

    private static String plain(String name) {
        var words = name.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
    }

    private static long sum(List<Tally> tallies, String outcome) {
        return sum(tallies.stream()
                .filter(tally -> tally.outcome().equals(outcome))
                .toList());
    }

    private static long sum(List<Tally> tallies) {
        return tallies.stream().mapToLong(Tally::count).sum();
    }

    public long kept() {
        return hours.stream().mapToLong(Hour::kept).sum();
    }

    public long redacted() {
        return hours.stream().mapToLong(Hour::redacted).sum();
    }

    public long quarantined() {
        return hours.stream().mapToLong(Hour::quarantined).sum();
    }

    public long dropped() {
        return hours.stream().mapToLong(Hour::dropped).sum();
    }

    public long total() {
        return hours.stream().mapToLong(Hour::total).sum();
    }

    /** The scale's top. */
    public long most() {
        return Math.max(1, hours.stream().mapToLong(Hour::total).max().orElse(1));
    }

    /** Hours in which something came, for the table beside the chart. */
    public List<Hour> busy() {
        return hours.stream().filter(hour -> hour.total() > 0).toList();
    }

    /** Every sixth hour's name and place, for the axis. */
    public List<Tick> ticks() {
        return IntStream.range(0, HOURS)
                .filter(i -> i % 6 == 0)
                .mapToObj(i -> new Tick(i * STEP, hours.get(i).time()))
                .toList();
    }

    /** A name under the axis. */
    record Tick(int x, String label) {}

    public List<Bar> bars() {
        return IntStream.range(0, HOURS).boxed().flatMap(this::bars).toList();
    }

    private java.util.stream.Stream<Bar> bars(int i) {
        var hour = hours.get(i);
        long[] counts = {hour.kept(), hour.redacted(), hour.quarantined(), hour.dropped()};
        String[] kinds = {"kept", "redacted", "quarantined", "dropped"};
        var bars = new java.util.ArrayList<Bar>();
        int bottom = HEIGHT;
        for (int kind = 0; kind < counts.length; kind++) {
            if (counts[kind] > 0) {
                // Whatever happened is visible, however little it is beside the rest.
                int height = Math.max(2, (int) Math.round((double) counts[kind] * HEIGHT / most()));
                bottom = Math.max(0, bottom - height);
                bars.add(new Bar(i * STEP + (STEP - WIDTH) / 2, bottom, WIDTH, height, kinds[kind]));
            }
        }
        return bars.stream();
    }
}
