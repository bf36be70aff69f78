package dev.weir.ingest;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Disposition;
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

    void counted(EnvironmentKey environment, List<Disposition> dispositions) {
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
    }

    void refused(int status) {
        meters.counter("weir.requests.refused", "status", String.valueOf(status))
                .increment();
    }
}
