package dev.weir.catalog.standards;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How much a standard weighs. The names are stored: never rename one. */
public enum Level {
    /** Nobody looks. */
    OFF,
    /** It is shown wherever the definition is. */
    WARN,
    /** What breaks it is neither sent to review nor verified. */
    BLOCK;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Level> of(String id) {
        return Stream.of(values()).filter(level -> level.id().equals(id)).findFirst();
    }

    public String tone() {
        return this == BLOCK ? "bad" : "warn";
    }
}
