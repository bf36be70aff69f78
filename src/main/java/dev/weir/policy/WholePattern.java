package dev.weir.policy;

import java.util.Optional;

/**
 * A pattern of the common subset that a name has to match as a whole, as it is spelt: unlike in a policy, the case of a letter counts. For
 * what people call things, never for what events hold.
 */
public final class WholePattern {

    private final com.google.re2j.Pattern compiled;

    private WholePattern(com.google.re2j.Pattern compiled) {
        this.compiled = compiled;
    }

    /** Why it is no pattern of the subset, with the position; never quotes it. */
    public static Optional<String> fault(String pattern) {
        return PatternSubset.check(pattern, true)
                .map(fault -> "At character " + (fault.position() + 1) + ": " + fault.message() + ".");
    }

    /** Only for what {@link #fault} has nothing against. */
    public static WholePattern of(String pattern) {
        return new WholePattern(PatternSubset.exact(pattern));
    }

    public boolean fits(String name) {
        return compiled.matcher(PatternSubset.units(name)).matches();
    }
}
