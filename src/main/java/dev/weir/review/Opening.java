package dev.weir.review;

import dev.weir.kernel.EnvironmentKey;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody wants reviewed.
 *
 * @param due the last day, in UTC; empty where none could be read
 * @param owner the subject of who answers for what has no owner of its own who can sign in
 */
public record Opening(
        String name, Optional<LocalDate> due, Set<Matter> matters, Set<EnvironmentKey> environments, String owner) {

    public Opening {
        matters = Set.copyOf(matters);
        environments = Set.copyOf(environments);
    }
}
