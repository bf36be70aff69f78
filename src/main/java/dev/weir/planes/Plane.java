package dev.weir.planes;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of Weir that can be started alone. The names are values of a setting: never rename one. */
enum Plane {
    /** Where people edit. */
    CONTROL,
    /** Where browsers and servers send. */
    DATA,
    /** What brings the topic into the database. */
    LOADER;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Plane> of(String label) {
        return Arrays.stream(values())
                .filter(plane -> plane.label().equals(label))
                .findFirst();
    }
}
