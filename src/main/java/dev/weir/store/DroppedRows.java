package dev.weir.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The drops of one transaction, by reason and rule alone: nothing that came with them. Equal drops of one batch are one row. */
final class DroppedRows {

    private static final String INSERT = """
            insert into dropped (environment, sequence, app_id, door, received_at, type, reason, rule, n, revision, stale)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Connection connection;
    private final String environment;

    /** In a list, because two batches may be equal: a sender tried again at the same moment. */
    private final List<Batch> batches = new ArrayList<>();

    private final Map<Row, Integer> rows = new LinkedHashMap<>();

    DroppedRows(Connection connection, String environment) {
        this.connection = connection;
        this.environment = environment;
    }

    /** Equal drops of one batch, which is named by its place in {@link #batches}. */
    private record Row(int batch, @Nullable String type, String reason, String rule) {}

    /** Drops that follow belong to this batch. */
    void begin(Batch batch) {
        batches.add(batch);
    }

    void add(@Nullable String type, String reason, String rule) {
        rows.merge(new Row(batches.size() - 1, type, reason, rule), 1, Integer::sum);
    }

    /** Answers the next free number. */
    long insert(long sequence) throws SQLException {
        if (rows.isEmpty()) {
            return sequence;
        }
        long next = sequence;
        try (var insert = connection.prepareStatement(INSERT)) {
            for (var row : rows.entrySet()) {
                fill(insert, next++, row.getKey(), row.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return next;
    }

    private void fill(PreparedStatement insert, long sequence, Row row, int n) throws SQLException {
        Batch batch = batches.get(row.batch);
        insert.setString(1, environment);
        insert.setLong(2, sequence);
        insert.setString(3, batch.app().digits());
        insert.setString(4, batch.door().stored());
        Binding.time(insert, 5, batch.receivedAt());
        Binding.text(insert, 6, row.type);
        insert.setString(7, row.reason);
        insert.setString(8, row.rule);
        insert.setInt(9, n);
        insert.setLong(10, batch.revision().number());
        insert.setBoolean(11, batch.stale());
    }
}
