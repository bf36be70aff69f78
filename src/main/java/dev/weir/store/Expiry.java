package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Deletes what is older than the policy in force lets it become, and forgets the keys of retries after a day. Never touches an
 * environment whose policy can't be read, nor counts, users and what is known of them. What events share goes after the last event that
 * could refer to it. Several nodes may run it at once.
 */
@ApplicationScoped
class Expiry {

    private static final Logger LOG = Logger.getLogger(Expiry.class);

    private static final Duration KEYS = Duration.ofHours(24);

    private final DataSource database;
    private final Clock clock;
    private final Published published;
    private final MeterRegistry meters;
    private final Duration dropped;
    private final int rows;

    @Inject
    Expiry(DataSource database, Clock clock, Published published, MeterRegistry meters, StoreConfig config) {
        this(database, clock, published, meters, config.dropped(), config.expireRows());
    }

    /** {@code dropped}: how long drops are known at most; {@code rows}: how many one transaction deletes at most. */
    Expiry(DataSource database, Clock clock, Published published, MeterRegistry meters, Duration dropped, int rows) {
        this.database = database;
        this.clock = clock;
        this.published = published;
        this.meters = meters;
        this.dropped = dropped;
        this.rows = rows;
    }

    /** Without a fresh look at the policies nothing is deleted: they may have changed. */
    @Scheduled(every = "${weir.store.expire-every:1h}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        published.renew();
        if (!published.reachable()) {
            return;
        }
        for (EnvironmentKey environment : published.governed()) {
            expire(environment, Deleting.QUARANTINED, Retention::quarantine);
            expire(environment, Deleting.KEPT, Retention::events);
            expire(environment, Deleting.DROPPED, retention -> retention.dropped(dropped));
            expire(environment, Deleting.HIERARCHIES, Retention::shared);
            expire(environment, Deleting.LOCATIONS, Retention::shared);
        }
        repeat(Deleting.KEYS, "", () -> Optional.of(clock.instant().minus(KEYS)));
    }

    private void expire(EnvironmentKey environment, Deleting what, Function<Retention, Duration> age) {
        int gone = repeat(
                what,
                environment.value(),
                () -> published
                        .policy(environment)
                        .map(Retention::of)
                        .map(retention -> clock.instant().minus(age.apply(retention))));
        if (what == Deleting.KEPT || what == Deleting.QUARANTINED) {
            meters.counter("weir.expired", "environment", environment.value()).increment(gone);
        }
    }

    /** Asks before each transaction how old is too old, because a longer retention may be published while this runs. */
    private int repeat(Deleting what, String environment, Before before) {
        int gone = 0;
        try {
            int last = rows;
            for (var limit = before.limit(); last == rows && limit.isPresent(); limit = before.limit()) {
                last = what.delete(database, environment, limit.get(), rows);
                gone += last;
            }
        } catch (SQLException e) {
            LOG.warnf("not everything that is old was deleted this time: SQL state %s", e.getSQLState());
        }
        return gone;
    }

    private interface Before {
        Optional<Instant> limit();
    }
}
