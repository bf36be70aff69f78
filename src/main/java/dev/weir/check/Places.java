package dev.weir.check;

import dev.weir.event.Event;
import dev.weir.event.Page;
import org.jspecify.annotations.Nullable;

/** Where events of a page happen. */
final class Places {

    private Places() {}

    /** The same event on a page with this address and title. */
    static Event at(Event event, @Nullable String url, String title) {
        return new Event(
                event.type(),
                event.name(),
                event.text(),
                event.href(),
                event.hierarchy(),
                event.properties(),
                event.identity(),
                new Page(url, title.isEmpty() ? null : title, null),
                event.session());
    }
}
