package dev.weir.catalog;

import dev.weir.catalog.Comparison.Difference;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** Shows what another version of the matcher would make of recorded events, before anybody takes it into effect. Changes nothing. */
@ApplicationScoped
class MatcherChange {

    private final Matching matching;
    private final Recorded recorded;
    private final Clock clock;

    MatcherChange(Matching matching, Recorded recorded, Clock clock) {
        this.matching = matching;
        this.recorded = recorded;
        this.clock = clock;
    }

    /** @param other the version that is not in force: the newest, or where that is in force the one before it */
    record Report(
            String environment,
            MatcherVersion inForce,
            MatcherVersion other,
            List<Difference> all,
            int looked,
            boolean cut) {

        public List<Difference> changed() {
            return all.stream().filter(difference -> !difference.same()).toList();
        }

        public int same() {
            return all.size() - changed().size();
        }

        /** Whether the other one is newer. */
        public boolean forward() {
            return other.number() > inForce.number();
        }
    }

    Report look(EnvironmentKey environment) {
        var known = matching.known();
        var inForce = known.version();
        var comparison = new Comparison(inForce, inForce.other(), known.definitions());
        var looked = recorded.each(environment, clock.instant(), stored -> comparison.event(stored.event()));
        return new Report(
                environment.value(), inForce, inForce.other(), comparison.differences(), looked.events(), looked.cut());
    }
}
