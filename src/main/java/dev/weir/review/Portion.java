package dev.weir.review;

import dev.weir.kernel.EnvironmentKey;
import java.util.Optional;

/**
 * As much as one task is about.
 *
 * @param about whose definitions: {@code person:Ada}, {@code team:Sales}; empty for nobody's, and where it is about no definitions
 */
record Portion(Matter matter, Optional<EnvironmentKey> environment, String about) {

    private static final String PERSON = "person:";

    /** What people call it. */
    String title() {
        if (matter != Matter.DEFINITIONS) {
            return matter.words()
                    + environment.map(place -> " of " + place.value()).orElse("");
        }
        if (about.isEmpty()) {
            return "Definitions without an owner";
        }
        return "Definitions of " + person().orElseGet(() -> "the team " + about.substring(about.indexOf(':') + 1));
    }

    /** The name of the person who owns it, where it is a person. */
    Optional<String> person() {
        return about.startsWith(PERSON) ? Optional.of(about.substring(PERSON.length())) : Optional.empty();
    }
}
