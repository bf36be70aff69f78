package dev.weir.policy;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The patterns that mean the same in RE2 and in JavaScript and that neither engine can be led astray by; anything else is refused with
 * its position. docs/policy-language.md, "Patterns". A pattern is never quoted back.
 */
final class PatternSubset {

    static final int MAX_LENGTH = 200;

    /** The largest number in a quantifier. */
    static final int MAX_COUNT = 100;

    private PatternSubset() {}

    /** Why a pattern is refused, in words that never quote it. */
    record Fault(int position, String message) {}

    /** What the parts of a pattern say no with; it never leaves this class. */
    static final class Refused extends Exception {

        private final Fault fault;

        Refused(int position, String message) {
            super(message, null, false, false);
            this.fault = new Fault(position, message);
        }
    }

    static Optional<Fault> check(String pattern) {
        return check(pattern, false);
    }

    /** @param exact whether a letter is itself alone, and not its other case as well */
    static Optional<Fault> check(String pattern, boolean exact) {
        try {
            whole(pattern, exact);
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.fault);
        }
    }

    /** Only for what {@link #check} has let through. */
    static com.google.re2j.Pattern compile(String pattern) {
        try {
            return com.google.re2j.Pattern.compile(whole(pattern).re2());
        } catch (Refused e) {
            throw new IllegalArgumentException(e.fault.message(), e);
        }
    }

    /** As {@link #compile}, for what {@link #check} has let through as exact. */
    static com.google.re2j.Pattern exact(String pattern) {
        try {
            return com.google.re2j.Pattern.compile(whole(pattern, true).re2());
        } catch (Refused e) {
            throw new IllegalArgumentException(e.fault.message(), e);
        }
    }

    /** What every text that it matches holds one of, in small letters of ASCII; null where nothing is known. For what {@link #check} has let through. */
    static @Nullable Set<String> literals(String pattern) {
        try {
            return whole(pattern).literals().needed();
        } catch (Refused e) {
            throw new IllegalArgumentException(e.fault.message(), e);
        }
    }

    /** The text as JavaScript sees it: each half of a surrogate pair is one character, which no pattern can name. */
    static String units(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (out == null) {
                    out = new StringBuilder(text);
                }
                out.setCharAt(i, '\ue000');
            }
        }
        return out == null ? text : out.toString();
    }

    private static PatternPart whole(String pattern) throws Refused {
        return whole(pattern, false);
    }

    private static PatternPart whole(String pattern, boolean exact) throws Refused {
        if (pattern.isEmpty()) {
            throw new Refused(0, "a pattern can't be empty");
        }
        if (pattern.length() > MAX_LENGTH) {
            throw new Refused(MAX_LENGTH, "a pattern has at most " + MAX_LENGTH + " characters");
        }
        var part = new PatternParser(pattern, exact).whole();
        if (part.empty()) {
            throw new Refused(0, "a pattern that matches nothing at all would match everywhere");
        }
        try {
            com.google.re2j.Pattern.compile(part.re2());
        } catch (com.google.re2j.PatternSyntaxException e) {
            throw new Refused(0, "RE2 can't read this pattern");
        }
        return part;
    }
}
