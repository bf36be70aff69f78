package dev.weir.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as judged: what it was, where, and what it says. Who did it and when stand beside it, in the batch
 * and in the row, because no rule but the identity guard looks at them.
 *
 * @param name of a custom event
 * @param href a link's target or a form's action
 * @param properties values as sent: {@code String}, {@code Number}, {@code Boolean}, {@code null}, {@code List}, {@code Map};
 *     in a verdict only strings, numbers and booleans are left
 * @param identity the name under which the sender knows this user, on {@code identify} and on server events
 */
public record Event(
        EventType type,
        @Nullable String name,
        @Nullable String text,
        @Nullable String href,
        Hierarchy hierarchy,
        Map<String, @Nullable Object> properties,
        @Nullable String identity,
        Page page,
        Session session) {

    public Event {
        properties = EventProperties.of(properties);
    }

    public static Event custom(String name, Map<String, @Nullable Object> properties, @Nullable String identity) {
        return new Event(
                EventType.CUSTOM, name, null, null, Hierarchy.NONE, properties, identity, Page.NONE, Session.NONE);
    }
}
