package dev.weir.catalog;

import dev.weir.catalog.Checkup.Counted;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The health of all shared definitions in one environment, from what it kept. Looks when it is asked; keeps nothing. */
@ApplicationScoped
public class Checkups {

    private final Matching matching;
    private final Recorded recorded;
    private final Hindsight hindsight;
    private final Clock clock;

    Checkups(Matching matching, Recorded recorded, Hindsight hindsight, Clock clock) {
        this.matching = matching;
        this.recorded = recorded;
        this.hindsight = hindsight;
        this.clock = clock;
    }

    /** @param cut whether there are older events that were not looked at */
    public record Report(String environment, List<Health> healths, int looked, boolean cut) {}

    public Report look(EnvironmentKey environment) {
        return look(environment, Map.of());
    }

    /** The same; of this one all events of the weeks are counted, however many there are of its type. */
    public Report look(EnvironmentKey environment, Definition one) {
        var details = one.details();
        var back = hindsight.back(environment, details.type(), details.filter());
        var preview = back.preview();
        // Where not all could be looked at, the newest were, as here or further back; from when on is not told.
        var since = preview.cut()
                ? clock.instant()
                : preview.days().get(0).date().atStartOfDay().toInstant(ZoneOffset.UTC);
        return look(environment, Map.of(one.id(), new Counted(back.rhythm(), preview.count(), since)));
    }

    private Report look(EnvironmentKey environment, Map<String, Counted> counted) {
        var now = clock.instant();
        var known = matching.known();
        var checkup = new Checkup(known.version(), known.definitions(), now, counted);
        var looked = recorded.each(environment, now, stored -> checkup.event(stored.receivedAt(), stored.event()));
        return new Report(environment.value(), checkup.healths(), looked.events(), looked.cut());
    }
}
