package dev.weir.catalog;

import dev.weir.event.EventType;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.StoredEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What an environment kept in the last weeks, event by event, for who asks about all definitions at once. */
@ApplicationScoped
class Recorded {

    /** Four weeks to compare the last 24 full hours with, and those. */
    static final Duration BACK = Duration.ofDays(30);

    /** Events of each type that one look takes in; docs/limits.md. */
    static final int MOST = 20_000;

    private final StoredEvents events;

    Recorded(StoredEvents events) {
        this.events = events;
    }

    /** @param cut whether there are older events that were not looked at */
    record Looked(int events, boolean cut) {}

    /** The newest of each type first. */
    Looked each(EnvironmentKey environment, Instant now, Consumer<StoredEvents.Stored> each) {
        int looked = 0;
        boolean cut = false;
        for (EventType type : Details.TYPES) {
            int some = events.newest(environment, type, now.minus(BACK), MOST, each);
            looked += some;
            cut |= some == MOST;
        }
        return new Looked(looked, cut);
    }
}
