package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.kernel.AppId;
import dev.weir.policy.CompiledPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads stored events whole and writes them again in their place: number, time and key stay. Writes what a policy left of an event,
 * never anything else. In the order of all writers: first {@link #share} for whatever may be written and {@link #shareAll}, then the
 * environment's cursor, then {@link #finish}; until then no event is written.
 */
final class Rewriting {

    private static final String SELECT = """
            select e.sequence, e.received_at, e.app_id, e.door, e.user_id, e.session_id, e.page_id, e.status, e.reason, e.redacted,
                   e.revision, e.stale, e.findings, e.body, h.content, l.content
            from (select * from event where environment = ? and %s) e
            left join hierarchy h on h.environment = e.environment and h.id = e.hierarchy
            left join location l on l.environment = e.environment and l.id = e.location
            order by e.sequence
            """;

    private static final String SIZES = """
            select e.sequence, char_length(e.body) + char_length(e.findings) + coalesce(char_length(h.content), 0)
                   + coalesce(char_length(l.content), 0)
            from (select sequence, environment, body, findings, hierarchy, location from event
                  where environment = ? and sequence > ? and sequence <= ? order by sequence limit ?) e
            left join hierarchy h on h.environment = e.environment and h.id = e.hierarchy
            left join location l on l.environment = e.environment and l.id = e.location
            order by e.sequence
            """;

    private static final String UPDATE = """
            update event set name = ?, user_id = ?, identity = ?, session_id = ?, page_id = ?, status = ?, reason = ?, redacted = ?,
                             revision = ?, findings = ?, body = ?, hierarchy = ?, location = ?
            where environment = ? and sequence = ? and received_at = ?
            """;

    private final Connection connection;
    private final String environment;
    private final SharedRows shared;
    private final List<StoredRow> changed = new ArrayList<>();
    private final List<StoredRow> deleted = new ArrayList<>();

    Rewriting(Connection connection, String environment, Instant now) {
        this.connection = connection;
        this.environment = environment;
        this.shared = new SharedRows(connection, environment, new Acquainted(), now, null);
    }

    /** Up to which number some events go; {@code last} whether there is nothing behind it. */
    record Some(long next, boolean last) {}

    /** At most so many of them, and only as many as have so many characters together, but one in any case. */
    Some some(long after, long until, int most, long characters) throws SQLException {
        try (var select = connection.prepareStatement(SIZES)) {
            select.setString(1, environment);
            select.setLong(2, after);
            select.setLong(3, until);
            select.setInt(4, most);
            long next = after;
            long sum = 0;
            int found = 0;
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    sum += rows.getLong(2);
                    if (found > 0 && sum > characters) {
                        return new Some(next, false);
                    }
                    next = rows.getLong(1);
                    found++;
                }
            }
            return found < most ? new Some(until, true) : new Some(next, false);
        }
    }

    /** {@code where} is a constant of who calls; rows come by their numbers and are held until the transaction ends where it says so. */
    List<StoredRow> read(String where, Object... arguments) throws SQLException {
        try (var select = connection.prepareStatement(SELECT.formatted(where))) {
            select.setString(1, environment);
            for (int i = 0; i < arguments.length; i++) {
                select.setObject(i + 2, arguments[i]);
            }
            var found = new ArrayList<StoredRow>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(row(rows));
                }
            }
            return found;
        }
    }

    private static StoredRow row(ResultSet row) throws SQLException {
        var whole = EventReading.whole(row.getString(14), row.getString(15), row.getString(16));
        return new StoredRow(
                row.getLong(1),
                Reading.time(row, 2),
                new AppId(row.getString(3)),
                Door.of(row.getString(4)),
                new Entry.Who(row.getString(5), row.getString(6), row.getString(7)),
                row.getString(8).equals("kept") ? null : row.getString(9),
                row.getBoolean(10),
                row.getLong(11),
                row.getBoolean(12),
                Sightings.notes(EventReading.tree(row.getString(13))),
                EventReading.event(whole));
    }

    /** What the row is to be; {@code reason} null for kept. New notes are added to those it has. */
    StoredRow rewritten(
            StoredRow row,
            CompiledPolicy policy,
            Event event,
            @Nullable String reason,
            long revision,
            List<Note> notes) {
        var all = new LinkedHashSet<>(row.notes());
        all.addAll(notes);
        return new StoredRow(
                row.sequence(),
                row.receivedAt(),
                row.app(),
                row.door(),
                new Entry.Who(
                        handle(policy, row.who().userId()),
                        handle(policy, row.who().sessionId()),
                        handle(policy, row.who().pageId())),
                reason,
                row.redacted() || !notes.isEmpty(),
                revision,
                row.stale(),
                List.copyOf(all),
                event);
    }

    /** A pseudonym stays what it is: one of a pseudonym would be somebody else. */
    static @Nullable String handle(CompiledPolicy policy, @Nullable String stored) {
        return stored == null || stored.startsWith("h:") ? stored : policy.handle(stored);
    }

    /** An event that may be written may refer to what others share. */
    void share(Event event) {
        shared.add(Shared.hierarchyOf(event));
        shared.add(Shared.locationOf(event));
    }

    /** Makes sure of it, and holds it until the transaction ends. */
    void shareAll() throws SQLException {
        shared.insert();
    }

    void write(StoredRow row) {
        changed.add(row);
    }

    void delete(StoredRow row) {
        deleted.add(row);
    }

    void finish() throws SQLException {
        if (!changed.isEmpty()) {
            try (var update = connection.prepareStatement(UPDATE)) {
                for (StoredRow row : changed) {
                    fill(update, row);
                    update.addBatch();
                }
                update.executeBatch();
            }
        }
        if (!deleted.isEmpty()) {
            try (var delete = connection.prepareStatement(
                    "delete from event where environment = ? and sequence = ? and received_at = ?")) {
                for (StoredRow row : deleted) {
                    delete.setString(1, environment);
                    delete.setLong(2, row.sequence());
                    Binding.time(delete, 3, row.receivedAt());
                    delete.addBatch();
                }
                delete.executeBatch();
            }
        }
    }

    private void fill(PreparedStatement update, StoredRow row) throws SQLException {
        Event event = row.event();
        Binding.text(update, 1, event.name());
        Binding.text(update, 2, row.who().userId());
        Binding.text(update, 3, event.identity());
        Binding.text(update, 4, row.who().sessionId());
        Binding.text(update, 5, row.who().pageId());
        update.setString(6, row.reason() == null ? "kept" : "quarantined");
        Binding.text(update, 7, row.reason());
        update.setBoolean(8, row.redacted());
        update.setLong(9, row.revision());
        update.setString(10, EventJson.notes(row.notes()));
        update.setString(11, EventJson.own(event));
        update.setObject(12, Shared.hierarchyOf(event).id());
        update.setObject(13, Shared.locationOf(event).id());
        update.setString(14, environment);
        update.setLong(15, row.sequence());
        Binding.time(update, 16, row.receivedAt());
    }
}
