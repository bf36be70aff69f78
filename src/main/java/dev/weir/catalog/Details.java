package dev.weir.catalog;

import dev.weir.catalog.matching.Filter;
import dev.weir.event.EventType;
import java.util.List;
import java.util.Optional;

/**
 * What a definition says.
 *
 * @param filter which events of the type it is about
 * @param tags lower case, in order, each once
 * @param context why the business wants to know
 */
public record Details(
        String name,
        EventType type,
        Filter filter,
        String category,
        List<String> tags,
        String description,
        String context,
        Criticality criticality,
        Optional<Owner> owner) {

    public static final List<EventType> TYPES =
            List.of(EventType.PAGEVIEW, EventType.CLICK, EventType.CHANGE, EventType.SUBMIT, EventType.CUSTOM);

    public Details {
        tags = List.copyOf(tags);
    }

    /** Whether it means the same: what was verified stays verified while it does. What it is said to be is what others rely on, too. */
    public boolean means(Details other) {
        return name.equals(other.name)
                && type == other.type
                && filter.toString().equals(other.filter.toString())
                && description.equals(other.description)
                && context.equals(other.context);
    }

    Details ownedBy(Optional<Owner> other) {
        return new Details(name, type, filter, category, tags, description, context, criticality, other);
    }

    public String ownerName() {
        return owner.map(Owner::name).orElse("");
    }
}
