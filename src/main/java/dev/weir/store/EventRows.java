package dev.weir.store;

import dev.weir.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of one transaction that are kept or set aside, in the order in which they get their numbers. */
final class EventRows {

    private static final String COLUMNS =
            "environment, sequence, id, app_id, door, received_at, happened_at, type, name,"
                    + " user_id, identity, session_id, page_id, status, reason, redacted, revision, stale, findings, body,"
                    + " hierarchy, location, stored_on";

    private static final String INSERT = "insert into event (" + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Connection connection;
    private final Dialect dialect;
    private final String environment;
    private final List<Row> rows = new ArrayList<>();

    EventRows(Connection connection, Dialect dialect, String environment) {
        this.connection = connection;
        this.dialect = dialect;
        this.environment = environment;
    }

    private record Row(Batch batch, Entry.Arrival arrival, Prepared.Line line) {

        String status() {
            return arrival.reason() == null ? "kept" : "quarantined";
        }
    }

    void add(Batch batch, Entry.Arrival arrival, Prepared.Line line) {
        rows.add(new Row(batch, arrival, line));
    }

    /** When the oldest of them came in; empty when there are none. */
    Optional<Instant> oldest() {
        return rows.stream().map(row -> row.batch.receivedAt()).min(Instant::compareTo);
    }

    /** Answers the next free number. */
    long insert(long sequence, LocalDate day) throws SQLException {
        if (rows.isEmpty()) {
            return sequence;
        }
        switch (dialect) {
            case POSTGRESQL -> CopyRows.write(connection, "event", COLUMNS, copy -> copy(copy, sequence, day));
            case H2 -> batch(sequence, day);
        }
        return sequence + rows.size();
    }

    private void copy(CopyRows to, long sequence, LocalDate day) throws SQLException {
        long next = sequence;
        for (Row row : rows) {
            to.row();
            to.text(environment);
            to.number(next++);
            to.id(row.line.id());
            to.text(row.batch.app().digits());
            to.text(row.batch.door().stored());
            to.time(row.batch.receivedAt());
            to.time(row.arrival.happenedAt());
            what(to, row.arrival.event(), row.arrival.who());
            to.text(row.status());
            to.text(row.arrival.reason());
            to.flag(row.arrival.redacted());
            to.number(row.batch.revision().number());
            to.flag(row.batch.stale());
            to.spelled(row.line.findings());
            to.spelled(row.line.body());
            to.id(row.line.hierarchy().id());
            to.id(row.line.location().id());
            to.day(day);
        }
    }

    private static void what(CopyRows to, Event event, Entry.Who who) {
        to.text(event.type().wire());
        to.text(event.name());
        to.text(who.userId());
        to.text(event.identity());
        to.text(who.sessionId());
        to.text(who.pageId());
    }

    private void batch(long sequence, LocalDate day) throws SQLException {
        long next = sequence;
        try (var insert = connection.prepareStatement(INSERT)) {
            for (Row row : rows) {
                fill(insert, next++, row);
                insert.setObject(23, day);
                insert.addBatch();
            }
            insert.executeBatch();
        }
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
        insert.setString(14, row.status());
        Binding.text(insert, 15, arrival.reason());
        insert.setBoolean(16, arrival.redacted());
        insert.setLong(17, batch.revision().number());
        insert.setBoolean(18, batch.stale());
        insert.setString(19, EventJson.text(row.line.findings()));
        insert.setString(20, EventJson.text(row.line.body()));
        insert.setObject(21, row.line.hierarchy().id());
        insert.setObject(22, row.line.location().id());
    }
}
