package dev.weir.bench;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Appended;
import dev.weir.store.Bare;
import dev.weir.store.Batch;
import dev.weir.store.Disposition;
import dev.weir.store.Entry;
import dev.weir.store.EventJson;
import dev.weir.store.EventStore;
import dev.weir.store.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;

/**
 * How many events a second are stored for good, beside what the database could do at most with rows of the same size, in rounds that
 * take turns. Prints medians.
 *
 * <pre>java -cp … dev.weir.bench.StoreBenchmark [postgresql|h2] [rounds]</pre>
 */
public final class StoreBenchmark {

    private static final int EVENTS = 38_000;
    private static final int BATCH = 38;
    private static final int OUTSTANDING = 128;
    private static final int AT_ONCE = 1_000;
    private static final EnvironmentKey ENVIRONMENT = new EnvironmentKey("production");

    private StoreBenchmark() {}

    /** A row as it would be if nothing were shared: what the raw ways write. */
    private record Row(UUID id, Instant at, String user, String session, String body) {}

    /** What is not measured, and then what is. */
    private interface Way {
        Run ready() throws Exception;
    }

    private interface Run {
        void once() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        boolean h2 = arguments.length > 0 && arguments[0].equals("h2");
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        try (var disk = h2 ? Disk.h2() : Disk.postgresql()) {
            var traffic = new Traffic(ENVIRONMENT, 5_000);
            var rows = rows(traffic.batch(EVENTS, Instant.now()));
            System.out.printf(
                    Locale.ROOT,
                    "seed %d, %d events a round in batches of %d, %.0f bytes a row%n",
                    Traffic.SEED,
                    EVENTS,
                    BATCH,
                    rows.stream()
                            .mapToInt(row -> row.body.length() + 100)
                            .average()
                            .orElse(0));
            var one = Bare.writing(disk.source(), Clock.systemUTC(), one());
            var two = Bare.writing(disk.source(), Clock.systemUTC(), Map.of());
            var batches = new ArrayList<Batch>();
            var ways = new LinkedHashMap<String, Way>();
            if (h2) {
                tables(disk, "varchar(100000)");
                ways.put("raw batches, checkpoint sync", () -> {
                    var fresh = renamed(rows);
                    return () -> insert(disk, fresh);
                });
            } else {
                tables(disk, "text");
                ways.put("raw COPY, binary", () -> {
                    var encoded = encodedAll(rows);
                    return () -> copy(disk, encoded);
                });
                ways.put("raw unnest, on conflict", () -> {
                    var fresh = renamed(rows);
                    return () -> unnest(disk, fresh);
                });
            }
            ways.put("store, one writer", () -> {
                fresh(traffic, batches);
                return () -> append(one, batches, Outcome.ACCEPTED);
            });
            ways.put("store, two writers", () -> {
                fresh(traffic, batches);
                return () -> append(two, batches, Outcome.ACCEPTED);
            });
            ways.put("the same batches again", () -> () -> append(two, batches, Outcome.DUPLICATE));
            ways.put("single events", () -> {
                var singles = singles(traffic);
                return () -> append(two, singles, Outcome.ACCEPTED);
            });
            var times = new LinkedHashMap<String, List<Double>>();
            for (int round = 0; round <= rounds; round++) {
                for (var way : ways.entrySet()) {
                    var run = way.getValue().ready();
                    long start = System.nanoTime();
                    run.once();
                    double rate = EVENTS / ((System.nanoTime() - start) / 1e9);
                    if (round > 0) {
                        times.computeIfAbsent(way.getKey(), key -> new ArrayList<>())
                                .add(rate);
                    }
                }
            }
            var limit = median(times.values().iterator().next());
            times.forEach((way, all) -> System.out.printf(
                    Locale.ROOT, "%-30s %9.0f events/s  %5.2f%n", way, median(all), median(all) / limit));
            Bare.stop(one);
            Bare.stop(two);
            verify(disk);
        }
    }

    private static Map<String, String> one() {
        return Boolean.getBoolean("weir.bench.before") ? Map.of() : Map.of("weir.store.writers", "1");
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }

    private static void verify(Disk disk) throws SQLException {
        try (var connection = disk.source().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*), max(sequence),"
                        + " (select count(*) from event_key), count(distinct sequence) from event")) {
            rows.next();
            System.out.printf(
                    Locale.ROOT,
                    "%d rows, last number %d, %d keys, %d distinct numbers%n",
                    rows.getLong(1),
                    rows.getLong(2),
                    rows.getLong(3),
                    rows.getLong(4));
        }
    }

    private static void fresh(Traffic traffic, List<Batch> batches) {
        batches.clear();
        for (int i = 0; i < EVENTS; i += BATCH) {
            batches.add(traffic.batch(BATCH, Instant.now()));
        }
    }

    private static List<Batch> singles(Traffic traffic) {
        var singles = new ArrayList<Batch>();
        for (int i = 0; i < EVENTS; i++) {
            singles.add(traffic.batch(1, Instant.now()));
        }
        return singles;
    }

    private static void append(EventStore store, List<Batch> batches, Outcome expected) {
        var waiting = new ArrayDeque<CompletableFuture<Appended>>();
        for (var batch : batches) {
            if (waiting.size() == OUTSTANDING) {
                check(waiting.remove(), expected);
            }
            waiting.add(store.append(batch).toCompletableFuture());
        }
        waiting.forEach(answer -> check(answer, expected));
    }

    private static void check(CompletableFuture<Appended> answer, Outcome expected) {
        if (!(answer.join() instanceof Appended.Committed committed)
                || !committed.dispositions().stream().map(Disposition::outcome).allMatch(expected::equals)) {
            throw new AssertionError("not " + expected);
        }
    }

    private static List<Row> rows(Batch batch) {
        var rows = new ArrayList<Row>();
        for (var entry : batch.entries()) {
            if (entry instanceof Entry.Arrival arrival) {
                rows.add(new Row(
                        UUID.randomUUID(),
                        batch.receivedAt(),
                        String.valueOf(arrival.who().userId()),
                        String.valueOf(arrival.who().sessionId()),
                        EventJson.write(arrival.event())));
            }
        }
        return rows;
    }

    /** The same rows under new ids. */
    private static List<Row> renamed(List<Row> rows) {
        return rows.stream()
                .map(row -> new Row(UUID.randomUUID(), row.at, row.user, row.session, row.body))
                .toList();
    }

    private static void tables(Disk disk, String text) throws SQLException {
        try (var connection = disk.source().getConnection();
                var statement = connection.createStatement()) {
            for (String table : List.of("raw", "raw_unique")) {
                statement.execute("create table " + table + " (id uuid"
                        + (table.equals("raw") ? "" : " primary key")
                        + ", at timestamp with time zone, who varchar(64), visit varchar(64), body " + text + ")");
            }
        }
    }

    private static List<byte[]> encodedAll(List<Row> rows) throws IOException {
        var encoded = new ArrayList<byte[]>();
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            encoded.add(encoded(rows.subList(from, Math.min(rows.size(), from + AT_ONCE))));
        }
        return encoded;
    }

    private static void copy(Disk disk, List<byte[]> encoded) throws SQLException {
        try (var connection = disk.source().getConnection()) {
            connection.setAutoCommit(false);
            var api = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var bytes : encoded) {
                var in = api.copyIn("copy raw from stdin (format binary)");
                in.writeToCopy(bytes, 0, bytes.length);
                in.endCopy();
                connection.commit();
            }
            connection.setAutoCommit(true);
        }
    }

    private static byte[] encoded(List<Row> rows) throws IOException {
        var bytes = new ByteArrayOutputStream(1 << 20);
        try (var out = new DataOutputStream(bytes)) {
            out.write("PGCOPY\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {(byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0});
            for (var row : rows) {
                out.writeShort(5);
                out.writeInt(16);
                out.writeLong(row.id.getMostSignificantBits());
                out.writeLong(row.id.getLeastSignificantBits());
                out.writeInt(8);
                out.writeLong(row.at.toEpochMilli() * 1_000 - 946_684_800_000_000L);
                for (var text : List.of(row.user, row.session, row.body)) {
                    var utf8 = text.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(utf8.length);
                    out.write(utf8);
                }
            }
            out.writeShort(-1);
        }
        return bytes.toByteArray();
    }

    private static void unnest(Disk disk, List<Row> rows) throws SQLException {
        try (var connection = disk.source().getConnection();
                var insert = connection.prepareStatement(
                        "insert into raw_unique select * from unnest(?, ?, ?, ?, ?)" + " on conflict do nothing")) {
            connection.setAutoCommit(false);
            for (int from = 0; from < rows.size(); from += AT_ONCE) {
                var some = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
                insert.setArray(
                        1, array(connection, "uuid", some.stream().map(Row::id).toArray()));
                insert.setArray(
                        2,
                        array(
                                connection,
                                "timestamptz",
                                some.stream()
                                        .map(row -> row.at.atOffset(ZoneOffset.UTC))
                                        .toArray()));
                insert.setArray(
                        3,
                        array(
                                connection,
                                "varchar",
                                some.stream().map(Row::user).toArray()));
                insert.setArray(
                        4,
                        array(
                                connection,
                                "varchar",
                                some.stream().map(Row::session).toArray()));
                insert.setArray(
                        5,
                        array(connection, "text", some.stream().map(Row::body).toArray()));
                insert.executeUpdate();
                connection.commit();
            }
            connection.setAutoCommit(true);
        }
    }

    private static java.sql.Array array(Connection connection, String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    private static void insert(Disk disk, List<Row> rows) throws SQLException {
        try (var connection = disk.source().getConnection();
                var insert = connection.prepareStatement("insert into raw_unique values (?, ?, ?, ?, ?)");
                var sync = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int from = 0; from < rows.size(); from += AT_ONCE) {
                for (var row : rows.subList(from, Math.min(rows.size(), from + AT_ONCE))) {
                    insert.setObject(1, row.id);
                    insert.setObject(2, OffsetDateTime.ofInstant(row.at, ZoneOffset.UTC));
                    insert.setString(3, row.user);
                    insert.setString(4, row.session);
                    insert.setString(5, row.body);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
                sync.execute("checkpoint sync");
            }
            connection.setAutoCommit(true);
        }
    }
}
