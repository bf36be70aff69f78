package dev.weir.ingest;

import dev.weir.store.Disposition;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request gets: an account of what became of its entries, or a refusal. */
sealed interface Reply {

    <R> R match(Function<Taken, R> taken, Function<Not, R> not);

    /** Committed. */
    record Taken(List<Disposition> dispositions, boolean explain, RateLimits.Standing rate) implements Reply {
        @Override
        public <R> R match(Function<Taken, R> taken, Function<Not, R> not) {
            return taken.apply(this);
        }
    }

    /** Refused as a whole; {@code rate} is known only if the App ID is. */
    record Not(Refused why, RateLimits.@Nullable Standing rate) implements Reply {
        @Override
        public <R> R match(Function<Taken, R> taken, Function<Not, R> not) {
            return not.apply(this);
        }
    }

    static Reply no(Refused why) {
        return new Not(why, null);
    }
}
