package dev.weir.bench;

import dev.weir.catalog.Bare;
import dev.weir.catalog.matching.Filter;
import dev.weir.event.EventType;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Appended;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How long it takes to count, over a million stored events of 30 days on PostgreSQL, those that a definition matches: what a preview
 * shows, samples included. Prints the median of five rounds.
 *
 * <pre>java -cp … dev.weir.bench.RetroactiveBenchmark [events]</pre>
 */
public final class RetroactiveBenchmark {

    private static final Instant NOW = Instant.parse("2026-03-30T23:00:00Z");
    private static final int HIERARCHIES = 5_000;
    private static final int BATCH = 500;
    private static final int ROUNDS = 5;

    private static final List<String> FILTERS = List.of(
            "selector matches \".action-17\"",
            "target matches \"button.btn:nth-child(2)\"",
            "selector matches \"#panel-17 .btn\" and path starts with \"/department/1\"",
            "path glob \"/department/7/*\"",
            "selector matches \".action-17\" and text contains \"basket\"",
            "selector matches \".nowhere\"");

    private RetroactiveBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        var environment = new EnvironmentKey("production");
        try (var disk = Disk.postgresql()) {
            fill(disk, environment, events);
            System.out.println(Measured.code());
            System.out.printf(Locale.ROOT, "seed %d, %d events, %d hierarchies%n", Traffic.SEED, events, HIERARCHIES);
            var reading = dev.weir.store.Bare.reading(disk.source());
            for (String text : FILTERS) {
                var filter = Filter.parse(text).match(valid -> valid, refused -> {
                    throw new AssertionError(refused.message());
                });
                var times = new ArrayList<Long>();
                long count = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    long start = System.nanoTime();
                    var preview = Bare.preview(reading, NOW, environment, EventType.CLICK, filter);
                    times.add((System.nanoTime() - start) / 1_000_000);
                    count = preview.count();
                    if (preview.looked() != events) {
                        throw new AssertionError("looked at " + preview.looked());
                    }
                }
                Collections.sort(times);
                System.out.printf(
                        Locale.ROOT, "%6d ms  %8d matches  %s  %s%n", times.get(ROUNDS / 2), count, text, times);
            }
        }
    }

    private static void fill(Disk disk, EnvironmentKey environment, int events) throws Exception {
        var store = dev.weir.store.Bare.writing(disk.source(), Clock.systemUTC(), Map.of());
        var traffic = new Traffic(environment, HIERARCHIES);
        var waiting = new ArrayDeque<CompletableFuture<Appended>>();
        for (int i = 0; i < events; i += BATCH) {
            var at = NOW.minus(Duration.ofDays(29)).plusSeconds(i * 29L * 86_400 / events);
            // The store refuses what is too much at once.
            if (waiting.size() == 32) {
                committed(waiting.remove());
            }
            waiting.add(
                    store.append(traffic.batch(Math.min(BATCH, events - i), at)).toCompletableFuture());
        }
        waiting.forEach(RetroactiveBenchmark::committed);
        dev.weir.store.Bare.stop(store);
        try (var connection = disk.source().getConnection();
                var statement = connection.createStatement()) {
            // As autovacuum does some time after so many inserts.
            statement.execute("vacuum analyze");
        }
    }

    private static void committed(CompletableFuture<Appended> answer) {
        if (!(answer.join() instanceof Appended.Committed)) {
            throw new AssertionError("not stored");
        }
    }
}
