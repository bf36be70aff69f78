package dev.weir.review;

import dev.weir.database.DatabaseException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Counts the tasks that are late, for whoever watches the metrics. Reminds nobody: Weir sends no mail. */
@ApplicationScoped
class Overdue {

    private static final Logger LOG = Logger.getLogger(Overdue.class);

    private final CycleRows cycles;
    private final Clock clock;
    private final AtomicLong late = new AtomicLong();

    Overdue(CycleRows cycles, Clock clock, MeterRegistry meters) {
        this.cycles = cycles;
        this.clock = clock;
        Gauge.builder("weir.reviews.overdue", late, AtomicLong::get).register(meters);
    }

    @Scheduled(every = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void count() {
        try {
            late.set(cycles.late(clock.instant().atOffset(ZoneOffset.UTC).toLocalDate()));
        } catch (DatabaseException e) {
            LOG.warnf("late tasks were not counted this time: %s", e.getClass().getName());
        }
    }
}
