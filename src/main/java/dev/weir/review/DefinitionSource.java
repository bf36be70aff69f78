package dev.weir.review;

import dev.weir.catalog.Checkups;
import dev.weir.catalog.Definition;
import dev.weir.catalog.Definitions;
import dev.weir.catalog.Details;
import dev.weir.catalog.Health;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shared definitions that are not archived, one part for each owner: what they say, how far they have come, and what they match. */
@ApplicationScoped
class DefinitionSource implements Source {

    /** Of one owner; of more there are the number and a hash. */
    static final int LISTED = 500;

    private final Definitions definitions;
    private final Checkups checkups;

    DefinitionSource(Definitions definitions, Checkups checkups) {
        this.definitions = definitions;
        this.checkups = checkups;
    }

    @Override
    public Matter matter() {
        return Matter.DEFINITIONS;
    }

    @Override
    public List<Portion> portions(Collection<EnvironmentKey> environments) {
        return definitions.inUse().stream()
                .map(DefinitionSource::about)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(about -> new Portion(Matter.DEFINITIONS, Optional.empty(), about))
                .toList();
    }

    private static String about(Definition definition) {
        return definition
                .details()
                .owner()
                .map(owner -> owner.kind() + ":" + owner.name())
                .orElse("");
    }

    private List<Definition> of(Portion portion) {
        return definitions.inUse().stream()
                .filter(definition -> about(definition).equals(portion.about()))
                .toList();
    }

    @Override
    public Map<String, ?> facts(Portion portion) {
        var all = of(portion).stream().map(DefinitionSource::fact).toList();
        return Map.of(
                "count", (long) all.size(),
                "sha256", CanonicalJson.hash(all),
                "definitions", all.stream().limit(LISTED).toList());
    }

    private static Map<String, ?> fact(Definition definition) {
        return Map.of(
                "id", definition.id(),
                "name", definition.name(),
                "status", definition.status().id(),
                "sha256", hash(definition.details()));
    }

    /** Over everything that somebody may have meant by it. */
    private static String hash(Details details) {
        return CanonicalJson.hash(Map.of(
                "name", details.name(),
                "type", details.type().wire(),
                "filter", details.filter().toString(),
                "category", details.category(),
                "tags", details.tags(),
                "description", details.description(),
                "context", details.context(),
                "criticality", details.criticality().name(),
                "owner",
                        details.owner()
                                .map(owner -> owner.kind() + ":" + owner.name())
                                .orElse("")));
    }

    /** How each fares in each environment; every environment is looked through once, for all parts. */
    @Override
    public Map<Portion, Map<String, ?>> figures(Collection<Portion> portions, Collection<EnvironmentKey> environments) {
        var known = definitions.inUse();
        var healths = new LinkedHashMap<String, Map<String, Health>>();
        environments.forEach(place -> healths.put(
                place.value(),
                checkups.look(place).healths().stream()
                        .collect(Collectors.toMap(health -> health.definition().id(), Function.identity()))));
        var figures = new LinkedHashMap<Portion, Map<String, ?>>();
        for (Portion portion : portions) {
            var ids = known.stream()
                    .filter(definition -> about(definition).equals(portion.about()))
                    .limit(LISTED)
                    .map(Definition::id)
                    .toList();
            var health = new TreeMap<String, Map<String, ?>>();
            healths.forEach((place, each) -> health.put(place, figures(ids, each)));
            figures.put(portion, Map.of("health", health));
        }
        return figures;
    }

    private static Map<String, ?> figures(List<String> ids, Map<String, Health> healths) {
        var told = new TreeMap<String, Map<String, ?>>();
        for (String id : ids) {
            Optional.ofNullable(healths.get(id))
                    .ifPresent(health -> told.put(
                            id,
                            Map.of(
                                    "state", health.state().id(),
                                    "count", health.count(),
                                    "recent", health.recent())));
        }
        return told;
    }

    @Override
    public List<Table> tables(Evidence evidence) {
        var facts = new Facts(evidence.facts());
        var health = new Facts(evidence.figures()).inner("health");
        var places =
                health.json().keySet().stream().map(String::valueOf).sorted().toList();
        var rows = Facts.each(evidence.facts(), "definitions")
                .map(one -> row(one, health, places))
                .toList();
        var heads = new ArrayList<>(List.of("Definition", "Status"));
        places.forEach(place -> heads.add("In " + place));
        heads.add("SHA-256");
        var rest = facts.number("count") - rows.size();
        return List.of(new Table(
                "Definitions",
                heads,
                rows,
                rest > 0 ? rest + " more are not listed here. The SHA-256 over all: " + facts.text("sha256") : ""));
    }

    private static List<Table.Cell> row(Facts one, Facts health, List<String> places) {
        var cells = new ArrayList<>(Table.row(
                one.text("name"),
                "/console/definitions/" + one.text("id"),
                one.text("status").replace('-', ' ')));
        for (String place : places) {
            var there = health.inner(place).inner(one.text("id"));
            var state = there.text("state").replace('-', ' ');
            cells.add(new Table.Cell(
                    state.isEmpty()
                            ? ""
                            : state + ", " + there.number("count") + " matched, " + there.number("recent")
                                    + " in a day",
                    ""));
        }
        var hash = one.text("sha256");
        cells.add(new Table.Cell(hash.substring(0, Math.min(12, hash.length())), ""));
        return cells;
    }
}
