package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.event.Hierarchy;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know of many events. It is asked about what events share before it is asked about events: what can be
 * answered there is counted by the database. Answers must agree: what is certain is also what {@link #holds} says.
 */
public interface Question {

    /** What is known when only a part of an event is. */
    enum Answer {
        NO,
        PERHAPS,
        YES
    }

    /** Whether hierarchies are worth asking about. */
    boolean asksHierarchies();

    /** Whether locations are worth asking about. */
    boolean asksLocations();

    /** Of all events with this hierarchy. */
    Answer ofHierarchy(Hierarchy hierarchy);

    /** Of all events with this location, an address without query and fragment; null for those that have none. */
    Answer ofLocation(@Nullable String location);

    /** Of all events with this hierarchy and this location. */
    Answer ofBoth(Hierarchy hierarchy, @Nullable String location);

    boolean holds(Event event);
}
