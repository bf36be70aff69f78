package dev.weir.store;

import dev.weir.database.Patience;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * The tables of the days on PostgreSQL: made a week ahead, and dropped when every environment that stored something on that day lets go
 * of it. Never waits long for a lock: what can't be done now is done an hour later, and a row of a day without a table goes to
 * {@code event_default}. Of several nodes one does it. On H2 there is one table, and nothing to do.
 */
final class Partitions {

    private static final int AHEAD = 7;

    /** Clocks of nodes differ: an event may have come in so much after the day on which it was stored. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final Pattern NAME = Pattern.compile("event_([0-9]{8})");
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final DataSource database;

    Partitions(DataSource database) {
        this.database = database;
    }

    /**
     * What became of days.
     *
     * @param soon days that will be dropped whole within about a day: nobody needs to delete their events one by one
     * @param gone events that were dropped with their days, by environment
     */
    record Kept(Set<LocalDate> soon, Map<String, Long> gone) {}

    /** {@code limits}: what came in before is too old, for each environment that has a policy. */
    Kept keep(Instant now, Map<String, Instant> limits) throws SQLException {
        var kept = new Kept(new TreeSet<>(), new HashMap<>());
        try (var connection = database.getConnection()) {
            if (Dialect.of(connection) == Dialect.POSTGRESQL) {
                var patience = Patience.of(connection);
                try {
                    keep(connection, now, limits, kept);
                } finally {
                    patience.over();
                }
            }
        }
        return kept;
    }

    private static void keep(Connection connection, Instant now, Map<String, Instant> limits, Kept kept)
            throws SQLException {
        var days = days(connection);
        var environments = Days.environments(connection);
        ahead(connection, Days.of(now), days);
        for (var day : days) {
            var limit = limit(environments.getOrDefault(day, Set.of()), limits);
            if (!limit.isBefore(start(day.plusDays(1)).plus(SKEW))) {
                drop(connection, day, kept.gone);
            } else if (!limit.isBefore(start(day))) {
                kept.soon.add(day);
            }
        }
    }

    /** What is too old for all of them; nothing is where one has no policy, nor where nobody stored anything. */
    private static Instant limit(Set<String> environments, Map<String, Instant> limits) {
        return environments.stream()
                .map(environment -> limits.getOrDefault(environment, Instant.MIN))
                .min(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Set<LocalDate> days(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("select c.relname from pg_inherits i"
                        + " join pg_class c on c.oid = i.inhrelid where i.inhparent = 'event'::regclass");
                var rows = select.executeQuery()) {
            var days = new TreeSet<LocalDate>();
            while (rows.next()) {
                var name = NAME.matcher(rows.getString(1));
                if (name.matches()) {
                    days.add(LocalDate.parse(name.group(1), DAY));
                }
            }
            return days;
        }
    }

    private static void ahead(Connection connection, LocalDate today, Set<LocalDate> there) throws SQLException {
        for (int i = 0; i <= AHEAD; i++) {
            var day = today.plusDays(i);
            if (!there.contains(day) && !alone(connection, () -> make(connection, day))) {
                return;
            }
        }
    }

    /** Made apart and then attached: that holds up no writer. A day of which event_default has rows stays there. */
    private static void make(Connection connection, LocalDate day) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(
                    "select exists (select 1 from event_default where stored_on = date '" + day + "')")) {
                if (!rows.next() || rows.getBoolean(1)) {
                    return;
                }
            }
            var name = "event_" + DAY.format(day);
            statement.execute("create table if not exists " + name + " (like event including all)");
            statement.execute("alter table event attach partition " + name + " for values from ('" + day + "') to ('"
                    + day.plusDays(1) + "')");
        }
    }

    private static void drop(Connection connection, LocalDate day, Map<String, Long> gone) throws SQLException {
        var name = "event_" + DAY.format(day);
        var counted = new HashMap<String, Long>();
        try (var select = connection.prepareStatement("select environment, count(*) from " + name + " group by 1");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                counted.put(rows.getString(1), rows.getLong(2));
            }
        }
        boolean dropped = alone(connection, () -> {
            try (var statement = connection.createStatement()) {
                statement.execute("drop table " + name);
                statement.execute("delete from event_day where stored_on = date '" + day + "'");
            }
        });
        if (dropped) {
            counted.forEach((environment, events) -> gone.merge(environment, events, Long::sum));
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    /** In a transaction of its own, if no other node is at it and nobody holds the table for long; says whether it was done. */
    private static boolean alone(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '2s'");
            try (var rows = statement.executeQuery("select pg_try_advisory_xact_lock(7461001)")) {
                if (!rows.next() || !rows.getBoolean(1)) {
                    return false;
                }
            }
            work.run();
            connection.commit();
            return true;
        } catch (SQLException e) {
            var state = String.valueOf(e.getSQLState());
            if (state.startsWith("55") || state.startsWith("42P") || state.startsWith("23")) {
                // Somebody holds it, or another node was faster.
                return false;
            }
            throw e;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
