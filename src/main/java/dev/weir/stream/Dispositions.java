package dev.weir.stream;

import dev.weir.store.Batch;
import dev.weir.store.Disposition;
import dev.weir.store.Entry;
import dev.weir.store.Outcome;
import java.util.List;

/** What is known of a batch before it is loaded. Whether an entry came before, or meets a limit of its user, is not. */
final class Dispositions {

    private Dispositions() {}

    static List<Disposition> of(Batch batch) {
        return batch.entries().stream().map(Dispositions::of).toList();
    }

    private static Disposition of(Entry entry) {
        if (entry instanceof Entry.Arrival arrival) {
            var outcome = arrival.reason() == null ? Outcome.ACCEPTED : Outcome.QUARANTINED;
            return new Disposition(outcome, arrival.reason(), arrival.redacted(), arrival.notes());
        }
        var drop = (Entry.Drop) entry;
        return new Disposition(Outcome.DROPPED, drop.reason(), false, drop.notes());
    }
}
