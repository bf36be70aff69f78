package dev.weir.catalog.matching;

import dev.weir.event.Selector;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which events of a type a definition is about: conditions, joined by and, or, not. Its text parses to an equal filter again.
 *
 * <p>The set is closed. A new kind of condition is a record here, a line of the parser, and a row in docs/catalog.md.
 */
public sealed interface Filter {

    boolean test(Subject subject);

    /** Why a filter was refused; {@code position} counts from 0. The message never quotes it. */
    record Refused(int position, String message) {}

    /** A filter, or why there is none. */
    sealed interface Parsed {
        <R> R match(Function<Filter, R> valid, Function<Refused, R> refused);

        record Valid(Filter filter) implements Parsed {
            @Override
            public <R> R match(Function<Filter, R> valid, Function<Refused, R> refused) {
                return valid.apply(filter);
            }
        }

        record Invalid(Refused refused) implements Parsed {
            @Override
            public <R> R match(Function<Filter, R> valid, Function<Refused, R> refused) {
                return refused.apply(this.refused);
            }
        }
    }

    static Parsed parse(String text) {
        return FilterParser.parse(text);
    }

    /** All of them hold. */
    record All(List<Filter> parts) implements Filter {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean test(Subject subject) {
            for (var part : parts) {
                if (!part.test(subject)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(part -> part instanceof Any ? "(" + part + ")" : part.toString())
                    .collect(Collectors.joining(" and "));
        }
    }

    /** At least one of them holds. */
    record Any(List<Filter> parts) implements Filter {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean test(Subject subject) {
            for (var part : parts) {
                if (part.test(subject)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return parts.stream().map(Filter::toString).collect(Collectors.joining(" or "));
        }
    }

    record Not(Filter part) implements Filter {
        @Override
        public boolean test(Subject subject) {
            return !part.test(subject);
        }

        @Override
        public String toString() {
            return part instanceof All || part instanceof Any ? "not (" + part + ")" : "not " + part;
        }
    }

    /**
     * One comparison of a text.
     *
     * @param name of the property; empty for other fields
     */
    record Condition(Field field, String name, Operator operator, String value) implements Filter {
        @Override
        public boolean test(Subject subject) {
            var actual = subject.value(field, name);
            return actual != null && operator.test(actual, value);
        }

        @Override
        public String toString() {
            return field.word() + (field == Field.PROPERTY ? " " + FilterParser.quoted(name) : "") + " "
                    + operator.words()
                    + (operator == Operator.EXISTS ? "" : " " + FilterParser.quoted(value));
        }
    }

    /** The element is selected; with {@code within} it is enough that one of its ancestors is. */
    record Selected(Selector selector, boolean within) implements Filter {
        @Override
        public boolean test(Subject subject) {
            var hierarchy = subject.hierarchy();
            if (hierarchy.isEmpty()) {
                return false;
            }
            return within ? !selector.matched(hierarchy).isEmpty() : selector.matches(hierarchy, 0);
        }

        @Override
        public String toString() {
            return (within ? "selector" : "target") + " matches " + FilterParser.quoted(selector.toString());
        }
    }
}
