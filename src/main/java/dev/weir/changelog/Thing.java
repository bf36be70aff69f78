package dev.weir.changelog;

import dev.weir.kernel.EnvironmentKey;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was changed.
 *
 * @param kind a word of the glossary, with hyphens: {@code app-id}
 * @param id stable, never a person's name
 * @param environment the one it belongs to, where it belongs to one
 */
public record Thing(String kind, String id, Optional<EnvironmentKey> environment) {

    static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final int LONGEST_ID = 500;

    public Thing {
        if (!WORD.matcher(kind).matches() || id.isEmpty() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("a thing has a kind of at most 32 letters and an id of at most 500");
        }
    }

    public static Thing of(String kind, String id) {
        return new Thing(kind, id, Optional.empty());
    }

    public static Thing in(EnvironmentKey environment, String kind, String id) {
        return new Thing(kind, id, Optional.of(environment));
    }
}
