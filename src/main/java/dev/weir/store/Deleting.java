package dev.weir.store;

import dev.weir.database.Patience;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Deletes rows of one kind that are too old, at most so many, in a transaction of its own. It passes over rows that somebody else holds,
 * so it never waits for a writer, and two nodes never delete the same row.
 */
enum Deleting {
    KEPT("""
            select environment, sequence from event
            where environment = ? and stored_on = ? and status = 'kept' and received_at < ?
            limit ? for update skip locked
            """, "delete from event where environment = ? and sequence = ? and stored_on = ?"),
    QUARANTINED("""
            select environment, sequence from event
            where environment = ? and stored_on = ? and status = 'quarantined' and received_at < ?
            limit ? for update skip locked
            """, "delete from event where environment = ? and sequence = ? and stored_on = ?"),
    DROPPED("""
            select environment, sequence from dropped
            where environment = ? and received_at < ?
            order by received_at limit ? for update skip locked
            """, "delete from dropped where environment = ? and sequence = ?"),
    /** Of all environments: no policy says how long a key is remembered. */
    KEYS("""
            select key, received_at from event_key
            where '' = ? and received_at < ?
            limit ? for update skip locked
            """, "delete from event_key where key = ? and received_at = ?"),
    HIERARCHIES("""
            select environment, id from hierarchy
            where environment = ? and seen_at < ?
            order by seen_at limit ? for update skip locked
            """, "delete from hierarchy where environment = ? and id = ?"),
    LOCATIONS("""
            select environment, id from location
            where environment = ? and seen_at < ?
            order by seen_at limit ? for update skip locked
            """, "delete from location where environment = ? and id = ?");

    private final String find;
    private final String delete;

    Deleting(String find, String delete) {
        this.find = find;
        this.delete = delete;
    }

    /** Two columns that one row alone has. */
    private record Key(Object first, Object second) {}

    /** Whether rows are looked for day by day. */
    boolean byDay() {
        return this == KEPT || this == QUARANTINED;
    }

    /** Whose rows, and of which day where they are looked for day by day. */
    record Place(String environment, LocalDate day) {}

    /** How many rows are gone; fewer than {@code most} when no more were found. */
    int delete(DataSource database, Place place, Instant before, int most) throws SQLException {
        try (var connection = database.getConnection()) {
            var patience = Patience.of(connection);
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                var found = find(connection, place, before, most);
                delete(connection, place, found);
                connection.commit();
                committed = true;
                return found.size();
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                patience.over();
            }
        }
    }

    private List<Key> find(Connection connection, Place place, Instant before, int most) throws SQLException {
        try (var select = connection.prepareStatement(find)) {
            int next = 1;
            select.setString(next++, place.environment);
            if (byDay()) {
                select.setObject(next++, place.day);
            }
            Binding.time(select, next++, before);
            select.setInt(next, most);
            var found = new ArrayList<Key>();
            try (var keys = select.executeQuery()) {
                while (keys.next()) {
                    found.add(new Key(keys.getObject(1), keys.getObject(2)));
                }
            }
            return found;
        }
    }

    private void delete(Connection connection, Place place, List<Key> found) throws SQLException {
        if (found.isEmpty()) {
            return;
        }
        try (var rows = connection.prepareStatement(delete)) {
            for (Key key : found) {
                rows.setObject(1, key.first);
                rows.setObject(2, key.second);
                if (byDay()) {
                    rows.setObject(3, place.day);
                }
                rows.addBatch();
            }
            rows.executeBatch();
        }
    }
}
