package dev.weir.policy;

import dev.weir.policy.NaiveDetectors.Candidate;
import dev.weir.policy.NaiveDetectors.Detector;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@link Scrubber} as the browser has it: every expression on every string, one after the other. What the fast one is held to. */
final class NaiveScrubber {

    /** Code points of a string that are looked at; what lies beyond is cut off first, so nothing unseen is kept. */
    static final int MAX_CODE_POINTS = 8192;

    /** Layers of encoding that are looked under: as it came, decoded once, decoded twice; below a find begins anew. */
    private static final int LAYERS = 3;

    /** Layers in which something may be found; of a text with more nothing stays. */
    private static final int FINDING_LAYERS = 4;

    /** Characters before a candidate that its check may see. */
    private static final int WINDOW = 64;

    /** Masking can uncover more; so many finds in one layer end the search all the same. */
    private static final int MAX_FINDS = 1000;

    /** JavaScript's {@code \\s}. */
    private static final Pattern SPACE =
            Pattern.compile("[\\t-\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]");

    /** JavaScript's {@code \p{DI}}. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f"
                    + "\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\\x{1bca0}-\\x{1bca3}\\x{1d173}-\\x{1d17a}"
                    + "\\x{e0000}-\\x{e0fff}]");

    private final List<Step> steps;
    private final List<String> placeholders;
    private final boolean always;

    private NaiveScrubber(List<Step> steps, List<String> placeholders, boolean always) {
        this.steps = List.copyOf(steps);
        this.placeholders = List.copyOf(placeholders);
        this.always = always;
    }

    static NaiveScrubber of(List<TextRule> rules) {
        return of(rules, null);
    }

    /** Detectors in their own order, each by its first rule; then pairs by the rules for parameters; then patterns in the policy's order. */
    static NaiveScrubber of(List<TextRule> rules, @Nullable ParameterNames parameters) {
        var steps = new ArrayList<Step>();
        boolean always = false;
        for (var detector : NaiveDetectors.ALL) {
            first(rules, detector.name()).ifPresent(rule -> steps.add(new Detecting(rule, detector)));
        }
        if (parameters != null) {
            steps.add(new Pairs(TextRule.detector(ParameterNames.LABEL, Action.MASK), parameters));
        }
        first(rules, NationalPhones.NAME).ifPresent(rule -> steps.add(new National(rule)));
        for (var rule : rules) {
            if (rule.pattern() != null) {
                steps.add(new Matching(rule, PatternSubset.compile(rule.pattern())));
                always = true;
            }
        }
        var placeholders = steps.stream()
                .map(step -> "[" + step.rule().label() + "]")
                .distinct()
                .toList();
        return new NaiveScrubber(steps, placeholders, always);
    }

    private static java.util.Optional<TextRule> first(List<TextRule> rules, String detector) {
        return rules.stream()
                .filter(rule -> rule.pattern() == null && rule.label().equals(detector))
                .findFirst();
    }

    /** {@code key} is the name under which the text came, if it came under one: a hint for the detectors. */
    Scrubbed scrub(String text, @Nullable String key) {
        return new Search(key == null ? "" : key).run(cut(text));
    }

    private static String cut(String text) {
        return text.length() > MAX_CODE_POINTS && text.codePointCount(0, text.length()) > MAX_CODE_POINTS
                ? text.substring(0, text.offsetByCodePoints(0, MAX_CODE_POINTS))
                : text;
    }

    static String fold(String text) {
        var shown = INVISIBLE.matcher(text).replaceAll("");
        var spaced = SPACE.matcher(shown).replaceAll(" ");
        return Expressions.WIDE
                .matcher(Expressions.DASHES.matcher(spaced).replaceAll("-"))
                .replaceAll(match -> Matcher.quoteReplacement(
                        String.valueOf((char) (match.group().charAt(0) - 65248))));
    }

    static String decode(String text) {
        return Expressions.REFERENCE.matcher(Decoding.percent(text)).replaceAll(match -> {
            var hex = match.group(2) != null ? match.group(2) : match.group(3);
            int code = match.group(1) != null
                    ? Integer.parseInt(match.group(1))
                    : hex == null ? '\n' : Integer.parseInt(hex, 16);
            return Matcher.quoteReplacement(String.valueOf((char) code));
        });
    }

    /** One rule at work. */
    private sealed interface Step permits Pairs, Detecting, National, Matching {
        TextRule rule();
    }

    private record Pairs(TextRule rule, ParameterNames parameters) implements Step {}

    private record Detecting(TextRule rule, Detector detector) implements Step {}

    private record National(TextRule rule) implements Step {}

    private record Matching(TextRule rule, com.google.re2j.Pattern pattern) implements Step {}

    /** The state of one call. */
    private final class Search {

        private final String key;
        private final List<Hit> hits = new ArrayList<>();
        private int found;
        private String last = "";

        Search(String key) {
            this.key = key;
        }

        Scrubbed run(String original) {
            if (!always && !Expressions.WORTH.matcher(original).find()) {
                return new Scrubbed(original, hits);
            }
            var text = original;
            var layer = original;
            int finding = 0;
            for (int left = LAYERS; left > 0; left--) {
                int start = found;
                layer = settle(fold(layer), start);
                if (found > start) {
                    finding++;
                    layer = finding > FINDING_LAYERS ? "[" + last + "]" : layer;
                    text = layer;
                    left = LAYERS;
                }
                var before = layer;
                layer = decode(layer);
                if (layer.equals(before)) {
                    break;
                }
            }
            return new Scrubbed(hits.stream().anyMatch(hit -> hit.action() == Action.DROP) ? null : text, hits);
        }

        /** Looks until there is nothing more to find, so that scrubbing twice finds no more than scrubbing once. */
        private String settle(String text, int start) {
            int before;
            do {
                before = found;
                text = Expressions.BASE64
                        .matcher(all(text, key))
                        .replaceAll(match -> Matcher.quoteReplacement(opened(match.group())));
            } while (before < found && found < start + MAX_FINDS);
            return text;
        }

        /** A base64 token, or the placeholder of what is in it. */
        private String opened(String token) {
            int before = found;
            for (var part : token.split("\\.", -1)) {
                all(fold(Decoding.base64(part)), "");
                if (found > before) {
                    return "[" + last + "]";
                }
            }
            return token;
        }

        private String all(String text, String key) {
            for (var step : steps) {
                if (step instanceof Detecting detecting) {
                    text = detect(text, key, detecting);
                } else if (step instanceof Pairs pairs) {
                    text = pairs(text, pairs);
                } else if (step instanceof National national) {
                    text = national(text, national);
                } else if (step instanceof Matching matching) {
                    text = match(text, matching);
                }
            }
            return text;
        }

        private String detect(String text, String key, Detecting step) {
            var detector = step.detector();
            var matcher = detector.expression().matcher(text);
            matcher.useTransparentBounds(true).useAnchoringBounds(false);
            var out = new Masked(text, step.rule());
            var hints = new Near(detector.hints(), key);
            var nots = new Near(detector.nots(), key);
            for (int at = next(matcher, text, 0); at >= 0; ) {
                var before = text.substring(Math.max(0, at - WINDOW), at);
                int accepted = detector.check()
                        .accept(new Candidate(text, before, matcher, () -> hints.of(before), () -> nots.of(before)));
                if (accepted > 0) {
                    out.mask(at, at + accepted);
                }
                at = next(matcher, text, at + Math.max(1, Math.abs(accepted)));
            }
            return out.text();
        }

        /** Where the next candidate begins, with the matcher on it; -1 when there is none. None begins inside a word or a number. */
        private static int next(Matcher matcher, String text, int from) {
            for (int i = from; i <= text.length() && matcher.find(i); i = matcher.start() + 1) {
                if (!Ascii.is(text, matcher.start() - 1, Ascii.ALPHANUMERIC)) {
                    return matcher.start();
                }
            }
            return -1;
        }

        /** Whether words are near a candidate: the key, which is the same for all, is looked at once. */
        private static final class Near {

            private final @Nullable NaiveWords words;
            private final String key;
            private int inKey = -1;

            Near(@Nullable NaiveWords words, String key) {
                this.words = words;
                this.key = key;
            }

            int of(String before) {
                if (words == null) {
                    return 0;
                }
                if (words.justBefore(before)) {
                    return 2;
                }
                inKey = inKey < 0 ? (words.in(key) ? 1 : 0) : inKey;
                return inKey;
            }
        }

        private String pairs(String text, Pairs step) {
            var matcher = Expressions.PAIR.matcher(text);
            var out = new Masked(text, step.rule());
            int from = 0;
            while (matcher.find(from)) {
                int at = matcher.start();
                boolean inside = at > 0 && Ascii.is(text, at - 1, Ascii.ALPHANUMERIC);
                if (!inside && step.parameters().forbidsPair(matcher.group(1))) {
                    out.mask(at, matcher.end());
                    from = matcher.end();
                } else {
                    from = inside ? at + 1 : matcher.end(1);
                }
            }
            return out.text();
        }

        private String national(String text, National step) {
            var out = new Masked(text, step.rule());
            for (var span : NationalPhones.find(text, step.rule().regions())) {
                out.mask(span.from(), span.to());
            }
            return out.text();
        }

        private String match(String text, Matching step) {
            var matcher = step.pattern().matcher(PatternSubset.units(text));
            var out = new Masked(text, step.rule());
            int from = 0;
            while (from <= text.length() && matcher.find(from)) {
                if (matcher.end() == matcher.start()) {
                    from = matcher.end() + 1;
                    continue;
                }
                if (!placeholder(text, matcher.start(), matcher.end())) {
                    out.mask(matcher.start(), matcher.end());
                }
                from = matcher.end();
            }
            return out.text();
        }

        private boolean placeholder(String text, int from, int to) {
            int open = text.lastIndexOf('[', from);
            return open >= 0
                    && placeholders.stream().anyMatch(p -> text.startsWith(p, open) && to <= open + p.length());
        }

        /** A text in which one rule's hits are being replaced. */
        private final class Masked {

            private final String text;
            private final TextRule rule;
            private final StringBuilder out = new StringBuilder();
            private int done;

            Masked(String text, TextRule rule) {
                this.text = text;
                this.rule = rule;
            }

            void mask(int from, int to) {
                out.append(text, done, from).append('[').append(rule.label()).append(']');
                done = to;
                found++;
                last = rule.label();
                if (hits.stream().noneMatch(hit -> hit.label().equals(rule.label()))) {
                    hits.add(new Hit(rule.label(), rule.action()));
                }
            }

            String text() {
                return done == 0 ? text : out.append(text, done, text.length()).toString();
            }
        }
    }
}
