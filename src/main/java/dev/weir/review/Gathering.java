package dev.weir.review;

import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers evidence, and says whether it still holds. Keeps nothing. */
@ApplicationScoped
class Gathering {

    private final List<Source> sources;
    private final Clock clock;

    Gathering(@All List<Source> sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /** The parts of these matters, in the order of the matters. */
    List<Portion> portions(Set<Matter> matters, Collection<EnvironmentKey> environments) {
        return matters.stream()
                .sorted()
                .flatMap(matter -> source(matter).portions(environments).stream())
                .toList();
    }

    Map<Portion, Evidence> of(Collection<Portion> portions, Collection<EnvironmentKey> environments) {
        var gathered = new LinkedHashMap<Portion, Evidence>();
        for (Matter matter : Matter.values()) {
            var some = portions.stream()
                    .filter(portion -> portion.matter() == matter)
                    .toList();
            if (!some.isEmpty()) {
                var source = source(matter);
                var figures = source.figures(some, environments);
                // After the figures: what comes last is nearest to what is so when somebody signs.
                some.forEach(portion -> gathered.put(
                        portion,
                        Evidence.of(
                                portion,
                                source.facts(portion),
                                figures.getOrDefault(portion, Map.of()),
                                clock.instant().truncatedTo(ChronoUnit.MICROS))));
            }
        }
        return gathered;
    }

    /** Whether what was reviewed is as it was when this was gathered. */
    boolean holds(Portion portion, Evidence evidence) {
        return evidence.intact()
                && CanonicalJson.write(source(portion.matter()).facts(portion))
                        .equals(CanonicalJson.write(evidence.facts()));
    }

    List<Table> tables(Portion portion, Evidence evidence) {
        return source(portion.matter()).tables(evidence);
    }

    private Source source(Matter matter) {
        return sources.stream()
                .filter(source -> source.matter() == matter)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody gathers " + matter.id()));
    }
}
