package dev.weir.store;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What came of a batch: committed whole, or not at all. */
public sealed interface Appended {

    <R> R match(Function<Committed, R> committed, Function<Unavailable, R> unavailable);

    /** On disk. One disposition for each entry, in their order. */
    record Committed(List<Disposition> dispositions) implements Appended {

        public Committed {
            dispositions = List.copyOf(dispositions);
        }

        @Override
        public <R> R match(Function<Committed, R> committed, Function<Unavailable, R> unavailable) {
            return committed.apply(this);
        }
    }

    /** Nothing was kept; worth another try after a while. */
    record Unavailable(Duration retryAfter) implements Appended {
        @Override
        public <R> R match(Function<Committed, R> committed, Function<Unavailable, R> unavailable) {
            return unavailable.apply(this);
        }
    }
}
