package dev.weir.catalog.standards;

import dev.weir.catalog.matching.Field;
import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.Operator;
import dev.weir.catalog.matching.Stability;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a definition says, as far as a standard can ask for it.
 *
 * @param events the names of custom events that its filter asks for as a whole
 * @param stability of its filter; empty where that is none yet
 */
public record Said(
        String name,
        List<String> events,
        String category,
        List<String> tags,
        String description,
        String context,
        boolean owned,
        OptionalInt stability) {

    public Said {
        events = List.copyOf(events);
        tags = List.copyOf(tags);
    }

    /** @param filter empty where what was typed is none yet */
    public static Said of(
            String name,
            Optional<Filter> filter,
            String category,
            List<String> tags,
            String description,
            String context,
            boolean owned) {
        return new Said(
                name.strip(),
                filter.map(Said::events).orElse(Stream.empty()).distinct().toList(),
                category.strip(),
                tags,
                description.strip(),
                context.strip(),
                owned,
                filter.map(Stability::of)
                        .map(found -> OptionalInt.of(found.score()))
                        .orElse(OptionalInt.empty()));
    }

    /** What must not be there names nothing, and a piece of a name has no form. */
    private static Stream<String> events(Filter filter) {
        if (filter instanceof Filter.All all) {
            return all.parts().stream().flatMap(Said::events);
        }
        if (filter instanceof Filter.Any any) {
            return any.parts().stream().flatMap(Said::events);
        }
        return filter instanceof Filter.Condition condition
                        && condition.field() == Field.EVENT
                        && condition.operator() == Operator.EQUALS
                ? Stream.of(condition.value())
                : Stream.empty();
    }
}
