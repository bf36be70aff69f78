package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What was kept, event by event, for whoever looks back. Quarantined events are not among them. */
@ApplicationScoped
public class StoredEvents {

    private static final int FETCH = 500;

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
        return Reading.of(database, connection -> {
            // PostgreSQL reads row by row only inside a transaction.
            connection.setAutoCommit(false);
            try (var select = connection.prepareStatement("""
                    select sequence, received_at, body from event
                    where environment = ? and type = ? and status = 'kept' and received_at >= ?
                    order by sequence desc limit ?
                    """)) {
                select.setString(1, environment.value());
                select.setString(2, type.wire());
                Binding.time(select, 3, since);
                select.setInt(4, most);
                select.setFetchSize(FETCH);
                int count = 0;
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        each.accept(new Stored(
                                rows.getLong(1), Reading.time(rows, 2), EventReading.event(rows.getString(3))));
                        count++;
                    }
                }
                connection.rollback();
                return count;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }
}
