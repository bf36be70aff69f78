package dev.weir.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    private static final Map<String, EventType> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wire, type -> type));

    private final String wire = name().toLowerCase(Locale.ROOT);

    public static Optional<EventType> of(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }

    public String wire() {
        return wire;
    }
}
