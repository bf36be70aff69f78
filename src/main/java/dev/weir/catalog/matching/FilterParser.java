package dev.weir.catalog.matching;

import dev.weir.event.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a filter as people write it (docs/catalog.md). One pass; what it refuses, it refuses with the place. */
final class FilterParser {

    static final int LONGEST = 4000;
    static final int LONGEST_VALUE = 1000;
    static final int CONDITIONS = 50;

    private static final int DEEPEST = 20;

    private final String text;
    private int at;
    private int conditions;

    private FilterParser(String text) {
        this.text = text;
    }

    private static final class Wrong extends Exception {
        private final transient Filter.Refused refused;

        Wrong(int position, String message) {
            super(message, null, false, false);
            this.refused = new Filter.Refused(position, message);
        }
    }

    static Filter.Parsed parse(String text) {
        if (text.length() > LONGEST) {
            return new Filter.Parsed.Invalid(new Filter.Refused(LONGEST, "a filter has at most 4000 characters"));
        }
        try {
            return new Filter.Parsed.Valid(new FilterParser(text).whole());
        } catch (Wrong e) {
            return new Filter.Parsed.Invalid(e.refused);
        }
    }

    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private Filter whole() throws Wrong {
        skip();
        if (at == text.length()) {
            throw new Wrong(at, "say at least one condition, such as: path contains \"/pricing\"");
        }
        var filter = any(0);
        if (at < text.length()) {
            throw new Wrong(at, "here should be and, or, or the end");
        }
        return filter;
    }

    private Filter any(int depth) throws Wrong {
        var parts = new ArrayList<Filter>();
        do {
            var part = all(depth);
            parts.addAll(part instanceof Filter.Any any ? any.parts() : List.of(part));
        } while (word("or"));
        return parts.size() == 1 ? parts.get(0) : new Filter.Any(parts);
    }

    private Filter all(int depth) throws Wrong {
        var parts = new ArrayList<Filter>();
        do {
            var part = one(depth);
            parts.addAll(part instanceof Filter.All all ? all.parts() : List.of(part));
        } while (word("and"));
        return parts.size() == 1 ? parts.get(0) : new Filter.All(parts);
    }

    private Filter one(int depth) throws Wrong {
        if (depth > DEEPEST) {
            throw new Wrong(at, "this is nested too deeply");
        }
        if (word("not")) {
            return new Filter.Not(one(depth + 1));
        }
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            skip();
            var filter = any(depth + 1);
            if (at == text.length() || text.charAt(at) != ')') {
                throw new Wrong(at, "a bracket is not closed");
            }
            at++;
            skip();
            return filter;
        }
        return condition();
    }

    private Filter condition() throws Wrong {
        int start = at;
        if (++conditions > CONDITIONS) {
            throw new Wrong(start, "a filter has at most 50 conditions");
        }
        var word = word();
        if (word.equals("selector") || word.equals("target")) {
            return selected(word.equals("selector"));
        }
        var field = Field.of(word)
                .orElseThrow(() -> new Wrong(
                        start, "a condition begins with path, text, href, form, event, property, selector or target"));
        var name = field == Field.PROPERTY ? string("the name of the property in double quotes") : "";
        int compared = at;
        var operator = operator();
        if (operator.onlyForProperties() && field != Field.PROPERTY) {
            throw new Wrong(compared, "only a property can be compared like this");
        }
        if (operator == Operator.EXISTS) {
            return new Filter.Condition(field, name, operator, "");
        }
        int valued = at;
        var value = string("a value in double quotes");
        if (operator.numeric() && Numbers.of(value).isEmpty()) {
            throw new Wrong(valued, "this should be a number, in double quotes");
        }
        if (operator != Operator.EQUALS && value.isEmpty()) {
            throw new Wrong(valued, "an empty value would hold for everything");
        }
        return new Filter.Condition(field, name, operator, value);
    }

    private Filter selected(boolean within) throws Wrong {
        if (!word("matches")) {
            throw new Wrong(at, "here should be matches, then a CSS selector in double quotes");
        }
        int start = at;
        var parsed = Selector.parse(string("a CSS selector in double quotes"));
        if (parsed instanceof Selector.Parsed.Valid valid) {
            return new Filter.Selected(valid.selector(), within);
        }
        var refused = ((Selector.Parsed.Invalid) parsed).refused();
        throw new Wrong(start + 1 + refused.position(), "the selector: " + refused.message());
    }

    private Operator operator() throws Wrong {
        if (at < text.length() && text.charAt(at) == '=') {
            at++;
            skip();
            return Operator.EQUALS;
        }
        for (var operator : Operator.values()) {
            if (operator != Operator.STARTS_WITH && word(operator.words())) {
                return operator;
            }
        }
        int start = at;
        if (word("starts") && word("with")) {
            return Operator.STARTS_WITH;
        }
        throw new Wrong(
                start,
                "here should be equals, contains, starts with or glob; for a property also above, below, exists");
    }

    private String string(String what) throws Wrong {
        int start = at;
        if (at == text.length() || text.charAt(at) != '"') {
            throw new Wrong(at, "here should be " + what);
        }
        var value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        if (at == text.length()) {
            throw new Wrong(start, "a double quote is not closed");
        }
        if (value.length() > LONGEST_VALUE) {
            throw new Wrong(start, "a value has at most 1000 characters");
        }
        at++;
        skip();
        return value.toString();
    }

    /** The next word in lower case; empty where there is none. */
    private String word() {
        int start = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        var word = text.substring(start, at).toLowerCase(Locale.ROOT);
        skip();
        return word;
    }

    /** Takes the word if it stands here. */
    private boolean word(String wanted) {
        int start = at;
        if (word().equals(wanted)) {
            return true;
        }
        at = start;
        return false;
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
