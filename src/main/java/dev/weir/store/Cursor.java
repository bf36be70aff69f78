package dev.weir.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The row that whoever writes events of an environment holds until the commit: so numbers become visible in their order and
 * without gaps, and nobody else looks for duplicates or adds to tallies meanwhile.
 */
final class Cursor {

    private static final String COLUMNS = "last_sequence, cleared, stored_on, oldest, suppressed, applied";

    static final String MOVE = "update event_cursor set last_sequence = ? where environment = ?";

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
     * @param day on which a number was given last
     * @param oldest when the oldest event of that day came in
     * @param suppressed how many names of persons are not to come back
     * @param applied the newest revision that was applied to what is stored; 0 for none
     */
    record Position(long last, long cleared, LocalDate day, Instant oldest, long suppressed, long applied) {

        static final Position NONE = new Position(0, 0, Days.FIRST, Instant.EPOCH, 0, 0);
    }

    /** What the row says now, without taking it; nothing was given before there is one. */
    Position look() throws SQLException {
        var found = select("select " + COLUMNS + " from event_cursor where environment = ?");
        return found == null ? Position.NONE : found;
    }

    /** Takes the row, waiting for its holder; the commit that ends this will wait for the disk. */
    Position take() throws SQLException {
        var found = lock();
        if (found == null) {
            begin();
            found = lock();
        }
        return found == null ? Position.NONE : found;
    }

    /** To be called by who holds the row: every node is to forget which hierarchies and locations it knows. */
    void clear() throws SQLException {
        try (var update =
                connection.prepareStatement("update event_cursor set cleared = cleared + 1 where environment = ?")) {
            update.setString(1, environment);
            update.executeUpdate();
        }
    }

    /**
     * Sees to it that this day is known to have events, of which one came in so long ago. Days don't go back, whatever a clock says.
     *
     * @return the day
     */
    LocalDate day(Position position, LocalDate today, Instant oldest) throws SQLException {
        boolean later = today.isAfter(position.day);
        var day = later ? today : position.day;
        if (later || oldest.isBefore(position.oldest)) {
            Days.begin(connection, environment, day, position.last + 1, oldest);
            try (var update = connection.prepareStatement(
                    "update event_cursor set stored_on = ?, oldest = ? where environment = ?")) {
                update.setObject(1, day);
                Binding.time(update, 2, oldest);
                update.setString(3, environment);
                update.executeUpdate();
            }
        }
        return day;
    }

    /** To be called by who holds the row: so many names more. */
    void suppressed(int more) throws SQLException {
        try (var update = connection.prepareStatement(
                "update event_cursor set suppressed = suppressed + ? where environment = ?")) {
            update.setInt(1, more);
            update.setString(2, environment);
            update.executeUpdate();
        }
    }

    /** To be called by who holds the row: from the commit on nothing is written that an earlier revision alone has judged. */
    void applied(long revision) throws SQLException {
        try (var update = connection.prepareStatement(
                "update event_cursor set applied = ? where environment = ? and applied < ?")) {
            update.setLong(1, revision);
            update.setString(2, environment);
            update.setLong(3, revision);
            update.executeUpdate();
        }
    }

    void move(long last) throws SQLException {
        try (var update = connection.prepareStatement(MOVE)) {
            move(update, 1, last);
            update.executeUpdate();
        }
    }

    /** Fills in a statement that has {@link #MOVE} from this parameter on. */
    void move(PreparedStatement statement, int from, long last) throws SQLException {
        statement.setLong(from, last);
        statement.setString(from + 1, environment);
    }

    private void begin() throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into event_cursor (environment, last_sequence) values (?, 0) on conflict do nothing")) {
            insert.setString(1, environment);
            insert.executeUpdate();
        }
    }

    private @Nullable Position lock() throws SQLException {
        var durably = Dialect.of(connection).durably();
        return select("select " + COLUMNS + ", " + durably + " from event_cursor where environment = ? for update");
    }

    private @Nullable Position select(String sql) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, environment);
            try (var rows = select.executeQuery()) {
                return rows.next()
                        ? new Position(
                                rows.getLong(1),
                                rows.getLong(2),
                                rows.getObject(3, LocalDate.class),
                                Reading.time(rows, 4),
                                rows.getLong(5),
                                rows.getLong(6))
                        : null;
            }
        }
    }
}
