package dev.weir.review;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.ReasonWords;
import dev.weir.quarantine.Quarantine;
import dev.weir.store.SetAside;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Why events of an environment are set aside, and how many: reasons and rules, never a field's name, which a sender may have made up. */
@ApplicationScoped
class QuarantineSource implements Source {

    private final Quarantine quarantine;

    QuarantineSource(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    @Override
    public Matter matter() {
        return Matter.QUARANTINE;
    }

    @Override
    public List<Portion> portions(Collection<EnvironmentKey> environments) {
        return environments.stream()
                .map(place -> new Portion(Matter.QUARANTINE, Optional.of(place), ""))
                .toList();
    }

    /** That there is another reason, or one less, is a change; that there is one event more is none. */
    @Override
    public Map<String, ?> facts(Portion portion) {
        return Map.of("groups", List.copyOf(groups(portion).keySet()));
    }

    @Override
    public Map<Portion, Map<String, ?>> figures(Collection<Portion> portions, Collection<EnvironmentKey> environments) {
        var figures = new LinkedHashMap<Portion, Map<String, ?>>();
        portions.forEach(portion -> figures.put(portion, Map.of("events", Map.copyOf(groups(portion)))));
        return figures;
    }

    private SortedMap<String, Long> groups(Portion portion) {
        var groups = new TreeMap<String, Long>();
        for (SetAside.Group group : quarantine.groups(portion.environment().orElseThrow())) {
            groups.merge(group.reason() + " " + group.rule(), group.events(), Long::sum);
        }
        return groups;
    }

    @Override
    public List<Table> tables(Evidence evidence) {
        var home = "/console/" + new Facts(evidence.content()).text("environment") + "/quarantine";
        var events = new Facts(evidence.figures()).inner("events");
        var rows = new Facts(evidence.facts())
                .texts("groups").stream()
                        .map(group -> Table.row(
                                ReasonWords.ofStored(group.substring(0, group.indexOf(' '))),
                                home,
                                group.substring(group.indexOf(' ') + 1),
                                String.valueOf(events.number(group))))
                        .toList();
        return List.of(new Table("What is set aside", List.of("Why", "Rule", "Events"), rows, ""));
    }
}
