package dev.weir.ingest;

import dev.weir.event.Event;
import dev.weir.store.Entry;
import dev.weir.store.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One entry of a request, decoded, before the policy has seen it. Never leaves this package. */
sealed interface Item {

    /** Of the documented shape. {@code key} is what a retry would carry again. */
    record Good(@Nullable String key, Event event, Entry.Who who, Instant happenedAt, Entry.Meaning meaning)
            implements Item {}

    /** Not of the documented shape; {@code field} is a name from the documentation. */
    record Bad(Refusal refusal, String field) implements Item {}

    static Item invalid(String field) {
        return new Bad(Refusal.INVALID_EVENT, field);
    }
}
