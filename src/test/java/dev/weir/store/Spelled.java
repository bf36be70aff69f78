package dev.weir.store;

import dev.weir.event.Event;

/** How long the events of one batch are when they are spelled together, for whoever wants to know what that costs. */
public final class Spelled {

    private final Spelling spelling = new Spelling();

    public int bytes(Event event) {
        return spelling.whole(event).length;
    }
}
