package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for personal data in a string and takes it out. Pure, shared by all threads, never throws. docs/policy-language.md, "Scrubbing a
 * string", is the algorithm; the browser's text.ts is the twin. Most strings hold nothing: one walk over the characters says so.
 */
final class Scrubber {

    /** Code points of a string that are looked at; what lies beyond is cut off first, so nothing unseen is kept. */
    static final int MAX_CODE_POINTS = 8192;

    private final List<Step> steps;
    private final List<String> placeholders;
    private final int detectors;
    private final @Nullable Pairing pairing;
    private final boolean national;
    private final PatternIndex patterns;

    /** One rule at work. */
    sealed interface Step permits Pairing, Detecting, National, Matching {
        TextRule rule();
    }

    record Pairing(TextRule rule, ParameterNames parameters) implements Step {

        /** Whether the pair goes: none begins inside a word or a number. */
        boolean takes(Pair pair, String text) {
            return !inside(pair, text) && parameters.forbidsPair(text.substring(pair.from(), pair.nameEnd()));
        }

        /** The one behind a pair that stays: the end of a long name is looked at as a name of its own. */
        @Nullable
        Pair next(Pair stays, String text) {
            return Pair.next(text, inside(stays, text) ? stays.from() + 1 : stays.nameEnd());
        }

        boolean finds(String text) {
            for (var pair = Pair.next(text, 0); pair != null; pair = next(pair, text)) {
                if (takes(pair, text)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean inside(Pair pair, String text) {
            return Ascii.is(text, pair.from() - 1, Ascii.ALPHANUMERIC);
        }
    }

    /** By the detector's bit. */
    record Detecting(TextRule rule, int detector) implements Step {}

    record National(TextRule rule) implements Step {}

    /** {@code place} is the pattern's in the index. */
    record Matching(TextRule rule, com.google.re2j.Pattern pattern, int place) implements Step {}

    private Scrubber(List<Step> steps, List<TextRule> rules) {
        this.steps = List.copyOf(steps);
        this.placeholders = steps.stream()
                .map(step -> "[" + step.rule().label() + "]")
                .distinct()
                .toList();
        var patterns = new ArrayList<String>();
        for (var rule : rules) {
            if (rule.pattern() != null) {
                patterns.add(rule.pattern());
            }
        }
        this.patterns = PatternIndex.of(patterns);
        int bits = 0;
        for (var step : steps) {
            bits |= step instanceof Detecting detecting ? detecting.detector() : 0;
        }
        this.detectors = bits;
        this.pairing = steps.stream()
                .filter(Pairing.class::isInstance)
                .map(Pairing.class::cast)
                .findFirst()
                .orElse(null);
        this.national = steps.stream().anyMatch(National.class::isInstance);
    }

    static Scrubber of(List<TextRule> rules) {
        return of(rules, null);
    }

    /** Detectors in their own order, each by its first rule; then pairs by the rules for parameters; then patterns in the policy's order. */
    static Scrubber of(List<TextRule> rules, @Nullable ParameterNames parameters) {
        var steps = new ArrayList<Step>();
        for (var detector : Detectors.SHARED) {
            first(rules, detector).ifPresent(rule -> steps.add(new Detecting(rule, Detectors.bit(detector))));
        }
        if (parameters != null) {
            steps.add(new Pairing(TextRule.detector(ParameterNames.LABEL, Action.MASK), parameters));
        }
        first(rules, NationalPhones.NAME).ifPresent(rule -> steps.add(new National(rule)));
        int place = 0;
        for (var rule : rules) {
            if (rule.pattern() != null) {
                steps.add(new Matching(rule, PatternSubset.compile(rule.pattern()), place++));
            }
        }
        return new Scrubber(steps, rules);
    }

    private static Optional<TextRule> first(List<TextRule> rules, String detector) {
        return rules.stream()
                .filter(rule -> rule.pattern() == null && rule.label().equals(detector))
                .findFirst();
    }

    List<Step> steps() {
        return steps;
    }

    List<String> placeholders() {
        return placeholders;
    }

    PatternIndex patterns() {
        return patterns;
    }

    /**
     * Whether it is seen at once that the text stays as it is. Where it says no it may stay all the same. {@code key} as in {@link #scrub}.
     * Keys of interfaces without a digit are looked for where there are patterns, and there only.
     */
    boolean leaves(String text, @Nullable String key) {
        if (text.length() > MAX_CODE_POINTS) {
            return false;
        }
        long seen = Glance.at(text);
        return Glance.harmless(seen, text, key, !patterns.isEmpty())
                && !(national && Glance.digits(seen))
                && !patterns.occur(text, seen);
    }

    /** {@code key} is the name under which the text came, if it came under one: a hint for the detectors. */
    Scrubbed scrub(String text, @Nullable String key) {
        return leaves(text, key) ? Scrubbed.clean(text) : look(text, key);
    }

    /** The same for a text of which it is not seen at once that it stays. */
    Scrubbed look(String text, @Nullable String key) {
        var named = key == null ? "" : key;
        var looked = cut(text);
        var stock = Stock.of(looked, named);
        return nothing(looked, named, stock) ? Scrubbed.clean(looked) : new Search(this, named).run(looked, stock);
    }

    /** Whether the text is left as it is, which it is where there is nothing to unfold or to decode and nobody finds anything. */
    private boolean nothing(String text, String key, Stock stock) {
        if (patterns.isEmpty() && !stock.worth()) {
            return true;
        }
        return stock.plain()
                && !stock.encoded()
                && !stock.token()
                && !(pairing != null && stock.pairs() && pairing.finds(text))
                && !(national && stock.digits())
                && !patterns.occur(text)
                && !finds(text, key, stock.possible() & detectors);
    }

    private static boolean finds(String text, String key, int detectors) {
        return detectors != 0 && Detectors.any(detectors, new Scan(text, key));
    }

    private static String cut(String text) {
        return text.length() > MAX_CODE_POINTS && text.codePointCount(0, text.length()) > MAX_CODE_POINTS
                ? text.substring(0, text.offsetByCodePoints(0, MAX_CODE_POINTS))
                : text;
    }
}
