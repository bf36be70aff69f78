package dev.weir.catalog;

import dev.weir.catalog.standards.Deviation;
import dev.weir.catalog.standards.Rule;
import java.util.Optional;

/**
 * A standard that a definition breaks.
 *
 * @param waived who has waived it for the definition as it is
 */
public record Broken(Deviation deviation, Optional<Hand> waived) {

    public Rule rule() {
        return deviation.rule();
    }

    public String text() {
        return deviation.text();
    }

    public boolean blocks() {
        return deviation.blocks() && waived.isEmpty();
    }

    /** How it stands, for people. */
    public String words() {
        if (waived.isPresent()) {
            return "waived";
        }
        return deviation.blocks() ? "blocks" : "warning";
    }

    public String tone() {
        return waived.isPresent() ? "" : deviation.level().tone();
    }
}
