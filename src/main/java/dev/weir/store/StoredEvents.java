package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/** What is there: whether anything has arrived yet, and when the last of it. */
@ApplicationScoped
public class StoredEvents {

    private final DataSource database;

    StoredEvents(DataSource database) {
        this.database = database;
    }

    /** Kept and quarantined events of an environment. */
    public long count(EnvironmentKey environment) {
        return Reading.of(database, connection -> {
            try (var select = connection.prepareStatement("select count(*) from event where environment = ?")) {
                select.setString(1, environment.value());
                try (var rows = select.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : 0L;
                }
            }
        });
    }

    /** When the newest event of an environment came in. */
    public Optional<Instant> latest(EnvironmentKey environment) {
        return Reading.of(database, connection -> {
            try (var select = connection.prepareStatement(
                    "select received_at from event where environment = ? order by sequence desc limit 1")) {
                select.setString(1, environment.value());
                try (var rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(Reading.time(rows, 1)) : Optional.empty();
                }
            }
        });
    }
}
