package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Takes away the hierarchies and locations of an environment to which no event refers any more. To be called when events were deleted
 * or rewritten for a reason other than age: {@link Expiry} sees to those. Writers may go on meanwhile.
 */
@ApplicationScoped
public class Leftovers {

    private final DataSource database;

    Leftovers(DataSource database) {
        this.database = database;
    }

    /** How many are gone. */
    public int clear(EnvironmentKey environment) {
        return Reading.of(database, connection -> {
            connection.setAutoCommit(false);
            try {
                int gone = clear(connection, environment.value());
                connection.commit();
                return gone;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    /**
     * Looks without holding anybody up, then holds the cursor for as long as it takes to look at what was written meanwhile. A row
     * that was touched since it was looked at stays.
     */
    private static int clear(Connection connection, String environment) throws SQLException {
        long seen = last(connection, environment);
        var unused = new HashMap<Shared.Kind, Map<UUID, OffsetDateTime>>();
        for (var kind : Shared.Kind.values()) {
            var rows = rows(connection, environment, kind);
            rows.keySet().removeAll(used(connection, environment, kind, 0));
            unused.put(kind, rows);
        }
        var cursor = new Cursor(connection, environment);
        cursor.take();
        int gone = 0;
        for (var kind : Shared.Kind.values()) {
            var rows = unused.getOrDefault(kind, Map.of());
            rows.keySet().removeAll(used(connection, environment, kind, seen));
            gone += delete(connection, environment, kind, rows);
        }
        if (gone > 0) {
            cursor.clear();
        }
        return gone;
    }

    private static long last(Connection connection, String environment) throws SQLException {
        try (var select = connection.prepareStatement("select last_sequence from event_cursor where environment = ?")) {
            select.setString(1, environment);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private static Map<UUID, OffsetDateTime> rows(Connection connection, String environment, Shared.Kind kind)
            throws SQLException {
        try (var select =
                connection.prepareStatement("select id, seen_at from " + kind.table() + " where environment = ?")) {
            select.setString(1, environment);
            select.setFetchSize(StoredRows.FETCH);
            var found = new HashMap<UUID, OffsetDateTime>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getObject(1, UUID.class), rows.getObject(2, OffsetDateTime.class));
                }
            }
            return found;
        }
    }

    /** Those to which an event after this number refers. */
    private static Set<UUID> used(Connection connection, String environment, Shared.Kind kind, long after)
            throws SQLException {
        try (var select = connection.prepareStatement(
                "select distinct " + kind.table() + " from event where environment = ? and sequence > ?")) {
            select.setString(1, environment);
            select.setLong(2, after);
            select.setFetchSize(StoredRows.FETCH);
            var found = new HashSet<UUID>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
            }
            return found;
        }
    }

    private static int delete(
            Connection connection, String environment, Shared.Kind kind, Map<UUID, OffsetDateTime> unused)
            throws SQLException {
        int gone = 0;
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from " + kind.table() + " where environment = ? and id = ? and seen_at = ?")) {
            for (var row : unused.entrySet()) {
                delete.setString(1, environment);
                delete.setObject(2, row.getKey());
                delete.setObject(3, row.getValue());
                gone += delete.executeUpdate();
            }
        }
        return gone;
    }
}
