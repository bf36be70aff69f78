package dev.weir.store;

import dev.weir.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The events of one transaction that are kept or set aside, in the order in which they get their numbers. */
final class EventRows {

    private static final String INSERT = """
            insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, user_id, identity,
                               session_id, page_id, status, reason, redacted, revision, stale, findings, body, hierarchy, location)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Connection connection;
    private final String environment;
    private final List<Row> rows = new ArrayList<>();

    EventRows(Connection connection, String environment) {
        this.connection = connection;
        this.environment = environment;
    }

    private record Row(Batch batch, Entry.Arrival arrival, Prepared.Line line) {}

    void add(Batch batch, Entry.Arrival arrival, Prepared.Line line) {
        rows.add(new Row(batch, arrival, line));
    }

    /** Answers the next free number. */
    long insert(long sequence) throws SQLException {
        if (rows.isEmpty()) {
            return sequence;
        }
        long next = sequence;
        try (var insert = connection.prepareStatement(INSERT)) {
            for (Row row : rows) {
                fill(insert, next++, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return next;
    }

    private void fill(PreparedStatement insert, long sequence, Row row) throws SQLException {
        Batch batch = row.batch;
        Entry.Arrival arrival = row.arrival;
        Event event = arrival.event();
        insert.setString(1, environment);
        insert.setLong(2, sequence);
        insert.setObject(3, row.line.id());
        insert.setString(4, batch.app().digits());
        insert.setString(5, batch.door().stored());
        Binding.time(insert, 6, batch.receivedAt());
        Binding.time(insert, 7, arrival.happenedAt());
        insert.setString(8, event.type().wire());
        Binding.text(insert, 9, event.name());
        Binding.text(insert, 10, arrival.who().userId());
        Binding.text(insert, 11, event.identity());
        Binding.text(insert, 12, arrival.who().sessionId());
        Binding.text(insert, 13, arrival.who().pageId());
        insert.setString(14, arrival.reason() == null ? "kept" : "quarantined");
        Binding.text(insert, 15, arrival.reason());
        insert.setBoolean(16, arrival.redacted());
        insert.setLong(17, batch.revision().number());
        insert.setBoolean(18, batch.stale());
        insert.setString(19, row.line.findings());
        insert.setString(20, row.line.body());
        insert.setObject(21, row.line.hierarchy().id());
        insert.setObject(22, row.line.location().id());
    }
}
