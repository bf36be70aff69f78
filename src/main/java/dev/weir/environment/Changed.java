package dev.weir.environment;

import java.util.Optional;

/** What became of a change that makes something, and what it made; nothing where the outcome isn't {@link Outcome#DONE}. */
public record Changed<T>(Outcome outcome, Optional<T> made) {

    static <T> Changed<T> done(T made) {
        return new Changed<>(Outcome.DONE, Optional.of(made));
    }

    static <T> Changed<T> refused(Outcome outcome) {
        return new Changed<>(outcome, Optional.empty());
    }
}
