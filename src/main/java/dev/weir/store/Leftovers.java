package dev.weir.store;

import dev.weir.database.Patience;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import org.jspecify.annotations.Nullable;

/**
 * Takes away the hierarchies and locations of an environment to which no event refers any more. To be called when events were deleted
 * or rewritten for a reason other than age: {@link Expiry} sees to those. Writers may go on meanwhile. However many there are, only some
 * of them are looked at, and remembered, at a time.
 */
@ApplicationScoped
public class Leftovers {

    /** Rows that are looked at in one go. */
    private static final int PAGE = 20_000;

    /** Rows that are taken away while writers wait. */
    private static final int AT_ONCE = 500;

    private final DataSource database;
    private final int page;

    @Inject
    Leftovers(DataSource database) {
        this(database, PAGE);
    }

    Leftovers(DataSource database, int page) {
        this.database = database;
        this.page = page;
    }

    /**
     * What one go has done.
     *
     * @param gone how many are gone
     * @param next where the next one begins; empty behind the last
     */
    public record Cleared(int gone, String next) {

        public boolean last() {
            return next.isEmpty();
        }
    }

    /** Rows of one kind behind an id. */
    private record Place(Shared.Kind kind, UUID after) {

        static Place of(String text) {
            if (text.isEmpty()) {
                return new Place(Shared.Kind.HIERARCHY, Shared.NOTHING);
            }
            var parts = text.split(" ", -1);
            return new Place(Shared.Kind.valueOf(parts[0]), UUID.fromString(parts[1]));
        }

        String behind(UUID last) {
            return kind + " " + last;
        }

        /** The beginning of the next kind; empty behind the last. */
        String nextKind() {
            return kind == Shared.Kind.HIERARCHY ? Shared.Kind.LOCATION + " " + Shared.NOTHING : "";
        }
    }

    /** Looks at the next ones from there on; an empty text is the beginning. */
    public Cleared clear(EnvironmentKey environment, String from) {
        return Reading.of(database, connection -> {
            var patience = Patience.of(connection);
            connection.setAutoCommit(false);
            try {
                var cleared = clear(connection, environment.value(), Place.of(from));
                connection.commit();
                return cleared;
            } catch (SQLException | RuntimeException | Error e) {
                // Else it would be committed below, and writers would go on with what is gone.
                connection.rollback();
                throw e;
            } finally {
                patience.over();
                connection.setAutoCommit(true);
            }
        });
    }

    /** All of them; how many are gone. */
    int clear(EnvironmentKey environment) {
        var cleared = clear(environment, "");
        int gone = cleared.gone();
        while (!cleared.last()) {
            cleared = clear(environment, cleared.next());
            gone += cleared.gone();
        }
        return gone;
    }

    /**
     * Looks without holding anybody up, then takes the rows away some at a time: each time it holds the cursor only for as long as it
     * takes to look at what was written meanwhile.
     */
    private Cleared clear(Connection connection, String environment, Place place) throws SQLException {
        long seen = last(connection, environment);
        var rows = rows(connection, environment, place);
        var end = rows.last;
        if (end == null) {
            return new Cleared(0, place.nextKind());
        }
        var unused = rows.unused;
        var range = new Range(place.kind, place.after, end);
        keepUsed(connection, environment, range, 0, unused);
        connection.commit();
        int gone = 0;
        while (!unused.isEmpty()) {
            var cursor = new Cursor(connection, environment);
            cursor.take();
            keepUsed(connection, environment, range, seen, unused);
            seen = last(connection, environment);
            int some = delete(connection, environment, place.kind, taken(unused));
            if (some > 0) {
                cursor.clear();
            }
            connection.commit();
            gone += some;
        }
        return new Cleared(gone, rows.full ? place.behind(end) : place.nextKind());
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

    /** Some rows in the order of their ids; {@code full} where there may be more. */
    private record Rows(
            Map<UUID, OffsetDateTime> unused, @Nullable UUID last, boolean full) {}

    private Rows rows(Connection connection, String environment, Place place) throws SQLException {
        try (var select = connection.prepareStatement("select id, seen_at from " + place.kind.table()
                + " where environment = ? and id > ? order by id limit ?")) {
            select.setString(1, environment);
            select.setObject(2, place.after);
            select.setInt(3, page);
            select.setFetchSize(StoredRows.FETCH);
            var found = new HashMap<UUID, OffsetDateTime>();
            UUID last = null;
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    last = rows.getObject(1, UUID.class);
                    found.put(last, rows.getObject(2, OffsetDateTime.class));
                }
            }
            return new Rows(found, last, found.size() == page);
        }
    }

    /** Ids of one kind behind the first and up to the last. */
    private record Range(Shared.Kind kind, UUID after, UUID last) {}

    /** Those to which an event after this number refers are not among the unused. */
    private static void keepUsed(
            Connection connection, String environment, Range range, long after, Map<UUID, OffsetDateTime> unused)
            throws SQLException {
        var id = range.kind.table();
        try (var select = connection.prepareStatement("select distinct " + id
                + " from event where environment = ? and sequence > ? and " + id + " > ? and " + id + " <= ?")) {
            select.setString(1, environment);
            select.setLong(2, after);
            select.setObject(3, range.after);
            select.setObject(4, range.last);
            select.setFetchSize(StoredRows.FETCH);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    unused.remove(rows.getObject(1, UUID.class));
                }
            }
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
