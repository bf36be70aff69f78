package dev.weir.event;

import dev.weir.event.Condition.Any;
import dev.weir.event.Condition.Attribute;
import dev.weir.event.Condition.ClassName;
import dev.weir.event.Condition.Not;
import dev.weir.event.Condition.Nth;
import dev.weir.event.Condition.Tag;
import dev.weir.event.CssCursor.Stop;
import dev.weir.event.Selector.Complex;
import dev.weir.event.Selector.Compound;
import dev.weir.event.Selector.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Recursive descent over one selector. Stops at the first thing it can't take, and says where. */
final class SelectorParser {

    private static final int MAX_COMPOUNDS = 32;
    private static final int MAX_CONDITIONS = 32;
    private static final int MAX_ALTERNATIVES = 64;

    private final CssCursor cursor;

    private SelectorParser(String text) {
        this.cursor = new CssCursor(text);
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
            cursor.spaces();
            alternatives.add(complex());
            if (alternatives.size() > MAX_ALTERNATIVES) {
                throw cursor.stop("too many alternatives");
            }
        } while (cursor.taken(','));
        if (cursor.more()) {
            throw unexpected();
        }
        return new Selector(alternatives);
    }

    private Complex complex() throws Stop {
        var compounds = new ArrayList<Compound>();
        var child = new ArrayList<Boolean>();
        compounds.add(compound());
        while (true) {
            boolean space = cursor.spaces();
            boolean parent = cursor.taken('>');
            cursor.spaces();
            if (!parent && (!space || !cursor.more() || cursor.sees(','))) {
                return new Complex(List.copyOf(compounds), List.copyOf(child));
            }
            child.add(parent);
            compounds.add(compound());
            if (compounds.size() > MAX_COMPOUNDS) {
                throw cursor.stop("too many elements in one selector");
            }
        }
    }

    private Compound compound() throws Stop {
        var conditions = new ArrayList<Condition>();
        if (cursor.taken('*')) {
            conditions.add(new Any());
        } else if (cursor.seesName()) {
            conditions.add(new Tag(cursor.name()));
        }
        refuseNamespace();
        while (cursor.seesOneOf("#.[:")) {
            conditions.add(condition());
            if (conditions.size() > MAX_CONDITIONS) {
                throw cursor.stop("too many conditions on one element");
            }
        }
        if (conditions.isEmpty()) {
            throw unexpected();
        }
        return new Compound(List.copyOf(conditions));
    }

    /** Only where one of {@code #.[:} stands. */
    private Condition condition() throws Stop {
        if (cursor.taken('#')) {
            return new Condition.Id(cursor.name());
        }
        if (cursor.taken('.')) {
            return new ClassName(cursor.name());
        }
        return cursor.sees('[') ? attribute() : pseudo();
    }

    private Condition pseudo() throws Stop {
        int start = cursor.at();
        cursor.next();
        if (cursor.sees(':')) {
            throw new Stop(start, "pseudo-elements are no elements of a page");
        }
        var name = cursor.name().toLowerCase(Locale.ROOT);
        boolean arguments = cursor.taken('(');
        if (arguments && name.equals("not")) {
            cursor.spaces();
            var negated = simple();
            cursor.spaces();
            cursor.expect(')', "only one simple condition stands in :not()");
            return new Not(negated);
        }
        if (arguments && (name.equals("nth-child") || name.equals("nth-of-type"))) {
            cursor.spaces();
            int number = cursor.number();
            cursor.spaces();
            cursor.expect(')', "only a number stands here");
            return new Nth(name.equals("nth-of-type"), number);
        }
        throw new Stop(start, refusal(name));
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
        if (cursor.taken('*')) {
            refuseNamespace();
            return new Any();
        }
        if (cursor.seesName()) {
            var tag = new Tag(cursor.name());
            refuseNamespace();
            return tag;
        }
        int start = cursor.at();
        if (!cursor.seesOneOf("#.[:")) {
            throw unexpected();
        }
        var condition = condition();
        if (condition instanceof Not) {
            throw new Stop(start, ":not() does not stand in :not()");
        }
        return condition;
    }

    private Condition attribute() throws Stop {
        int start = cursor.at();
        cursor.next();
        cursor.spaces();
        var name = cursor.name();
        cursor.spaces();
        if (cursor.taken(']')) {
            return known(start, new Attribute(name, "", "", ""));
        }
        if (cursor.sees('|')) {
            throw cursor.stop("namespaces and |= are not known here");
        }
        var operator = cursor.seesOneOf("^$*~") ? String.valueOf(cursor.next()) : "=";
        cursor.expect('=', "=, ^=, $=, *=, ~= or ] is expected");
        cursor.spaces();
        var value = value();
        cursor.spaces();
        boolean insensitive = cursor.taken('i') || cursor.taken('I');
        if (insensitive) {
            cursor.spaces();
        }
        cursor.expect(']', "] is expected");
        return known(start, new Attribute(name, operator, value, insensitive ? "i" : ""));
    }

    /** A recording has an element's classes and its id, but not how its class attribute was spelled. */
    private static Attribute known(int start, Attribute attribute) throws Stop {
        var name = attribute.name().toLowerCase(Locale.ROOT);
        if (name.equals("class")) {
            boolean spaced = attribute.value().chars().anyMatch(c -> CssText.isSpace((char) c));
            boolean partial =
                    attribute.operator().equals("*") || attribute.operator().equals("~");
            if (spaced || !partial) {
                throw new Stop(
                        start, "of the class attribute only ~= and *= with one word can be decided; write .name");
            }
        } else if (name.equals("id")
                && (attribute.operator().isEmpty() || attribute.value().isEmpty())) {
            throw new Stop(start, "of the id attribute only a comparison with some text can be decided");
        }
        return attribute;
    }

    private String value() throws Stop {
        if (cursor.seesOneOf("\"'")) {
            return cursor.string();
        }
        if (cursor.seesName()) {
            return cursor.name();
        }
        throw cursor.stop("a value is a name or stands in quotes");
    }

    private void refuseNamespace() throws Stop {
        if (cursor.sees('|')) {
            throw cursor.stop("namespaces are not known here");
        }
    }

    private Stop unexpected() {
        if (!cursor.more()) {
            return cursor.stop("something is missing at the end");
        }
        return switch (cursor.peek()) {
            case '+', '~' -> cursor.stop("neighbours are not recorded: only ancestors can decide");
            case '|' -> cursor.stop("namespaces are not known here");
            case '&' -> cursor.stop("nesting has no meaning here");
            default -> cursor.stop("a selector does not go on like this");
        };
    }
}
