package dev.weir.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * This node's clock, for as long as the database's own says the same. A clock that has jumped must not decide what is too old: nobody
 * could bring it back. A database within this process has no other clock to ask.
 */
final class AgreedClock {

    private static final Duration APART = Duration.ofDays(1);

    private final Clock node;
    private final Other database;

    AgreedClock(Clock node, Other database) {
        this.node = node;
        this.database = database;
    }

    static AgreedClock of(Clock node, DataSource database) {
        return new AgreedClock(node, () -> {
            try (var connection = database.getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select current_timestamp")) {
                row.next();
                return row.getObject(1, OffsetDateTime.class).toInstant();
            }
        });
    }

    /** Another clock. */
    interface Other {
        Instant now() throws SQLException;
    }

    /** Empty where the two are more than a day apart. */
    Optional<Instant> now() throws SQLException {
        var other = database.now();
        var now = node.instant();
        return Duration.between(now, other).abs().compareTo(APART) > 0 ? Optional.empty() : Optional.of(now);
    }
}
