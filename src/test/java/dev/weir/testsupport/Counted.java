package dev.weir.testsupport;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * What the running Weir has counted, by environment: events received, and by outcome and reason what became of them, as its metrics say
 * and as its database does.
 */
record Counted(
        Map<String, Long> received, Map<String, Map<String, Long>> metrics, Map<String, Map<String, Long>> tallies) {

    static final Counted NOTHING = new Counted(Map.of(), Map.of(), Map.of());

    /** By the metrics alone: nobody asks the database. */
    static Counted byMetrics() {
        var meters = Arc.container().instance(MeterRegistry.class).get();
        var received = new TreeMap<String, Long>();
        for (var counter : meters.find("weir.events.received").counters()) {
            received.merge(environment(counter), (long) counter.count(), Long::sum);
        }
        var metrics = new TreeMap<String, Map<String, Long>>();
        for (var counter : meters.find("weir.events").counters()) {
            var id = counter.getId();
            add(metrics, environment(counter), id.getTag("outcome") + " " + id.getTag("reason"), (long)
                    counter.count());
        }
        return new Counted(received, metrics, Map.of());
    }

    Counted withTallies() {
        return new Counted(received, metrics, fromTallies());
    }

    private static String environment(Counter counter) {
        return String.valueOf(counter.getId().getTag("environment"));
    }

    private static Map<String, Map<String, Long>> fromTallies() {
        var tallies = new TreeMap<String, Map<String, Long>>();
        try (var connection = Arc.container().instance(DataSource.class).get().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select environment, outcome || ' ' || reason, sum(n) from tally where outcome in ('accepted',"
                                + " 'quarantined', 'dropped', 'duplicate') group by environment, outcome, reason")) {
            while (rows.next()) {
                add(tallies, rows.getString(1), rows.getString(2), rows.getLong(3));
            }
            return tallies;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void add(Map<String, Map<String, Long>> to, String environment, String what, long number) {
        // The registry outlives a Weir that is stopped for another: its counters stay, at nothing.
        if (number > 0) {
            to.computeIfAbsent(environment, none -> new TreeMap<>()).merge(what, number, Long::sum);
        }
    }

    /** What has come since then. */
    Counted since(Counted before) {
        return new Counted(
                less(received, before.received), lessEach(metrics, before.metrics), lessEach(tallies, before.tallies));
    }

    private static Map<String, Map<String, Long>> lessEach(
            Map<String, Map<String, Long>> now, Map<String, Map<String, Long>> before) {
        var more = new TreeMap<String, Map<String, Long>>();
        both(now, before).forEach(environment -> {
            var difference = less(now.getOrDefault(environment, Map.of()), before.getOrDefault(environment, Map.of()));
            if (!difference.isEmpty()) {
                more.put(environment, difference);
            }
        });
        return more;
    }

    private static Map<String, Long> less(Map<String, Long> now, Map<String, Long> before) {
        var more = new TreeMap<String, Long>();
        both(now, before).forEach(what -> {
            long difference = now.getOrDefault(what, 0L) - before.getOrDefault(what, 0L);
            if (difference != 0) {
                more.put(what, difference);
            }
        });
        return more;
    }

    private static Set<String> both(Map<String, ?> now, Map<String, ?> before) {
        var both = new TreeSet<>(now.keySet());
        both.addAll(before.keySet());
        return both;
    }

    static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(n -> n).sum();
    }
}
