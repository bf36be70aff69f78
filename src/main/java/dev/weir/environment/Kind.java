package dev.weir.environment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an environment is for. The names are stored: never rename one. */
public enum Kind {
    DEVELOPMENT,
    STAGING,
    PRODUCTION;

    public static final List<Kind> ALL = List.of(values());

    /** As it is stored and sent: {@code development}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people read it: {@code Development}. */
    public String title() {
        return name().charAt(0) + id().substring(1);
    }

    /** Whether an environment of this kind is critical where nobody says whether it is. */
    public boolean criticalByDefault() {
        return this == PRODUCTION;
    }

    static Optional<Kind> of(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }
}
