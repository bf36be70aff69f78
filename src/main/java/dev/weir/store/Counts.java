package dev.weir.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adds up what becomes of entries, by hour, and adds that to the {@link Tallies} in the end. */
final class Counts {

    private static final String INSERT = """
            insert into tally (environment, slot, outcome, reason, n)
            select ?, slot, outcome, reason, n from unnest(?, ?, ?, ?) as counted (slot, outcome, reason, n)
            on conflict (environment, slot, outcome, reason) do update set n = tally.n + excluded.n
            """;

    private static final int PARAMETERS = 5;

    private final Connection connection;
    private final Dialect dialect;
    private final String environment;
    private final Map<Row, Long> rows = new TreeMap<>();

    /** Of the entry that was counted last, whose batch has more of them. */
    private Instant at = Instant.MIN;

    private Instant slot = Instant.MIN;

    Counts(Connection connection, Dialect dialect, String environment) {
        this.connection = connection;
        this.dialect = dialect;
        this.environment = environment;
    }

    /** One row of the table, in an order in which two transactions don't lock each other out. */
    private record Row(Instant slot, String outcome, String reason) implements Comparable<Row> {

        private static final Comparator<Row> ORDER =
                Comparator.comparing(Row::slot).thenComparing(Row::outcome).thenComparing(Row::reason);

        @Override
        public int compareTo(Row other) {
            return ORDER.compare(this, other);
        }
    }

    /** One entry had this outcome; each entry has one. */
    void outcome(Batch batch, Outcome outcome, @Nullable String reason) {
        add(batch, outcome.label(), reason == null ? "" : reason);
        if (batch.stale()) {
            add(batch, Tallies.STALE, "");
        }
    }

    /** One entry that was counted before as {@code from} is now {@code to}: their sum stays. */
    void moved(Batch batch, Outcome from, String was, Outcome to, @Nullable String reason) {
        add(batch, from.label(), was, -1);
        add(batch, to.label(), reason == null ? "" : reason, 1);
    }

    /** Something was redacted in an entry that was accepted. */
    void redacted(Batch batch) {
        add(batch, Tallies.REDACTED, "");
    }

    /** A reason was found in an entry, whatever became of it. */
    void found(Batch batch, String reason) {
        add(batch, Tallies.FOUND, reason);
    }

    /** So many events never came. */
    void lost(Batch batch, int n) {
        if (n > 0) {
            add(batch, Tallies.LOST, Tallies.COLLECTOR_LOST, n);
        }
    }

    void insert() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        if (dialect == Dialect.POSTGRESQL) {
            try (var insert = connection.prepareStatement(INSERT)) {
                fill(insert);
                insert.executeUpdate();
            }
            return;
        }
        for (var row : rows.entrySet()) {
            if (increase(row.getKey(), row.getValue()) == 0) {
                begin(row.getKey(), row.getValue());
            }
        }
    }

    /** The same, and moves the cursor from where it was: in one round trip, where the database takes two statements at once. */
    void insert(Cursor cursor, long last, long next) throws SQLException {
        if (dialect == Dialect.POSTGRESQL && next > last && !rows.isEmpty()) {
            try (var both = connection.prepareStatement(INSERT + ";" + Cursor.MOVE)) {
                fill(both);
                cursor.move(both, PARAMETERS + 1, next);
                both.execute();
            }
            return;
        }
        insert();
        if (next > last) {
            cursor.move(next);
        }
    }

    private void fill(PreparedStatement insert) throws SQLException {
        insert.setString(1, environment);
        insert.setArray(2, array("timestamptz", row -> row.slot.atOffset(ZoneOffset.UTC)));
        insert.setArray(3, array("varchar", Row::outcome));
        insert.setArray(4, array("varchar", Row::reason));
        insert.setArray(
                PARAMETERS, connection.createArrayOf("bigint", rows.values().toArray()));
    }

    private Array array(String type, Function<Row, Object> column) throws SQLException {
        return connection.createArrayOf(type, rows.keySet().stream().map(column).toArray());
    }

    private void add(Batch batch, String outcome, String reason) {
        add(batch, outcome, reason, 1);
    }

    private void add(Batch batch, String outcome, String reason, long n) {
        if (!batch.receivedAt().equals(at)) {
            at = batch.receivedAt();
            slot = at.truncatedTo(ChronoUnit.HOURS);
        }
        rows.merge(new Row(slot, outcome, reason), n, Long::sum);
    }

    private int increase(Row row, long n) throws SQLException {
        try (var update = connection.prepareStatement(
                "update tally set n = n + ? where environment = ? and slot = ? and outcome = ? and reason = ?")) {
            update.setLong(1, n);
            update.setString(2, environment);
            Binding.time(update, 3, row.slot);
            update.setString(4, row.outcome);
            update.setString(5, row.reason);
            return update.executeUpdate();
        }
    }

    private void begin(Row row, long n) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into tally (environment, slot, outcome, reason, n) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, environment);
            Binding.time(insert, 2, row.slot);
            insert.setString(3, row.outcome);
            insert.setString(4, row.reason);
            insert.setLong(5, n);
            insert.executeUpdate();
        }
    }
}
