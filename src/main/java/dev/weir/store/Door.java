package dev.weir.store;

import java.util.Locale;

/** By which endpoint something came in. The names are stored: never rename one. */
public enum Door {
    COLLECT,
    TRACK,
    USER_PROPERTIES,
    ACCOUNT_PROPERTIES,
    IDENTIFY,
    BATCH;

    private final String stored = name().toLowerCase(Locale.ROOT);

    /** Whether a browser sent it, not a server. */
    public boolean browser() {
        return this == COLLECT;
    }

    String stored() {
        return stored;
    }

    static Door of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
