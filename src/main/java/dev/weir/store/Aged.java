package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/** How many stored events are older than so many days: what a shorter retention would delete. Deletes nothing. */
@ApplicationScoped
public class Aged {

    /** Of each sort no more are counted; docs/limits.md. */
    public static final int MOST = 100_000;

    private final DataSource database;
    private final Clock clock;

    Aged(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Events that are kept, and those that are set aside; {@link #MOST} of a sort stands for that many or more. */
    public record Count(long kept, long aside) {

        public boolean more() {
            return kept >= MOST || aside >= MOST;
        }
    }

    /** Whether any event is stored here, kept or set aside. */
    public boolean any(EnvironmentKey environment) {
        return Reading.of(database, connection -> {
            try (var select = connection.prepareStatement("select 1 from event where environment = ? limit 1")) {
                select.setString(1, environment.value());
                try (var rows = select.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    public Count older(EnvironmentKey environment, long keptDays, long asideDays) {
        var now = clock.instant();
        return Reading.of(
                database,
                connection -> new Count(
                        older(connection, environment.value(), "kept", now.minus(Duration.ofDays(keptDays))),
                        older(connection, environment.value(), "quarantined", now.minus(Duration.ofDays(asideDays)))));
    }

    /** Day by day, as they would be deleted, so that no event of another day is looked at. */
    private static long older(Connection connection, String environment, String status, Instant before)
            throws SQLException {
        long found = 0;
        for (var day : Days.withOlder(connection, environment, before)) {
            if (found >= MOST) {
                break;
            }
            try (var select = connection.prepareStatement("""
                    select count(*) from (select 1 from event where environment = ? and stored_on = ? and status = ?
                    and received_at < ? limit ?) older
                    """)) {
                select.setString(1, environment);
                select.setObject(2, day);
                select.setString(3, status);
                Binding.time(select, 4, before);
                select.setLong(5, MOST - found);
                try (var rows = select.executeQuery()) {
                    found += rows.next() ? rows.getLong(1) : 0;
                }
            }
        }
        return found;
    }
}
