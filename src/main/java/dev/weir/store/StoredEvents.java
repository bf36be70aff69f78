package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What was kept, event by event, for whoever looks back. Quarantined events are not among them. */
@ApplicationScoped
public class StoredEvents {

    private final DataSource database;

    StoredEvents(DataSource database) {
        this.database = database;
    }

    /** One event as it is kept. */
    public record Stored(long sequence, Instant receivedAt, Event event) {}

    /**
     * Tells the newest events of a type that were received from {@code since} on, the newest first.
     *
     * @return how many there were, {@code most} at most
     */
    public int newest(EnvironmentKey environment, EventType type, Instant since, int most, Consumer<Stored> each) {
        return inTransaction(connection -> newest(connection, environment.value(), type, since, most, each));
    }

    /** As {@link #newest}, of a few that are read at once: also for who has a transaction under way. */
    public int few(EnvironmentKey environment, EventType type, Instant since, int most, Consumer<Stored> each) {
        return Reading.of(database, connection -> newest(connection, environment.value(), type, since, most, each));
    }

    /**
     * For which events of a type that were received from {@code since} on the question holds. Where more than {@code most} events
     * would have to be looked at one by one, only the newest {@code most} of the type are looked at.
     *
     * @param samples how many of them are wanted, the newest ones
     */
    public Matches matches(
            EnvironmentKey environment, EventType type, Instant since, Question question, int most, int samples) {
        return inTransaction(
                connection -> new Counting(connection, environment.value(), type, since, question, Counting.DAY)
                        .count(most, samples));
    }

    /** As {@link #matches}, hour by hour. */
    public Matches matchesByHour(
            EnvironmentKey environment, EventType type, Instant since, Question question, int most, int samples) {
        return inTransaction(
                connection -> new Counting(connection, environment.value(), type, since, question, Counting.HOUR)
                        .count(most, samples));
    }

    static int newest(
            Connection connection, String environment, EventType type, Instant since, int most, Consumer<Stored> each)
            throws SQLException {
        var sql = "select " + StoredRows.COLUMNS + " from (select * from event"
                + " where environment = ? and type = ? and status = 'kept' and received_at >= ? and stored_on >= ?"
                + " order by sequence desc limit ?) e " + StoredRows.JOINED + " order by e.sequence desc";
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, environment);
            select.setString(2, type.wire());
            Binding.time(select, 3, since);
            select.setObject(4, earliest(since));
            select.setInt(5, most);
            select.setFetchSize(StoredRows.FETCH);
            var stored = new StoredRows();
            int count = 0;
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    each.accept(stored.stored(rows));
                    count++;
                }
            }
            return count;
        }
    }

    /** No event that came in from this moment on was stored before that day: clocks differ by less than one. */
    static LocalDate earliest(Instant since) {
        return since.isBefore(Instant.EPOCH.plus(Duration.ofDays(1)))
                ? Days.FIRST
                : Days.of(since.minus(Duration.ofDays(1)));
    }

    /** PostgreSQL reads row by row only inside a transaction. */
    private <R> R inTransaction(Reading<R> reading) {
        return Reading.of(database, connection -> {
            connection.setAutoCommit(false);
            try {
                return reading.from(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }
}
