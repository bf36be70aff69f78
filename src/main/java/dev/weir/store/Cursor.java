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

    /** Takes the row, waiting for its holder, and says the last number that was given. */
    long take() throws SQLException {
        var found = lock();
        if (found == null) {
            begin();
            found = lock();
        }
        return found == null ? 0 : found;
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

    private @Nullable Long lock() throws SQLException {
        try (var select = connection.prepareStatement(
                "select last_sequence from event_cursor where environment = ? for update")) {
            select.setString(1, environment);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : null;
            }
        }
    }
}
