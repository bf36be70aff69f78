package dev.weir.event;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A CSS selector of the kind that can be decided from a recorded hierarchy alone, with {@code Element.matches()} of a browser as
 * its meaning. What can't be decided afterwards is refused when it is parsed, with its position.
 */
public final class Selector {

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
                .map(condition -> condition instanceof Condition.Not not ? not.negated() : condition)
                .filter(Condition.Attribute.class::isInstance)
                .map(attribute -> CssText.lower(((Condition.Attribute) attribute).name()))
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

    /** A name as CSS compares it: ASCII letters in lower case. */
    public static String lower(String name) {
        return CssText.lower(name);
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
}
