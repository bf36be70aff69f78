package dev.weir.catalog.matching;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which of many definitions an event matches. Each definition hangs on the rarest token that it requires of an event, so an
 * event is compared with those few that could match it. Immutable; shared by all threads.
 */
public final class Matcher<D> {

    /** One definition, as the matcher sees it. */
    public record Rule<D>(D definition, EventType type, Filter filter) {}

    private final MatcherVersion version;
    private final List<Rule<D>> rules;
    private final Map<EventType, Index> indexes = new EnumMap<>(EventType.class);

    public Matcher(MatcherVersion version, List<Rule<D>> rules) {
        this.version = version;
        this.rules = rules.stream()
                .map(rule -> new Rule<>(rule.definition(), rule.type(), version.read(rule.filter())))
                .toList();
        var counts = new HashMap<Token, Integer>();
        this.rules.forEach(rule -> Required.each(rule.filter(), token -> counts.merge(token, 1, Integer::sum)));
        var required = new Required(token -> (long) counts.getOrDefault(token, 1) * token.space().weight);
        var byType = new EnumMap<EventType, Map<Token, int[]>>(EventType.class);
        var loose = new EnumMap<EventType, int[]>(EventType.class);
        for (int i = 0; i < this.rules.size(); i++) {
            var rule = this.rules.get(i);
            var tokens = required.of(rule.filter());
            var hung = byType.computeIfAbsent(rule.type(), type -> new HashMap<>());
            int ordinal = i;
            tokens.ifPresentOrElse(
                    set -> set.forEach(token -> hung.merge(token, new int[] {ordinal}, Matcher::both)),
                    () -> loose.merge(rule.type(), new int[] {ordinal}, Matcher::both));
        }
        byType.forEach((type, hung) -> indexes.put(type, new Index(hung, loose.getOrDefault(type, new int[0]))));
    }

    /** In the order in which the rules were given. */
    public List<D> match(Event event) {
        var index = indexes.get(event.type());
        if (index == null) {
            return List.of();
        }
        var subject = version.subject(event);
        var candidates = new BitSet();
        index.candidates(subject, candidates);
        if (candidates.isEmpty()) {
            return List.of();
        }
        var matched = new ArrayList<D>(4);
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            var rule = rules.get(i);
            if (rule.filter().test(subject)) {
                matched.add(rule.definition());
            }
        }
        return matched;
    }

    /** How many definitions {@link #match} compares with an event: what its time has to be explained by. */
    public int compared(Event event) {
        var index = indexes.get(event.type());
        var candidates = new BitSet();
        if (index != null) {
            index.candidates(version.subject(event), candidates);
        }
        return candidates.cardinality();
    }

    /** As {@link #match}, by asking every definition: what the index has to agree with. */
    public List<D> matchNaively(Event event) {
        var subject = version.subject(event);
        var matched = new ArrayList<D>();
        for (var rule : rules) {
            if (rule.type() == subject.type() && rule.filter().test(subject)) {
                matched.add(rule.definition());
            }
        }
        return matched;
    }

    private static int[] both(int[] some, int[] one) {
        return Literals.with(some, one[0]);
    }
}
