package dev.weir.event;

import java.util.Locale;
import java.util.Optional;

/** What kind of thing happened. The wire names are the lower-case constants. */
public enum EventType {
    SESSION,
    PAGEVIEW,
    CLICK,
    CHANGE,
    SUBMIT,
    CUSTOM,
    IDENTIFY,
    RESET;

    public static Optional<EventType> of(String wire) {
        for (EventType type : values()) {
            if (type.wire().equals(wire)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
