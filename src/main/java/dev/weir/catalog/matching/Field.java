package dev.weir.catalog.matching;

import java.util.Locale;
import java.util.Optional;

/** What a condition looks at. The words are stored and exported: never rename one. */
public enum Field {
    /** The path of the page's address, without query and fragment. */
    PATH,
    /** The visible text of the element. */
    TEXT,
    /** A link's target or a form's action. */
    HREF,
    /** The id of the nearest form. */
    FORM,
    /** The name of a custom event. */
    EVENT,
    /** A property, by its name. */
    PROPERTY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it holds addresses, which can be spelt in more than one way. */
    boolean address() {
        return this == PATH || this == HREF;
    }

    static Optional<Field> of(String word) {
        for (var field : values()) {
            if (field.word().equals(word)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
