package dev.weir.store;

import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.GovernedApp;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.PublishedPolicies;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The policies in force, as one immutable snapshot that is looked at again every second (StoreConfig) and reread when the epoch moved. While the
 * database is away the last snapshot stays in force. An environment whose policy can't be read has no App IDs here.
 */
@ApplicationScoped
class Published implements PublishedPolicies {

    private static final Logger LOG = Logger.getLogger(Published.class);

    /** What is published must be in force everywhere within five seconds. */
    private static final Duration SELDOMEST = Duration.ofSeconds(5);

    private static final Duration OFTENEST = Duration.ofMillis(100);

    private final DataSource database;
    private final Clock clock;
    private final Revisions revisions = new Revisions();
    private final Counter looks;
    private volatile Snapshot snapshot = Snapshot.NONE;
    private volatile boolean reachable = true;

    /** Stops the start of a node that was told to look too seldom. */
    Published(DataSource database, Clock clock, StoreConfig config, MeterRegistry meters) {
        this.database = database;
        this.clock = clock;
        this.looks = meters.counter("weir.policies.looks");
        var every = config.renewEvery();
        if (every.compareTo(SELDOMEST) > 0 || every.compareTo(OFTENEST) < 0) {
            throw new IllegalArgumentException(
                    "weir.store.renew-every must be 100 ms to 5 s: a node that looks less often"
                            + " would enforce an old policy for longer than is promised");
        }
    }

    /** An App ID and the moment from which it is no longer served. */
    record Entry(GovernedApp app, @Nullable Instant retires) {}

    /** What one look at the database gave. Epoch -1: there was none yet. */
    record Snapshot(
            long epoch, Map<AppId, Entry> apps, Map<EnvironmentKey, PolicyDocument> policies, Set<String> unreadable) {
        static final Snapshot NONE = new Snapshot(-1, Map.of(), Map.of(), Set.of());
    }

    @Override
    public Optional<GovernedApp> governing(AppId app) {
        var entry = snapshot.apps.get(app);
        if (entry == null || retired(entry)) {
            return Optional.empty();
        }
        return Optional.of(entry.app);
    }

    @Override
    public boolean loaded() {
        return snapshot.epoch >= 0;
    }

    /** Environments that have a policy in force, whether or not they have an App ID. */
    Set<EnvironmentKey> governed() {
        return snapshot.policies.keySet();
    }

    /** The policy in force; empty where it can't be read. */
    Optional<PolicyDocument> policy(EnvironmentKey environment) {
        return Optional.ofNullable(snapshot.policies.get(environment));
    }

    /** Environments that are not served because their policy can't be read. */
    Set<String> unreadable() {
        return snapshot.unreadable;
    }

    /** Whether the last look at the database succeeded. */
    boolean reachable() {
        return reachable;
    }

    int apps() {
        return snapshot.apps.size();
    }

    void start(@Observes @Priority(20) StartupEvent started) {
        renew();
    }

    @Scheduled(every = "${weir.store.renew-every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void renew() {
        try (var connection = database.getConnection()) {
            long epoch = Revisions.epoch(connection);
            if (epoch != snapshot.epoch) {
                snapshot = revisions.read(connection, epoch);
                LOG.infof(
                        "policies read: epoch %d, %d App IDs, %d environments unreadable",
                        epoch, snapshot.apps.size(), snapshot.unreadable.size());
            }
            reachable = true;
            looks.increment();
        } catch (SQLException | RuntimeException e) {
            if (reachable) {
                LOG.warnf(
                        "the policies in force stay as they are: the database can't be read (%s)",
                        e.getClass().getName());
            }
            reachable = false;
        }
    }

    private boolean retired(Entry entry) {
        var retires = entry.retires;
        return retires != null && !clock.instant().isBefore(retires);
    }
}
