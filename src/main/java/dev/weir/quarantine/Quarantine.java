package dev.weir.quarantine;

import dev.weir.access.CurrentActor;
import dev.weir.access.Myself;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Filter;
import dev.weir.changelog.Thing;
import dev.weir.changelog.proof.Row;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.jobs.Jobs;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.SetAside;
import dev.weir.store.SetAside.Fate;
import dev.weir.store.Sighting;
import dev.weir.store.Sightings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The quarantine as people see it: never with what the policy took away. Who releases an event vouches for its page or its sender; what
 * the policy in force says of it still holds. Each change tells the change log why.
 */
@ApplicationScoped
@Transactional
public class Quarantine {

    /** Events that one act releases or deletes. */
    public static final int MOST = 1000;

    /** Events of a critical environment that one person deletes for good within a day. */
    public static final int ALONE = 1000;

    static final String NEEDS_ANOTHER =
            "Nothing was deleted. This environment is critical: one person deletes at most " + ALONE
                    + " events of its quarantine within a day, counted with those whom they let in or who let them in. Another Admin deletes more, or ask"
                    + " for a shorter retention of the quarantine.";

    private static final String PURGED = "purged";
    private static final Duration DAY = Duration.ofDays(1);
    private static final int AT_ONCE = 200;

    /** Events on one page. */
    public static final int PAGE = 50;

    private final SetAside aside;
    private final Sightings sightings;
    private final Jobs jobs;
    private final Environments environments;
    private final Myself myself;
    private final CurrentActor current;
    private final ChangeLog log;
    private final TransactionSynchronizationRegistry transaction;
    private final MeterRegistry meters;
    private final Clock clock;

    Quarantine(
            SetAside aside,
            Sightings sightings,
            Jobs jobs,
            Environments environments,
            Myself myself,
            CurrentActor current,
            ChangeLog log,
            TransactionSynchronizationRegistry transaction,
            MeterRegistry meters,
            Clock clock) {
        this.aside = aside;
        this.sightings = sightings;
        this.jobs = jobs;
        this.current = current;
        this.log = log;
        this.environments = environments;
        this.myself = myself;
        this.transaction = transaction;
        this.meters = meters;
        this.clock = clock;
    }

    /** How many there are, by reason, rule and field; the most frequent first. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<SetAside.Group> groups(EnvironmentKey environment) {
        return aside.groups(environment);
    }

    /** The newest first, from below that number; {@code reason} null for all. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Sighting> list(EnvironmentKey environment, @Nullable String reason, long before, int most) {
        return sightings.aside(environment, reason, before, most);
    }

    /** The numbers of the oldest ones, {@value #MOST} at most: what "all of them" means to one act. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public List<Long> oldest(EnvironmentKey environment, @Nullable String reason) {
        return aside.oldest(environment, reason, MOST);
    }

    /** Empty when there is no policy in force that could be read; then nothing was done. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Optional<Released> release(EnvironmentKey environment, Collection<Long> events, String why) {
        atMost(events);
        var became = aside.release(environment, events);
        if (became.isEmpty() && !events.isEmpty()) {
            return Optional.empty();
        }
        var dropped = new TreeMap<String, Long>();
        var stays = new TreeMap<String, Long>();
        long kept = 0;
        long gone = 0;
        for (var one : became) {
            switch (one.fate()) {
                case KEPT -> kept++;
                case GONE -> gone++;
                case DROPPED -> dropped.merge(String.valueOf(one.reason()), 1L, Long::sum);
                case STAYS -> stays.merge(String.valueOf(one.reason()), 1L, Long::sum);
            }
        }
        count(environment, "released", kept);
        count(
                environment,
                "dropped",
                dropped.values().stream().mapToLong(Long::longValue).sum());
        var touched = became.stream()
                .filter(one -> one.fate() != Fate.GONE)
                .map(SetAside.Released::sequence)
                .toList();
        if (!touched.isEmpty()) {
            jobs.askOnce(Sweeping.KIND, environment);
            log.write(entry(environment, "released", why)
                    .change("events", null, touched)
                    .change("kept", null, kept)
                    .change("dropped", null, Map.copyOf(dropped))
                    .change("stays", null, Map.copyOf(stays)));
        }
        return Optional.of(new Released(kept, dropped, stays, gone));
    }

    /**
     * How many are gone for good; empty, and none is, where one person would delete more of a critical environment than one alone may
     * within a day. Counts of what came in stay as they are.
     */
    @RolesAllowed(Role.ADMIN)
    public Optional<Integer> purge(EnvironmentKey environment, Collection<Long> events, String why) {
        atMost(events);
        int purged = aside.purge(environment, events);
        if (purged == 0) {
            return Optional.of(0);
        }
        log.write(entry(environment, PURGED, why).change("events", (long) purged, 0L));
        // After the row: whoever deletes at the same time waits at the log, and finds it.
        if (critical(environment) && purgedAlone(environment) > ALONE) {
            transaction.setRollbackOnly();
            return Optional.empty();
        }
        count(environment, PURGED, purged);
        jobs.askOnce(Sweeping.KIND, environment);
        return Optional.of(purged);
    }

    /** An environment that isn't there any more counts as critical. */
    private boolean critical(EnvironmentKey environment) {
        return environments.find(environment).map(Environment::critical).orElse(true);
    }

    /** How many whoever asks has deleted here within a day, and whoever may be the same person. */
    private long purgedAlone(EnvironmentKey environment) {
        var mine = myself.maybe();
        var day = new Filter(
                "",
                "quarantine",
                environment.value(),
                environment.value(),
                Optional.of(clock.instant().minus(DAY)),
                Optional.empty());
        long sum = 0;
        long before = Long.MAX_VALUE;
        List<Row> some;
        do {
            some = log.find(day, before, AT_ONCE);
            sum += some.stream()
                    .filter(row -> row.action().equals(PURGED))
                    .filter(row -> mine.test(row.actor()))
                    .mapToLong(row -> row.before().get("events") instanceof Long number ? number : 0)
                    .sum();
            before = some.isEmpty() ? 0 : some.get(some.size() - 1).sequence();
        } while (some.size() == AT_ONCE && sum <= ALONE);
        return sum;
    }

    private static void atMost(Collection<Long> events) {
        if (events.size() > MOST) {
            throw new IllegalArgumentException("more events than one act may touch");
        }
    }

    private Entry entry(EnvironmentKey environment, String action, String why) {
        return Entry.of(current.actor(), action, Thing.in(environment, "quarantine", environment.value()))
                .because(why);
    }

    private void count(EnvironmentKey environment, String outcome, long events) {
        meters.counter("weir.quarantine", "environment", environment.value(), "outcome", outcome)
                .increment((double) events);
    }
}
