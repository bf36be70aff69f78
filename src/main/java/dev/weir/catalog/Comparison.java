package dev.weir.catalog;

import dev.weir.catalog.matching.Matcher;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.event.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What another version of the matcher would change, counted. Give it events, then ask. Not for several threads. */
final class Comparison {

    private final List<Definition> definitions;
    private final Matcher<Definition> before;
    private final Matcher<Definition> after;
    private final Map<String, Counts> counts = new HashMap<>();

    Comparison(MatcherVersion before, MatcherVersion after, List<Definition> definitions) {
        this.definitions = definitions;
        this.before = Matching.matcher(before, definitions);
        this.after = Matching.matcher(after, definitions);
        definitions.forEach(definition -> counts.put(definition.id(), new Counts()));
    }

    /**
     * One definition.
     *
     * @param before events that it matches as the first version compares
     * @param after as the second does
     * @param gained events that only the second matches: the same number on both sides can still be other events
     */
    record Difference(Definition definition, long before, long after, long gained, long lost) {
        public boolean same() {
            return gained == 0 && lost == 0;
        }
    }

    private static final class Counts {
        private long before;
        private long after;
        private long gained;
        private long lost;
    }

    void event(Event event) {
        var old = new HashSet<String>();
        for (var definition : before.match(event)) {
            old.add(definition.id());
            counts(definition).before++;
        }
        for (var definition : after.match(event)) {
            counts(definition).after++;
            if (!old.remove(definition.id())) {
                counts(definition).gained++;
            }
        }
        old.forEach(id -> Objects.requireNonNull(counts.get(id)).lost++);
    }

    /** Of every definition, by name. */
    List<Difference> differences() {
        return definitions.stream()
                .map(definition -> {
                    var its = counts(definition);
                    return new Difference(definition, its.before, its.after, its.gained, its.lost);
                })
                .toList();
    }

    private Counts counts(Definition definition) {
        return Objects.requireNonNull(counts.get(definition.id()));
    }
}
