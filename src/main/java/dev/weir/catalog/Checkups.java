package dev.weir.catalog;

import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** The health of all shared definitions in one environment, from what it kept. Looks when it is asked; keeps nothing. */
@ApplicationScoped
public class Checkups {

    private final Matching matching;
    private final Recorded recorded;
    private final Clock clock;

    Checkups(Matching matching, Recorded recorded, Clock clock) {
        this.matching = matching;
        this.recorded = recorded;
        this.clock = clock;
    }

    /** @param cut whether there are older events that were not looked at */
    public record Report(String environment, List<Health> healths, int looked, boolean cut) {}

    public Report look(EnvironmentKey environment) {
        var now = clock.instant();
        var known = matching.known();
        var checkup = new Checkup(known.version(), known.definitions(), now);
        var looked = recorded.each(environment, now, stored -> checkup.event(stored.receivedAt(), stored.event()));
        return new Report(environment.value(), checkup.healths(), looked.events(), looked.cut());
    }
}
