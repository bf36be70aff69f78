package dev.weir.store;

import java.util.Locale;

/** What became of an event that was received: exactly one of these. */
public enum Outcome {
    ACCEPTED,
    QUARANTINED,
    DUPLICATE,
    DROPPED;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
