package dev.weir.catalog.standards;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Conventions as somebody typed, sent or stored them, rule by rule. Becomes {@link Conventions}, or says rule by rule why not; never
 * quotes what was typed.
 *
 * @param rules what is left out is off
 */
public record Asked(Map<Rule, Ask> rules) {

    static final int LONGEST = 100;
    static final int MOST = 100;

    private static final Pattern TAG = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /**
     * Of one rule.
     *
     * @param asks a form, and behind a colon the pattern where it is one's own; a list with an item on each line; a number; or nothing
     */
    public record Ask(String level, String asks) {

        /** As the change log tells it: {@link Conventions#words}. */
        public static Ask told(Rule rule, String words) {
            var parts = words.split(": ", 2);
            var asks = parts.length > 1 ? parts[1] : "";
            boolean list = rule == Rule.ALLOWED_CATEGORIES || rule == Rule.ALLOWED_TAGS;
            return new Ask(parts[0], list && asks.indexOf('\n') < 0 ? asks.replace(", ", "\n") : asks);
        }
    }

    /** What became of it: conventions, or errors by the id of their rule. */
    public record Read(Optional<Conventions> conventions, Map<String, String> errors) {}

    public Asked {
        rules = Map.copyOf(rules);
    }

    public static Asked of(Conventions conventions) {
        var rules = new EnumMap<Rule, Ask>(Rule.class);
        for (var rule : Rule.values()) {
            rules.put(rule, new Ask(conventions.level(rule).id(), conventions.asks(rule)));
        }
        return new Asked(rules);
    }

    /** Of a form: its name, or the pattern of one's own. */
    public String form(Rule rule) {
        return asks(rule).split(":", 2)[0];
    }

    public String pattern(Rule rule) {
        var parts = asks(rule).split(":", 2);
        return parts.length > 1 ? parts[1] : "";
    }

    public String asks(Rule rule) {
        var ask = rules.get(rule);
        return ask == null ? "" : ask.asks();
    }

    public String level(Rule rule) {
        var ask = rules.get(rule);
        return ask == null ? Level.OFF.id() : ask.level();
    }

    public Read read() {
        var errors = new LinkedHashMap<String, String>();
        var levels = new EnumMap<Rule, Level>(Rule.class);
        for (var rule : Rule.values()) {
            var level = Level.of(level(rule));
            level.ifPresent(known -> levels.put(rule, known));
            if (level.isEmpty()) {
                errors.put(rule.id(), "A standard is off, or it is to warn or block.");
            }
        }
        var name = form(Rule.NAME_FORM, errors);
        var event = form(Rule.EVENT_NAME_FORM, errors);
        var categories = lines(asks(Rule.ALLOWED_CATEGORIES));
        var tags = lines(asks(Rule.ALLOWED_TAGS).replace(',', '\n').toLowerCase(Locale.ROOT));
        check(Rule.ALLOWED_CATEGORIES, categories, levels, errors);
        check(Rule.ALLOWED_TAGS, tags, levels, errors);
        if (tags.stream().anyMatch(tag -> !TAG.matcher(tag).matches())) {
            errors.put(Rule.ALLOWED_TAGS.id(), "A tag has letters, digits and hyphens, at most 32.");
        }
        int stability = stability(errors);
        return errors.isEmpty()
                ? new Read(Optional.of(new Conventions(levels, name, event, categories, tags, stability)), Map.of())
                : new Read(Optional.empty(), Map.copyOf(errors));
    }

    private NameForm form(Rule rule, Map<String, String> errors) {
        if (asks(rule).isEmpty() && off(rule)) {
            return NameForm.TITLE;
        }
        var read = NameForm.read(form(rule), pattern(rule));
        if (read.form().isEmpty()) {
            errors.put(rule.id(), read.error());
        }
        return read.form().orElse(NameForm.TITLE);
    }

    private int stability(Map<String, String> errors) {
        var text = asks(Rule.STABILITY).strip();
        if (text.isEmpty() && off(Rule.STABILITY)) {
            return Conventions.DEFAULT.stability();
        }
        boolean number = text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 100;
        if (!number) {
            errors.put(Rule.STABILITY.id(), "The least stability is 1 to 100.");
        }
        return number ? Integer.parseInt(text) : 1;
    }

    private boolean off(Rule rule) {
        return level(rule).equals(Level.OFF.id());
    }

    private static void check(Rule rule, List<String> items, Map<Rule, Level> levels, Map<String, String> errors) {
        if (items.size() > MOST || items.stream().anyMatch(item -> item.length() > LONGEST)) {
            errors.put(rule.id(), "At most " + MOST + ", each of at most " + LONGEST + " characters.");
        } else if (items.isEmpty() && levels.getOrDefault(rule, Level.OFF) != Level.OFF) {
            errors.put(rule.id(), "Name at least one.");
        }
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .distinct()
                .toList();
    }
}
