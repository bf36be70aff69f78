package dev.weir.ingest;

import dev.weir.store.Batch;
import dev.weir.store.Disposition;
import dev.weir.store.Tallies;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts what was received and what became of it, once it is committed. Labels are outcomes, reasons and our own names of
 * environments; nothing that a sender chose.
 */
@ApplicationScoped
class Counting {

    private final MeterRegistry meters;

    /** Looking one up by its labels costs as much as judging a property. There are as many as there are environments, outcomes and reasons. */
    private final Map<Label, Counter> counters = new ConcurrentHashMap<>();

    Counting(MeterRegistry meters) {
        this.meters = meters;
    }

    private final Map<Answered, Timer> timers = new ConcurrentHashMap<>();

    private record Answered(Endpoint endpoint, int status) {}

    private record Label(String meter, String environment, String outcome, String reason) {}

    void counted(Batch batch, List<Disposition> dispositions) {
        var environment = batch.revision().environment().value();
        int from = 0;
        for (int i = 1; i <= dispositions.size(); i++) {
            if (i == dispositions.size() || !alike(dispositions.get(from), dispositions.get(i))) {
                outcome(environment, dispositions.get(from), i - from);
                from = i;
            }
        }
        counters.computeIfAbsent(
                        new Label("weir.events.received", environment, "", ""),
                        first -> meters.counter("weir.events.received", "environment", environment))
                .increment(dispositions.size());
        counters.computeIfAbsent(
                        new Label("weir.events.lost", environment, "", Tallies.COLLECTOR_LOST),
                        first -> meters.counter(
                                "weir.events.lost", "environment", environment, "reason", Tallies.COLLECTOR_LOST))
                .increment(batch.newlyLost(dispositions));
    }

    private static boolean alike(Disposition one, Disposition other) {
        return one.outcome() == other.outcome() && Objects.equals(one.reason(), other.reason());
    }

    private void outcome(String environment, Disposition of, int n) {
        var reason = of.reason();
        var label = new Label("weir.events", environment, of.outcome().label(), reason == null ? "" : reason);
        counters.computeIfAbsent(
                        label,
                        first -> meters.counter(
                                label.meter,
                                "environment",
                                label.environment,
                                "outcome",
                                label.outcome,
                                "reason",
                                label.reason))
                .increment(n);
    }

    /** The server's own timer of requests looks its labels up by their texts, which cost a tenth of an event loop. */
    void answered(Request request, int status) {
        timers.computeIfAbsent(
                        new Answered(request.endpoint(), status),
                        first -> meters.timer(
                                "weir.requests",
                                "endpoint",
                                first.endpoint.path(),
                                "status",
                                String.valueOf(first.status)))
                .record(System.nanoTime() - request.began(), TimeUnit.NANOSECONDS);
    }

    void refused(int status) {
        var label = new Label("weir.requests.refused", "", String.valueOf(status), "");
        counters.computeIfAbsent(label, first -> meters.counter(label.meter, "status", label.outcome))
                .increment();
    }
}
