package dev.weir.catalog;

import dev.weir.catalog.matching.Field;
import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.store.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks a filter about what many events share. Each condition is tested as ever, on an event that has nothing but what is known; those
 * that need more are left open.
 */
final class Asking implements Question {

    private final MatcherVersion version;
    private final EventType type;
    private final Filter filter;
    private final Predicate<Event> whole;

    /** Conditions as the version compares them; equal ones once. */
    private final Map<Filter, Predicate<Event>> conditions = new HashMap<>();

    Asking(MatcherVersion version, EventType type, Filter filter) {
        this.version = version;
        this.type = type;
        this.filter = filter;
        this.whole = version.test(filter);
    }

    @Override
    public boolean asksHierarchies() {
        return any(filter, Asking::ofHierarchy);
    }

    @Override
    public boolean asksLocations() {
        return any(filter, Asking::ofLocation);
    }

    @Override
    public Answer ofHierarchy(Hierarchy hierarchy) {
        return answer(filter, Asking::ofHierarchy, event(hierarchy, null));
    }

    @Override
    public Answer ofLocation(@Nullable String location) {
        return answer(filter, Asking::ofLocation, event(Hierarchy.NONE, location));
    }

    @Override
    public Answer ofBoth(Hierarchy hierarchy, @Nullable String location) {
        return answer(filter, one -> ofHierarchy(one) || ofLocation(one), event(hierarchy, location));
    }

    @Override
    public boolean holds(Event event) {
        return whole.test(event);
    }

    /** Whether a hierarchy decides a condition. */
    private static boolean ofHierarchy(Filter one) {
        return one instanceof Filter.Selected
                || (one instanceof Filter.Condition condition && condition.field() == Field.FORM);
    }

    private static boolean ofLocation(Filter one) {
        return one instanceof Filter.Condition condition && condition.field() == Field.PATH;
    }

    private Event event(Hierarchy hierarchy, @Nullable String location) {
        var page = new Page(location, null, null);
        return new Event(type, null, null, null, hierarchy, Map.of(), null, page, Session.NONE);
    }

    private static boolean any(Filter filter, Predicate<Filter> wanted) {
        if (filter instanceof Filter.All all) {
            return all.parts().stream().anyMatch(part -> any(part, wanted));
        }
        if (filter instanceof Filter.Any some) {
            return some.parts().stream().anyMatch(part -> any(part, wanted));
        }
        return filter instanceof Filter.Not not ? any(not.part(), wanted) : wanted.test(filter);
    }

    private Answer answer(Filter filter, Predicate<Filter> known, Event event) {
        if (filter instanceof Filter.All all) {
            return join(all.parts(), known, event, Answer.YES, (a, b) -> a.compareTo(b) < 0 ? a : b);
        }
        if (filter instanceof Filter.Any some) {
            return join(some.parts(), known, event, Answer.NO, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
        if (filter instanceof Filter.Not not) {
            return switch (answer(not.part(), known, event)) {
                case NO -> Answer.YES;
                case PERHAPS -> Answer.PERHAPS;
                case YES -> Answer.NO;
            };
        }
        if (!known.test(filter)) {
            return Answer.PERHAPS;
        }
        return conditions.computeIfAbsent(filter, version::test).test(event) ? Answer.YES : Answer.NO;
    }

    private Answer join(
            List<Filter> parts, Predicate<Filter> known, Event event, Answer none, BinaryOperator<Answer> joined) {
        return parts.stream().map(part -> answer(part, known, event)).reduce(none, joined);
    }
}
