package dev.weir.catalog;

import dev.weir.event.EventType;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.StoredEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The health of all shared definitions in one environment, from what it kept. Looks when it is asked; keeps nothing. */
@ApplicationScoped
public class Checkups {

    /** Four weeks to compare a day with, and that day. */
    static final Duration BACK = Duration.ofDays(29);

    /** Events of each type that one look takes in; docs/limits.md. */
    static final int MOST = 20_000;

    private final Matching matching;
    private final StoredEvents events;
    private final Clock clock;

    Checkups(Matching matching, StoredEvents events, Clock clock) {
        this.matching = matching;
        this.events = events;
        this.clock = clock;
    }

    /** @param cut whether there are older events that were not looked at */
    public record Report(String environment, List<Health> healths, int looked, boolean cut) {}

    public Report look(EnvironmentKey environment) {
        var now = clock.instant();
        var known = matching.known();
        var checkup = new Checkup(known.version(), known.definitions(), now);
        int looked = 0;
        boolean cut = false;
        for (EventType type : Details.TYPES) {
            int some = events.newest(
                    environment,
                    type,
                    now.minus(BACK),
                    MOST,
                    stored -> checkup.event(stored.receivedAt(), stored.event()));
            looked += some;
            cut |= some == MOST;
        }
        return new Report(environment.value(), checkup.healths(), looked, cut);
    }
}
