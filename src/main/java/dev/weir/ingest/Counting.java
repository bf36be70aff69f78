package dev.weir.ingest;

import dev.weir.store.Batch;
import dev.weir.store.Disposition;
import dev.weir.store.Tallies;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Counts what was received and what became of it, once it is committed. Labels are outcomes, reasons and our own names of
 * environments; nothing that a sender chose.
 */
@ApplicationScoped
class Counting {

    private final MeterRegistry meters;

    Counting(MeterRegistry meters) {
        this.meters = meters;
    }

    void counted(Batch batch, List<Disposition> dispositions) {
        var environment = batch.revision().environment();
        for (Disposition one : dispositions) {
            var reason = one.reason();
            meters.counter(
                            "weir.events",
                            "environment",
                            environment.value(),
                            "outcome",
                            one.outcome().label(),
                            "reason",
                            reason == null ? "" : reason)
                    .increment();
        }
        meters.counter("weir.events.received", "environment", environment.value())
                .increment(dispositions.size());
        meters.counter("weir.events.lost", "environment", environment.value(), "reason", Tallies.COLLECTOR_LOST)
                .increment(batch.newlyLost(dispositions));
    }

    void refused(int status) {
        meters.counter("weir.requests.refused", "status", String.valueOf(status))
                .increment();
    }
}
