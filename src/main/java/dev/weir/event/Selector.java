package dev.weir.event;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A CSS selector of the kind that can be decided from a recorded hierarchy alone, with {@code Element.matches()} of a browser as
 * its meaning. What can't be decided afterwards is refused when it is parsed, with its position.
 */
public final class Selector {

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

    private final List<Complex> alternatives;
    private final String text;

    Selector(List<Complex> alternatives) {
        this.alternatives = List.copyOf(alternatives);
        this.text = alternatives.stream().map(Complex::text).collect(Collectors.joining(", "));
    }

    /** Why a selector was refused; {@code position} counts UTF-16 units from 0. The message never quotes it. */
    public record Refused(int position, String message) {}

    /** A selector, or why there is none. */
    public sealed interface Parsed {
        <R> R match(Function<Selector, R> valid, Function<Refused, R> refused);

        record Valid(Selector selector) implements Parsed {
            @Override
            public <R> R match(Function<Selector, R> valid, Function<Refused, R> refused) {
                return valid.apply(selector);
            }
        }

        record Invalid(Refused refused) implements Parsed {
            @Override
            public <R> R match(Function<Selector, R> valid, Function<Refused, R> refused) {
                return refused.apply(this.refused);
            }
        }
    }

    public static Parsed parse(String text) {
        return SelectorParser.parse(text);
    }

    /** Whether the element at {@code index} of the hierarchy is selected; 0 is the target. */
    public boolean matches(Hierarchy hierarchy, int index) {
        return alternatives.stream()
                .anyMatch(complex -> complex.matched(hierarchy, index).get(index));
    }

    /** All elements of the hierarchy that are selected, by index. */
    public BitSet matched(Hierarchy hierarchy) {
        var matched = new BitSet(hierarchy.elements().size());
        for (var complex : alternatives) {
            matched.or(complex.matched(hierarchy, 0));
        }
        return matched;
    }

    /** The attributes that decide, in lower case: those that a recording leaves out can never match there. */
    public Set<String> attributes() {
        return alternatives.stream()
                .flatMap(complex -> complex.compounds.stream())
                .flatMap(compound -> compound.conditions.stream())
                .map(condition -> condition instanceof Not not ? not.negated : condition)
                .filter(Attribute.class::isInstance)
                .map(attribute -> lower(((Attribute) attribute).name))
                .filter(name -> !name.equals("id") && !name.equals("class"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Something that one element must have: its id, a class, an attribute, its tag (in lower case). */
    public record Need(Part part, String value) {
        public enum Part {
            ID,
            CLASS,
            ATTRIBUTE,
            TAG
        }
    }

    /** For each alternative, what the hierarchy of a selected element must have somewhere; perhaps nothing. */
    public List<List<Need>> needs() {
        return alternatives.stream()
                .map(complex -> complex.compounds.stream()
                        .flatMap(compound -> compound.conditions.stream())
                        .flatMap(condition -> condition.need().stream())
                        .toList())
                .toList();
    }

    /** One spelling: the same for all selectors that were parsed to the same thing. Parses to an equal selector again. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Selector selector && selector.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Compounds from left to right; {@code child.get(i)} says whether compound i must be the very parent of the next. */
    record Complex(List<Compound> compounds, List<Boolean> child) {

        String text() {
            var out = new StringBuilder(compounds.get(0).text());
            for (int i = 1; i < compounds.size(); i++) {
                out.append(child.get(i - 1) ? " > " : " ")
                        .append(compounds.get(i).text());
            }
            return out.toString();
        }

        /** One walk from the root down to {@code index}, so its cost is nodes times compounds whatever the selector. */
        BitSet matched(Hierarchy hierarchy, int index) {
            var elements = hierarchy.elements();
            var matched = new BitSet();
            int last = compounds.size() - 1;
            boolean[] parent = new boolean[last + 1];
            boolean[] above = new boolean[last + 1];
            for (int node = elements.size() - 1; node >= index; node--) {
                var element = elements.get(node);
                var here = new boolean[last + 1];
                for (int i = 0; i <= last; i++) {
                    here[i] = (i == 0 || (child.get(i - 1) ? parent[i - 1] : above[i - 1]))
                            && compounds.get(i).fits(element);
                }
                if (here[last]) {
                    matched.set(node);
                }
                if (element.host()) {
                    parent = new boolean[last + 1];
                    above = new boolean[last + 1];
                } else {
                    parent = here;
                    for (int i = 0; i <= last; i++) {
                        above[i] |= here[i];
                    }
                }
            }
            return matched;
        }
    }

    /** Conditions that hold on one element. Never empty. */
    record Compound(List<Condition> conditions) {

        boolean fits(Element element) {
            for (var condition : conditions) {
                if (!condition.fits(element)) {
                    return false;
                }
            }
            return true;
        }

        String text() {
            return conditions.stream().map(Condition::text).collect(Collectors.joining());
        }
    }

    /** One condition on one element. */
    sealed interface Condition {
        boolean fits(Element element);

        /** What an element has whenever it fits, if that is one thing. */
        default Optional<Need> need() {
            return Optional.empty();
        }

        String text();
    }

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
            this(name, Selector.lower(name));
        }

        @Override
        public boolean fits(Element element) {
            return element.tag().equals(lower) || Selector.lower(element.tag()).equals(lower);
        }

        @Override
        public Optional<Need> need() {
            return Optional.of(new Need(Need.Part.TAG, lower));
        }

        @Override
        public String text() {
            return escaped(name);
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
            return "#" + escaped(id);
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
            return "." + escaped(name);
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
        @Override
        public boolean fits(Element element) {
            var key = lower(name);
            boolean insensitive =
                    flag.equals("i") || (flag.isEmpty() && !element.foreign() && INSENSITIVE.contains(key));
            if (key.equals("class")) {
                return element.classes().stream().anyMatch(each -> compare(each, insensitive));
            }
            var actual = key.equals("id") ? element.id() : element.attributes().get(key);
            return actual != null && (operator.isEmpty() || compare(actual, insensitive));
        }

        @Override
        public Optional<Need> need() {
            var key = lower(name);
            return key.equals("class") || key.equals("id")
                    ? Optional.empty()
                    : Optional.of(new Need(Need.Part.ATTRIBUTE, key));
        }

        private boolean compare(String actual, boolean insensitive) {
            var have = insensitive ? lower(actual) : actual;
            var want = insensitive ? lower(value) : value;
            return switch (operator) {
                case "=" -> have.equals(want);
                case "^" -> !want.isEmpty() && have.startsWith(want);
                case "$" -> !want.isEmpty() && have.endsWith(want);
                case "*" -> !want.isEmpty() && have.contains(want);
                default -> words(have).contains(want);
            };
        }

        private static List<String> words(String value) {
            var words = new ArrayList<String>();
            int start = 0;
            for (int i = 0; i <= value.length(); i++) {
                if (i == value.length() || SelectorParser.isSpace(value.charAt(i))) {
                    if (i > start) {
                        words.add(value.substring(start, i));
                    }
                    start = i + 1;
                }
            }
            return words;
        }

        @Override
        public String text() {
            if (operator.isEmpty()) {
                return "[" + escaped(name) + "]";
            }
            return "[" + escaped(name) + (operator.equals("=") ? "" : operator) + "=" + quoted(value)
                    + (flag.isEmpty() ? "" : " " + flag) + "]";
        }
    }

    /** ASCII only, as CSS compares. */
    public static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                var out = new StringBuilder(text);
                for (int j = i; j < out.length(); j++) {
                    char c = out.charAt(j);
                    if (c >= 'A' && c <= 'Z') {
                        out.setCharAt(j, (char) (c + 32));
                    }
                }
                return out.toString();
            }
        }
        return text;
    }

    private static String escaped(String identifier) {
        var out = new StringBuilder();
        for (int i = 0; i < identifier.length(); i++) {
            char c = identifier.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean lead = i == 0 || (i == 1 && identifier.charAt(0) == '-');
            if (c < 0x20 || c == 0x7f || (digit && lead)) {
                out.append('\\').append(Integer.toHexString(c)).append(' ');
            } else if (c >= 0x80 || c == '_' || Character.isLetterOrDigit(c) || (c == '-' && identifier.length() > 1)) {
                out.append(c);
            } else {
                out.append('\\').append(c);
            }
        }
        return out.toString();
    }

    private static String quoted(String value) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c == 0x7f) {
                out.append(String.format(Locale.ROOT, "\\%x ", (int) c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return out.append('"').toString();
    }
}
