package dev.weir.store;

import dev.weir.database.Patience;
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

    /** Rows that are taken away while writers wait. */
    private static final int AT_ONCE = 500;

    private final DataSource database;

    Leftovers(DataSource database) {
        this.database = database;
    }

    /** How many are gone. */
    public int clear(EnvironmentKey environment) {
        return Reading.of(database, connection -> {
            var patience = Patience.of(connection);
            connection.setAutoCommit(false);
            try {
                int gone = clear(connection, environment.value());
                connection.commit();
                return gone;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                patience.over();
                connection.setAutoCommit(true);
            }
        });
    }

    /**
     * Looks without holding anybody up, then takes the rows away some at a time: each time it holds the cursor only for as long as it
     * takes to look at what was written meanwhile.
     */
    private static int clear(Connection connection, String environment) throws SQLException {
        int gone = 0;
        for (var kind : Shared.Kind.values()) {
            long seen = last(connection, environment);
            var unused = rows(connection, environment, kind);
            unused.keySet().removeAll(used(connection, environment, kind, 0));
            connection.commit();
            while (!unused.isEmpty()) {
                var cursor = new Cursor(connection, environment);
                cursor.take();
                unused.keySet().removeAll(used(connection, environment, kind, seen));
                seen = last(connection, environment);
                int some = delete(connection, environment, kind, taken(unused));
                if (some > 0) {
                    cursor.clear();
                }
                connection.commit();
                gone += some;
            }
        }
        return gone;
    }

    /** Some of them, which are then no longer among the rest. */
    private static Map<UUID, OffsetDateTime> taken(Map<UUID, OffsetDateTime> unused) {
        var some = new HashMap<UUID, OffsetDateTime>();
        var rest = unused.entrySet().iterator();
        while (rest.hasNext() && some.size() < AT_ONCE) {
            var row = rest.next();
            some.put(row.getKey(), row.getValue());
            rest.remove();
        }
        return some;
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

    /**
     * Not those that were touched since they were looked at, nor those that a writer holds at this moment: it needs them, and may
     * itself be waiting for the cursor that is held here.
     */
    private static int delete(
            Connection connection, String environment, Shared.Kind kind, Map<UUID, OffsetDateTime> unused)
            throws SQLException {
        var free = free(connection, environment, kind, unused);
        try (PreparedStatement delete =
                connection.prepareStatement("delete from " + kind.table() + " where environment = ? and id = ?")) {
            for (var id : free) {
                delete.setString(1, environment);
                delete.setObject(2, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
        return free.size();
    }

    private static Set<UUID> free(
            Connection connection, String environment, Shared.Kind kind, Map<UUID, OffsetDateTime> unused)
            throws SQLException {
        var free = new HashSet<UUID>();
        if (unused.isEmpty()) {
            return free;
        }
        var marks = "?" + ", ?".repeat(unused.size() - 1);
        try (var select = connection.prepareStatement("select id, seen_at from " + kind.table()
                + " where environment = ? and id in (" + marks + ") for update skip locked")) {
            select.setString(1, environment);
            int place = 2;
            for (var id : unused.keySet()) {
                select.setObject(place++, id);
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var id = rows.getObject(1, UUID.class);
                    if (rows.getObject(2, OffsetDateTime.class).equals(unused.get(id))) {
                        free.add(id);
                    }
                }
            }
        }
        return free;
    }
}
