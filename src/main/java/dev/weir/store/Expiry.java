package dev.weir.store;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Forgets keys of retries after a day and single drops after a while; counts and events stay. */
@ApplicationScoped
class Expiry {

    private static final Logger LOG = Logger.getLogger(Expiry.class);

    private static final Duration KEYS = Duration.ofHours(24);

    private final DataSource database;
    private final Clock clock;
    private final Duration dropped;

    Expiry(DataSource database, Clock clock, StoreConfig config) {
        this.database = database;
        this.clock = clock;
        this.dropped = config.dropped();
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        var now = clock.instant();
        forget("delete from event_key where received_at < ?", now.minus(KEYS));
        forget("delete from dropped where received_at < ?", now.minus(dropped));
    }

    private void forget(String delete, Instant before) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(delete)) {
            Reading.time(statement, 1, before);
            statement.executeUpdate();
        } catch (SQLException e) {
            LOG.warnf("nothing was expired this time: SQL state %s", e.getSQLState());
        }
    }
}
