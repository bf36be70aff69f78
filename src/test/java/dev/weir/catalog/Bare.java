package dev.weir.catalog;

import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.event.EventType;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.StoredEvents;
import java.time.Instant;

/** The catalog's looks at stored events without a server around them, for benchmarks. */
public final class Bare {

    private Bare() {}

    public static Preview preview(
            StoredEvents events, Instant now, EnvironmentKey environment, EventType type, Filter filter) {
        var looked = new Hindsight.Looked(environment, type, filter);
        return Hindsight.preview(events, now, MatcherVersion.NEWEST, looked, Hindsight.MOST);
    }
}
