package dev.weir.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much depends on a definition. The names are stored: never rename one. */
public enum Criticality {
    LOW,
    NORMAL,
    HIGH;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Criticality> of(String id) {
        return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
    }
}
