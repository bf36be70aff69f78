package dev.weir.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A string after scrubbing.
 *
 * @param text what may be kept; null when the field must be dropped. Where {@code hits} is empty it is the text that came in, cut at
 *     the scrubber's limit
 * @param hits each rule that found something, once, in the order of finding
 */
record Scrubbed(@Nullable String text, List<Hit> hits) {

    Scrubbed {
        hits = List.copyOf(hits);
    }

    static Scrubbed clean(String text) {
        return new Scrubbed(text, List.of());
    }

    boolean changed() {
        return !hits.isEmpty();
    }
}
