package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** On which days events of which environments were stored, and where their numbers begin. */
final class Days {

    /** Before every day on which anything was stored. */
    static final LocalDate FIRST = LocalDate.EPOCH;

    private Days() {}

    static LocalDate of(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** To be called by who holds the cursor, with the number that comes next: an event of this day came in so long ago. */
    static void begin(Connection connection, String environment, LocalDate day, long next, Instant oldest)
            throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into event_day (environment, stored_on, first_sequence, oldest) values (?, ?, ?, ?)"
                        + " on conflict do nothing")) {
            insert.setString(1, environment);
            insert.setObject(2, day);
            insert.setLong(3, next);
            Binding.time(insert, 4, oldest);
            if (insert.executeUpdate() == 1) {
                return;
            }
        }
        try (var update = connection.prepareStatement(
                "update event_day set oldest = ? where environment = ? and stored_on = ? and oldest > ?")) {
            Binding.time(update, 1, oldest);
            update.setString(2, environment);
            update.setObject(3, day);
            Binding.time(update, 4, oldest);
            update.executeUpdate();
        }
    }

    /** No event with this number, or a later one, was stored before that day. */
    static LocalDate since(Connection connection, String environment, long sequence) throws SQLException {
        try (var select = connection.prepareStatement(
                "select max(stored_on) from event_day where environment = ? and first_sequence <= ?")) {
            select.setString(1, environment);
            select.setLong(2, sequence);
            try (var rows = select.executeQuery()) {
                var day = rows.next() ? rows.getObject(1, LocalDate.class) : null;
                return day == null ? FIRST : day;
            }
        }
    }

    /** Those on which an event was stored that had come in before this moment. */
    static List<LocalDate> withOlder(Connection connection, String environment, Instant before) throws SQLException {
        try (var select = connection.prepareStatement(
                "select stored_on from event_day where environment = ? and oldest < ? order by stored_on")) {
            select.setString(1, environment);
            Binding.time(select, 2, before);
            try (var rows = select.executeQuery()) {
                var days = new ArrayList<LocalDate>();
                while (rows.next()) {
                    days.add(rows.getObject(1, LocalDate.class));
                }
                return days;
            }
        }
    }

    /** Who stored something on each day. */
    static Map<LocalDate, Set<String>> environments(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("select stored_on, environment from event_day");
                var rows = select.executeQuery()) {
            var days = new TreeMap<LocalDate, Set<String>>();
            while (rows.next()) {
                days.computeIfAbsent(rows.getObject(1, LocalDate.class), day -> new HashSet<>())
                        .add(rows.getString(2));
            }
            return days;
        }
    }
}
