package dev.weir.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.callback.QuarkusTestAfterEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * After every test with a running Weir: what was received is accepted + quarantined + dropped + duplicate, to the event. The metrics say
 * so, what is counted in the database agrees with them for each outcome and reason, and so do the rows that are there. Quarkus finds
 * this class through {@code META-INF/services}: no test has to ask for it, and none can leave it out.
 */
public final class AddingUp implements QuarkusTestAfterEachCallback {

    /** Where all events come in through the endpoints, and none is deleted: there the three must be equal. */
    private static final String INGEST = "dev.weir.ingest";

    /** Where tests of other rooms have been: what they release or delete leaves one outcome for another, or its rows. */
    private static final Set<String> ELSEWHERE = ConcurrentHashMap.newKeySet();

    private static final long PATIENCE_SECONDS = 20;
    private static final long AGAIN_MS = 20;

    @Override
    public void afterEach(QuarkusTestMethodContext test) {
        var container = Arc.container();
        if (container == null || !container.isRunning()) {
            return;
        }
        boolean ingest = test.getTestInstance().getClass().getPackageName().equals(INGEST);
        try {
            look(ingest);
        } catch (AssertionError e) {
            // A request whose sender did not wait may be counted only now.
            lookAgain(ingest);
        }
    }

    private static void lookAgain(boolean ingest) {
        var equal = new CompletableFuture<Void>();
        var looking = Executors.newSingleThreadScheduledExecutor();
        var loader = Thread.currentThread().getContextClassLoader();
        var unused = looking.scheduleWithFixedDelay(
                () -> {
                    Thread.currentThread().setContextClassLoader(loader);
                    try {
                        look(ingest);
                        equal.complete(null);
                    } catch (AssertionError e) {
                        // Not yet.
                    } catch (RuntimeException e) {
                        equal.completeExceptionally(e);
                    }
                },
                AGAIN_MS,
                AGAIN_MS,
                TimeUnit.MILLISECONDS);
        try {
            equal.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            look(ingest);
        } catch (ExecutionException e) {
            throw new AssertionError("nobody could look", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looking.shutdownNow();
        }
    }

    private static void look(boolean ingest) {
        var meters = Arc.container().instance(MeterRegistry.class).get();
        var received = new TreeMap<String, Long>();
        for (var counter : meters.find("weir.events.received").counters()) {
            received.merge(environment(counter), (long) counter.count(), Long::sum);
        }
        var outcomes = new TreeMap<String, Map<String, Long>>();
        for (var counter : meters.find("weir.events").counters()) {
            var id = counter.getId();
            // The registry outlives a Weir that is stopped for another: its counters stay, at nothing.
            if (counter.count() > 0) {
                outcomes.computeIfAbsent(environment(counter), none -> new TreeMap<>())
                        .merge(id.getTag("outcome") + " " + id.getTag("reason"), (long) counter.count(), Long::sum);
            }
        }
        assertThat(received.keySet()).as("environments").containsAll(outcomes.keySet());
        if (!ingest) {
            ELSEWHERE.addAll(received.keySet());
        }
        received.forEach((environment, events) -> {
            var metrics = outcomes.getOrDefault(environment, Map.of());
            assertThat(sum(metrics))
                    .as("metrics of %s: %s", environment, metrics)
                    .isEqualTo(events);
            var tallies = tallies(environment);
            if (ingest && !ELSEWHERE.contains(environment)) {
                assertThat(tallies).as("tallies of %s", environment).isEqualTo(metrics);
                assertThat(kept(environment)).as("rows of %s", environment).isEqualTo(byOutcome(metrics));
            } else {
                // Other tests also write past the endpoints.
                assertThat(sum(tallies)).as("tallies of %s", environment).isGreaterThanOrEqualTo(sum(metrics));
            }
        });
    }

    private static String environment(Counter counter) {
        return String.valueOf(counter.getId().getTag("environment"));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(n -> n).sum();
    }

    private static Map<String, Long> byOutcome(Map<String, Long> counts) {
        var sums = new TreeMap<String, Long>();
        counts.forEach((outcome, n) -> sums.merge(outcome.substring(0, outcome.indexOf(' ')), n, Long::sum));
        sums.remove("duplicate");
        return sums;
    }

    private static Map<String, Long> tallies(String environment) {
        return rows(
                environment,
                "select outcome || ' ' || reason, sum(n) from tally where environment = ?"
                        + " and outcome in ('accepted', 'quarantined', 'dropped', 'duplicate') group by outcome, reason");
    }

    /** What is there of what is no duplicate. */
    private static Map<String, Long> kept(String environment) {
        var kept = rows(
                environment,
                "select case status when 'kept' then 'accepted' else status end, count(*) from event where environment = ?"
                        + " group by status");
        kept.putAll(rows(environment, "select 'dropped', sum(n) from dropped where environment = ? having sum(n) > 0"));
        return kept;
    }

    private static Map<String, Long> rows(String environment, String select) {
        try (var connection = Arc.container().instance(DataSource.class).get().getConnection();
                var statement = connection.prepareStatement(select)) {
            statement.setString(1, environment);
            var found = new TreeMap<String, Long>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), rows.getLong(2));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
