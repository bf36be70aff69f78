package dev.weir.event;

import dev.weir.event.Selector.Attribute;
import dev.weir.event.Selector.ClassName;
import dev.weir.event.Selector.Complex;
import dev.weir.event.Selector.Compound;
import dev.weir.event.Selector.Condition;
import dev.weir.event.Selector.Not;
import dev.weir.event.Selector.Nth;
import dev.weir.event.Selector.Parsed;
import dev.weir.event.Selector.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Recursive descent over one selector. Stops at the first thing it can't take, and says where. */
final class SelectorParser {

    private static final int MAX_COMPOUNDS = 32;
    private static final int MAX_CONDITIONS = 32;
    private static final int MAX_ALTERNATIVES = 64;

    private final String text;
    private int at;

    private SelectorParser(String text) {
        this.text = text;
    }

    /** How the parser leaves its depths; never leaves this class. */
    private static final class Stop extends Exception {
        final transient Selector.Refused refused;

        Stop(int position, String message) {
            super(message, null, false, false);
            this.refused = new Selector.Refused(position, message);
        }
    }

    static Parsed parse(String text) {
        try {
            return new Parsed.Valid(new SelectorParser(text).selector());
        } catch (Stop stop) {
            return new Parsed.Invalid(stop.refused);
        }
    }

    private Selector selector() throws Stop {
        var alternatives = new ArrayList<Complex>();
        do {
            spaces();
            alternatives.add(complex());
            if (alternatives.size() > MAX_ALTERNATIVES) {
                throw stop(at, "too many alternatives");
            }
        } while (taken(','));
        if (at < text.length()) {
            throw unexpected();
        }
        return new Selector(alternatives);
    }

    private Complex complex() throws Stop {
        var compounds = new ArrayList<Compound>();
        var child = new ArrayList<Boolean>();
        compounds.add(compound());
        while (true) {
            boolean space = spaces();
            boolean parent = taken('>');
            spaces();
            if (!parent && (!space || at == text.length() || peek() == ',')) {
                return new Complex(List.copyOf(compounds), List.copyOf(child));
            }
            child.add(parent);
            compounds.add(compound());
            if (compounds.size() > MAX_COMPOUNDS) {
                throw stop(at, "too many elements in one selector");
            }
        }
    }

    private Compound compound() throws Stop {
        var conditions = new ArrayList<Condition>();
        if (taken('*')) {
            conditions.add(new Selector.Any());
        } else if (startsIdentifier(at)) {
            conditions.add(new Tag(identifier()));
        }
        refuseNamespace();
        while (at < text.length() && "#.[:".indexOf(peek()) >= 0) {
            conditions.add(condition());
            if (conditions.size() > MAX_CONDITIONS) {
                throw stop(at, "too many conditions on one element");
            }
        }
        if (conditions.isEmpty()) {
            throw unexpected();
        }
        return new Compound(List.copyOf(conditions));
    }

    private Condition condition() throws Stop {
        return switch (peek()) {
            case '#' -> {
                at++;
                yield new Selector.Id(name());
            }
            case '.' -> {
                at++;
                yield new ClassName(name());
            }
            case '[' -> attribute();
            default -> pseudo();
        };
    }

    private Condition pseudo() throws Stop {
        int start = at++;
        if (at < text.length() && peek() == ':') {
            throw stop(start, "pseudo-elements are no elements of a page");
        }
        var name = name().toLowerCase(Locale.ROOT);
        boolean arguments = taken('(');
        if (arguments && name.equals("not")) {
            spaces();
            var negated = simple();
            spaces();
            expect(')', "only one simple condition stands in :not()");
            return new Not(negated);
        }
        if (arguments && (name.equals("nth-child") || name.equals("nth-of-type"))) {
            spaces();
            int number = number();
            spaces();
            expect(')', "only a number stands here");
            return new Nth(name.equals("nth-of-type"), number);
        }
        throw stop(start, refusal(name));
    }

    private static String refusal(String name) {
        return switch (name) {
            case "first-child" -> "write :nth-child(1)";
            case "first-of-type" -> "write :nth-of-type(1)";
            case "not", "nth-child", "nth-of-type" -> "this needs an argument in parentheses";
            case "has",
                    "last-child",
                    "last-of-type",
                    "only-child",
                    "only-of-type",
                    "empty",
                    "nth-last-child",
                    "nth-last-of-type" -> "this can't be decided from what was recorded: only ancestors are known";
            default -> "this pseudo-class can't be decided from what was recorded";
        };
    }

    private Condition simple() throws Stop {
        if (taken('*')) {
            refuseNamespace();
            return new Selector.Any();
        }
        if (startsIdentifier(at)) {
            var tag = new Tag(identifier());
            refuseNamespace();
            return tag;
        }
        if (at < text.length() && "#.[".indexOf(peek()) >= 0) {
            return condition();
        }
        if (at < text.length() && peek() == ':') {
            int start = at;
            var condition = pseudo();
            if (condition instanceof Not) {
                throw stop(start, ":not() does not stand in :not()");
            }
            return condition;
        }
        throw unexpected();
    }

    private Condition attribute() throws Stop {
        int start = at++;
        spaces();
        var name = name();
        spaces();
        if (taken(']')) {
            return known(start, new Attribute(name, "", "", ""));
        }
        if (at < text.length() && peek() == '|') {
            throw stop(at, "namespaces and |= are not known here");
        }
        var operator = "=";
        if (at < text.length() && "^$*~".indexOf(peek()) >= 0) {
            operator = String.valueOf(text.charAt(at++));
        }
        expect('=', "=, ^=, $=, *=, ~= or ] is expected");
        spaces();
        var value = value();
        spaces();
        var flag = "";
        if (at < text.length() && "iI".indexOf(peek()) >= 0) {
            flag = "i";
            at++;
            spaces();
        }
        expect(']', "] is expected");
        return known(start, new Attribute(name, operator, value, flag));
    }

    /** A recording has an element's classes and its id, but not how its class attribute was spelled. */
    private Attribute known(int start, Attribute attribute) throws Stop {
        var name = attribute.name().toLowerCase(Locale.ROOT);
        if (name.equals("class")) {
            boolean spaced = attribute.value().chars().anyMatch(c -> isSpace((char) c));
            boolean partial =
                    attribute.operator().equals("*") || attribute.operator().equals("~");
            if (spaced || !partial) {
                throw stop(start, "of the class attribute only ~= and *= with one word can be decided; write .name");
            }
        } else if (name.equals("id")
                && (attribute.operator().isEmpty() || attribute.value().isEmpty())) {
            throw stop(start, "of the id attribute only a comparison with some text can be decided");
        }
        return attribute;
    }

    private String value() throws Stop {
        if (at < text.length() && (peek() == '"' || peek() == '\'')) {
            return string();
        }
        if (startsIdentifier(at)) {
            return identifier();
        }
        throw stop(at, "a value is a name or stands in quotes");
    }

    private String string() throws Stop {
        int start = at;
        char quote = text.charAt(at++);
        var out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return out.toString();
            }
            if (c == '\\') {
                escape(out, true);
            } else if (c == '\n' || c == '\r' || c == '\f' || c == 0) {
                throw stop(at, "a line ends inside quotes");
            } else {
                out.append(c);
                at++;
            }
        }
        throw stop(start, "a quote is not closed");
    }

    private int number() throws Stop {
        int start = at;
        while (at < text.length() && peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start || at - start > 6 || Integer.parseInt(text.substring(start, at)) == 0) {
            throw stop(start, "only a number from 1 to 999999 stands here");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private String name() throws Stop {
        if (!startsIdentifier(at)) {
            throw stop(at, "a name is expected");
        }
        return identifier();
    }

    private boolean startsIdentifier(int index) {
        if (index >= text.length()) {
            return false;
        }
        char c = text.charAt(index);
        if (c == '-') {
            return index + 1 < text.length()
                    && (text.charAt(index + 1) == '-' || startsName(text.charAt(index + 1)) || startsEscape(index + 1));
        }
        return startsName(c) || startsEscape(index);
    }

    private boolean startsEscape(int index) {
        return text.charAt(index) == '\\'
                && index + 1 < text.length()
                && "\n\r\f\0".indexOf(text.charAt(index + 1)) < 0;
    }

    private String identifier() throws Stop {
        var out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (startsName(c) || c == '-' || (c >= '0' && c <= '9')) {
                out.append(c);
                at++;
            } else if (startsEscape(at)) {
                escape(out, false);
            } else {
                break;
            }
        }
        return out.toString();
    }

    /** CSS Syntax, "consume an escaped code point"; in a string an escaped line break is nothing. */
    private void escape(StringBuilder out, boolean inString) throws Stop {
        int start = at++;
        if (at == text.length()) {
            throw stop(start, "an escape is not finished");
        }
        int digits = at;
        while (at < text.length()
                && at - digits < 6
                && Character.digit(text.charAt(at), 16) >= 0
                && text.charAt(at) < 0x80) {
            at++;
        }
        if (at > digits) {
            int code = Integer.parseInt(text.substring(digits, at), 16);
            boolean bad = code == 0 || code > Character.MAX_CODE_POINT || (code >= 0xd800 && code <= 0xdfff);
            out.appendCodePoint(bad ? 0xfffd : code);
            if (at < text.length() && isSpace(text.charAt(at))) {
                at += text.startsWith("\r\n", at) ? 2 : 1;
            }
            return;
        }
        if (inString && isSpace(text.charAt(at)) && "\n\r\f".indexOf(text.charAt(at)) >= 0) {
            at += text.startsWith("\r\n", at) ? 2 : 1;
            return;
        }
        int code = text.codePointAt(at);
        out.appendCodePoint(code);
        at += Character.charCount(code);
    }

    private void refuseNamespace() throws Stop {
        if (at < text.length() && peek() == '|') {
            throw stop(at, "namespaces are not known here");
        }
    }

    private void expect(char wanted, String message) throws Stop {
        if (!taken(wanted)) {
            throw stop(at, message);
        }
    }

    private boolean taken(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private boolean spaces() {
        int start = at;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private char peek() {
        return text.charAt(at);
    }

    private Stop unexpected() {
        if (at >= text.length()) {
            return stop(at, "something is missing at the end");
        }
        return switch (peek()) {
            case '+', '~' -> stop(at, "neighbours are not recorded: only ancestors can decide");
            case '|' -> stop(at, "namespaces are not known here");
            case '&' -> stop(at, "nesting has no meaning here");
            default -> stop(at, "a selector does not go on like this");
        };
    }

    private static Stop stop(int position, String message) {
        return new Stop(position, message);
    }

    private static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
