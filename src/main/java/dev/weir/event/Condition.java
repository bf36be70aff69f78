package dev.weir.event;

import dev.weir.event.Selector.Need;
import java.util.Optional;
import java.util.Set;

/** One condition of a {@link Selector} on one element. */
sealed interface Condition {

    boolean fits(Element element);

    /** What an element has whenever it fits, if that is one thing. */
    default Optional<Need> need() {
        return Optional.empty();
    }

    /** As it is spelled in a selector. */
    String text();

    record Any() implements Condition {
        @Override
        public boolean fits(Element element) {
            return true;
        }

        @Override
        public String text() {
            return "*";
        }
    }

    record Tag(String name, String lower) implements Condition {
        Tag(String name) {
            this(name, CssText.lower(name));
        }

        @Override
        public boolean fits(Element element) {
            return element.tag().equals(lower) || CssText.lower(element.tag()).equals(lower);
        }

        @Override
        public Optional<Need> need() {
            return Optional.of(new Need(Need.Part.TAG, lower));
        }

        @Override
        public String text() {
            return CssText.escaped(name);
        }
    }

    record Id(String id) implements Condition {
        @Override
        public boolean fits(Element element) {
            return id.equals(element.id());
        }

        @Override
        public Optional<Need> need() {
            return Optional.of(new Need(Need.Part.ID, id));
        }

        @Override
        public String text() {
            return "#" + CssText.escaped(id);
        }
    }

    record ClassName(String name) implements Condition {
        @Override
        public boolean fits(Element element) {
            return element.classes().contains(name);
        }

        @Override
        public Optional<Need> need() {
            return Optional.of(new Need(Need.Part.CLASS, name));
        }

        @Override
        public String text() {
            return "." + CssText.escaped(name);
        }
    }

    record Nth(boolean ofType, int number) implements Condition {
        @Override
        public boolean fits(Element element) {
            return (ofType ? element.nthOfType() : element.nthChild()) == number;
        }

        @Override
        public String text() {
            return (ofType ? ":nth-of-type(" : ":nth-child(") + number + ")";
        }
    }

    record Not(Condition negated) implements Condition {
        @Override
        public boolean fits(Element element) {
            return !negated.fits(element);
        }

        @Override
        public String text() {
            return ":not(" + negated.text() + ")";
        }
    }

    /**
     * A condition on an attribute.
     *
     * @param operator empty for mere presence, else the sign before {@code =}, or {@code =} itself
     * @param flag {@code i} or empty
     */
    record Attribute(String name, String operator, String value, String flag) implements Condition {

        /** Attributes whose values HTML compares without regard to case (HTML standard, "Case-sensitivity of selectors"). */
        private static final Set<String> INSENSITIVE = Set.of(
                "accept",
                "accept-charset",
                "align",
                "alink",
                "axis",
                "bgcolor",
                "charset",
                "checked",
                "clear",
                "codetype",
                "color",
                "compact",
                "declare",
                "defer",
                "dir",
                "direction",
                "disabled",
                "enctype",
                "face",
                "frame",
                "hreflang",
                "http-equiv",
                "lang",
                "language",
                "link",
                "media",
                "method",
                "multiple",
                "nohref",
                "noresize",
                "noshade",
                "nowrap",
                "readonly",
                "rel",
                "rev",
                "rules",
                "scope",
                "scrolling",
                "selected",
                "shape",
                "target",
                "text",
                "type",
                "valign",
                "valuetype",
                "vlink");

        @Override
        public boolean fits(Element element) {
            var key = CssText.lower(name);
            boolean insensitive =
                    flag.equals("i") || (flag.isEmpty() && !element.foreign() && INSENSITIVE.contains(key));
            if (key.equals("class")) {
                return element.classes().stream().anyMatch(each -> compare(each, insensitive));
            }
            var actual = key.equals("id") ? element.id() : element.attributes().get(key);
            return actual != null && (operator.isEmpty() || compare(actual, insensitive));
        }

        private boolean compare(String actual, boolean insensitive) {
            var have = insensitive ? CssText.lower(actual) : actual;
            var want = insensitive ? CssText.lower(value) : value;
            return switch (operator) {
                case "=" -> have.equals(want);
                case "^" -> !want.isEmpty() && have.startsWith(want);
                case "$" -> !want.isEmpty() && have.endsWith(want);
                case "*" -> !want.isEmpty() && have.contains(want);
                default -> CssText.words(have).contains(want);
            };
        }

        @Override
        public Optional<Need> need() {
            var key = CssText.lower(name);
            return key.equals("class") || key.equals("id")
                    ? Optional.empty()
                    : Optional.of(new Need(Need.Part.ATTRIBUTE, key));
        }

        @Override
        public String text() {
            if (operator.isEmpty()) {
                return "[" + CssText.escaped(name) + "]";
            }
            return "[" + CssText.escaped(name) + (operator.equals("=") ? "" : operator) + "=" + CssText.quoted(value)
                    + (flag.isEmpty() ? "" : " " + flag) + "]";
        }
    }
}
