package dev.weir.stream;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where events are put before they are acknowledged: {@code weir.store}. Anything but the two stops the start. */
@ApplicationScoped
class Keeping {

    static final String SETTING = "weir.store";

    static final String KAFKA = "kafka";

    private static final String DATABASE = "database";

    private final boolean kafka;

    Keeping(@ConfigProperty(name = SETTING, defaultValue = DATABASE) String name) {
        if (!name.equals(KAFKA) && !name.equals(DATABASE)) {
            throw new IllegalArgumentException(SETTING + " is database or kafka");
        }
        this.kafka = name.equals(KAFKA);
    }

    boolean kafka() {
        return kafka;
    }
}
