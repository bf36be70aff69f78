package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The row that whoever writes events of an environment holds until the commit: so numbers become visible in their order and
 * without gaps, and nobody else looks for duplicates or adds to tallies meanwhile.
 */
final class Cursor {

    private final Connection connection;
    private final String environment;

    Cursor(Connection connection, String environment) {
        this.connection = connection;
        this.environment = environment;
    }

    /**
     * What the row says.
     *
     * @param last the last number that was given
     * @param cleared how often something was taken away that events share
     */
    record Position(long last, long cleared) {}

    /** What the row says now, without taking it; nothing was given before there is one. */
    Position look() throws SQLException {
        var found = select("select last_sequence, cleared from event_cursor where environment = ?");
        return found == null ? new Position(0, 0) : found;
    }

    /** Takes the row, waiting for its holder. */
    Position take() throws SQLException {
        var found = lock();
        if (found == null) {
            begin();
            found = lock();
        }
        return found == null ? new Position(0, 0) : found;
    }

    /** To be called by who holds the row: every node is to forget which hierarchies and locations it knows. */
    void clear() throws SQLException {
        try (var update =
                connection.prepareStatement("update event_cursor set cleared = cleared + 1 where environment = ?")) {
            update.setString(1, environment);
            update.executeUpdate();
        }
    }

    void move(long last) throws SQLException {
        try (var update =
                connection.prepareStatement("update event_cursor set last_sequence = ? where environment = ?")) {
            update.setLong(1, last);
            update.setString(2, environment);
            update.executeUpdate();
        }
    }

    private void begin() throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into event_cursor (environment, last_sequence) values (?, 0) on conflict do nothing")) {
            insert.setString(1, environment);
            insert.executeUpdate();
        }
    }

    private @Nullable Position lock() throws SQLException {
        return select("select last_sequence, cleared from event_cursor where environment = ? for update");
    }

    private @Nullable Position select(String sql) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, environment);
            try (var rows = select.executeQuery()) {
                return rows.next() ? new Position(rows.getLong(1), rows.getLong(2)) : null;
            }
        }
    }
}
