package dev.weir.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.Arc;
import io.quarkus.test.junit.callback.QuarkusTestAfterEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
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
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * After every test with a running Weir: what came in during it is accepted + quarantined + dropped + duplicate, to the event. The metrics
 * say so for each environment, and what was added to the counts in the database is as much. In the room {@code ingest} it is the same for
 * each outcome and reason, and so are the rows that are there; elsewhere somebody may release, which moves an event from one outcome to
 * another. Quarkus finds this class through {@code META-INF/services}: no test has to ask for it, and
 * none can leave it out.
 */
public final class AddingUp implements QuarkusTestBeforeEachCallback, QuarkusTestAfterEachCallback {

    /** Where all events come in through the endpoints, and none is deleted: there the three must be equal. */
    private static final String INGEST = "dev.weir.ingest";

    /** Tests that also write past the endpoints, or in which a commit is that nobody hears of: the database may count more. */
    private static final Set<String> MORE = Set.of("SilentDatabaseTest", "RedactionTest", "PostgresRedactionTest");

    /** Where tests of other rooms have been: what they release or delete leaves one outcome for another, or its rows. */
    private static final Set<String> ELSEWHERE = ConcurrentHashMap.newKeySet();

    /** Quarkus makes one object for what is before a test, and another one for what is after it. */
    private static final AtomicReference<Counted> BEFORE = new AtomicReference<>(Counted.NOTHING);

    private static final long PATIENCE_SECONDS = 20;
    private static final long AGAIN_MS = 20;

    @Override
    public void beforeEach(QuarkusTestMethodContext test) {
        if (running()) {
            BEFORE.set(Counted.byMetrics().withTallies());
        }
    }

    @Override
    public void afterEach(QuarkusTestMethodContext test) {
        if (!running()) {
            return;
        }
        var tested = test.getTestInstance().getClass();
        try {
            look(tested);
        } catch (AssertionError e) {
            // A request whose sender did not wait may be counted only now.
            lookAgain(tested);
        }
    }

    private static boolean running() {
        var container = Arc.container();
        return container != null && container.isRunning();
    }

    private static void lookAgain(Class<?> tested) {
        var equal = new CompletableFuture<Void>();
        var looking = Executors.newSingleThreadScheduledExecutor();
        var loader = Thread.currentThread().getContextClassLoader();
        var unused = looking.scheduleWithFixedDelay(
                () -> {
                    Thread.currentThread().setContextClassLoader(loader);
                    try {
                        look(tested);
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
            look(tested);
        } catch (ExecutionException e) {
            throw new AssertionError("nobody could look", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looking.shutdownNow();
        }
    }

    private static void look(Class<?> tested) {
        var metered = Counted.byMetrics();
        boolean ingest = tested.getPackageName().equals(INGEST);
        if (!ingest) {
            ELSEWHERE.addAll(metered.received().keySet());
        }
        if (metered.since(BEFORE.get()).received().isEmpty()) {
            return;
        }
        var all = metered.withTallies();
        var here = all.since(BEFORE.get());
        assertThat(all.received().keySet())
                .as("environments")
                .containsAll(all.metrics().keySet());
        here.received().forEach((environment, events) -> {
            long counted = all.received().getOrDefault(environment, 0L);
            var allMetrics = all.metrics().getOrDefault(environment, Map.of());
            var metrics = here.metrics().getOrDefault(environment, Map.of());
            var tallies = here.tallies().getOrDefault(environment, Map.of());
            assertThat(Counted.sum(allMetrics))
                    .as("metrics of %s, of which %d are new: %s", environment, events, allMetrics)
                    .isEqualTo(counted);
            if (MORE.contains(tested.getSimpleName())) {
                assertThat(Counted.sum(tallies)).as(said(environment, tallies)).isGreaterThanOrEqualTo(events);
            } else if (!allMetrics.equals(all.tallies().get(environment))) {
                // Else all is well from the beginning, whatever was on its way when an earlier test ended.
                assertThat(Counted.sum(tallies)).as(said(environment, tallies)).isEqualTo(events);
                if (ingest) {
                    assertThat(tallies).as(said(environment, tallies)).isEqualTo(metrics);
                }
            }
            if (ingest && !ELSEWHERE.contains(environment)) {
                assertThat(kept(environment)).as("rows of %s", environment).isEqualTo(byOutcome(allMetrics));
            }
        });
    }

    private static String said(String environment, Map<String, Long> tallies) {
        return "tallies of " + environment + ": " + tallies;
    }

    private static Map<String, Long> byOutcome(Map<String, Long> counts) {
        var sums = new TreeMap<String, Long>();
        counts.forEach((outcome, n) -> sums.merge(outcome.substring(0, outcome.indexOf(' ')), n, Long::sum));
        sums.remove("duplicate");
        return sums;
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
