package dev.weir.policy;

import java.util.Optional;

/** The patterns that mean the same in RE2 and in JavaScript; anything else is refused with its position. */
final class PatternSubset {

    private PatternSubset() {}

    /** Why a pattern is refused, in words that never quote it. */
    record Fault(int position, String message) {}

    static Optional<Fault> check(String pattern) {
        return pattern.isEmpty() ? Optional.of(new Fault(0, "a pattern can't be empty")) : Optional.empty();
    }
}
