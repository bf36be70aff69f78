package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Deletes what is older than the policy in force lets it become, and forgets the keys of retries after a day. Never touches an
 * environment whose policy can't be read, nor counts, users and what is known of them. What events share goes after the last event that
 * could refer to it. Deletes nothing where it isn't sure what time it is. Several nodes may run it at once.
 */
@ApplicationScoped
class Expiry {

    private static final Logger LOG = Logger.getLogger(Expiry.class);

    private static final Duration KEYS = Duration.ofHours(24);

    private final DataSource database;
    private final AgreedClock clock;
    private final Published published;
    private final MeterRegistry meters;
    private final Counter refused;
    private final Duration dropped;
    private final int rows;

    @Inject
    Expiry(DataSource database, Clock clock, Published published, MeterRegistry meters, StoreConfig config) {
        this(database, AgreedClock.of(clock, database), published, meters, config.dropped(), config.expireRows());
    }

    /** {@code dropped}: how long drops are known at most; {@code rows}: how many one transaction deletes at most. */
    Expiry(
            DataSource database,
            AgreedClock clock,
            Published published,
            MeterRegistry meters,
            Duration dropped,
            int rows) {
        this.database = database;
        this.clock = clock;
        this.published = published;
        this.meters = meters;
        this.refused = meters.counter("weir.expiry.refused");
        this.dropped = dropped;
        this.rows = rows;
    }

    /** Without a fresh look at the policies nothing is deleted: they may have changed. */
    @Scheduled(every = "${weir.store.expire-every:1h}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        published.renew();
        if (!published.reachable() || !sure()) {
            return;
        }
        var soon = days();
        for (EnvironmentKey environment : published.governed()) {
            events(environment, Deleting.QUARANTINED, Retention::quarantine, Set.of());
            events(environment, Deleting.KEPT, Retention::events, soon);
            expire(environment, Deleting.DROPPED, retention -> retention.dropped(dropped));
            expire(environment, Deleting.HIERARCHIES, Retention::shared);
            expire(environment, Deleting.LOCATIONS, Retention::shared);
        }
        repeat(
                Deleting.KEYS,
                new Deleting.Place("", Days.FIRST),
                () -> clock.now().map(now -> now.minus(KEYS)));
    }

    private boolean sure() {
        try {
            if (clock.now().isPresent()) {
                return true;
            }
            refused.increment();
            LOG.warn("nothing that is old is deleted: this node's clock and the database's are more than a day apart");
        } catch (SQLException e) {
            failed(e);
        }
        return false;
    }

    /** Drops days that are too old for everybody; answers those that soon will be, whose events can wait for that. */
    private Set<LocalDate> days() {
        var limits = new HashMap<String, Instant>();
        try {
            var now = clock.now();
            if (now.isEmpty()) {
                return Set.of();
            }
            for (EnvironmentKey environment : published.governed()) {
                limit(now.get(), environment, Retention::longest)
                        .ifPresent(limit -> limits.put(environment.value(), limit));
            }
            var kept = new Partitions(database).keep(now.get(), limits);
            kept.gone().forEach(this::count);
            return kept.soon();
        } catch (SQLException e) {
            failed(e);
            return Set.of();
        }
    }

    private void events(
            EnvironmentKey environment, Deleting what, Function<Retention, Duration> age, Set<LocalDate> later) {
        long gone = 0;
        for (LocalDate day : withOlder(environment, age)) {
            if (!later.contains(day)) {
                var place = new Deleting.Place(environment.value(), day);
                gone += repeat(what, place, () -> limit(environment, age));
            }
        }
        count(environment.value(), gone);
    }

    private List<LocalDate> withOlder(EnvironmentKey environment, Function<Retention, Duration> age) {
        try {
            var limit = limit(environment, age);
            if (limit.isEmpty()) {
                return List.of();
            }
            try (var connection = database.getConnection()) {
                return Days.withOlder(connection, environment.value(), limit.get());
            }
        } catch (SQLException e) {
            failed(e);
            return List.of();
        }
    }

    private void expire(EnvironmentKey environment, Deleting what, Function<Retention, Duration> age) {
        repeat(what, new Deleting.Place(environment.value(), Days.FIRST), () -> limit(environment, age));
    }

    /** Empty where there is no policy that can be read, or where it isn't sure what time it is. */
    private Optional<Instant> limit(EnvironmentKey environment, Function<Retention, Duration> age) throws SQLException {
        return clock.now().flatMap(now -> limit(now, environment, age));
    }

    private Optional<Instant> limit(Instant now, EnvironmentKey environment, Function<Retention, Duration> age) {
        return published.policy(environment).map(Retention::of).map(retention -> now.minus(age.apply(retention)));
    }

    private void count(String environment, long gone) {
        meters.counter("weir.expired", "environment", environment).increment((double) gone);
    }

    /** Asks before each transaction how old is too old: a longer retention may be published while this runs, or a clock jump. */
    private long repeat(Deleting what, Deleting.Place place, Before before) {
        long gone = 0;
        try {
            int last = rows;
            for (var limit = before.limit(); last == rows && limit.isPresent(); limit = before.limit()) {
                last = what.delete(database, place, limit.get(), rows);
                gone += last;
            }
        } catch (SQLException e) {
            failed(e);
        }
        return gone;
    }

    private static void failed(SQLException e) {
        LOG.warnf("not everything that is old was deleted this time: SQL state %s", e.getSQLState());
    }

    private interface Before {
        Optional<Instant> limit() throws SQLException;
    }
}
