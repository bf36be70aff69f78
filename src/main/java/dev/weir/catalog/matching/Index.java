package dev.weir.catalog.matching;

import dev.weir.catalog.matching.Token.Space;
import dev.weir.event.Element;
import dev.weir.event.Selector;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Definitions of one type by the tokens they hang on. */
final class Index {

    private static final Field[] FIELDS = {Field.PATH, Field.TEXT, Field.HREF, Field.FORM, Field.EVENT};

    private final Map<Space, Map<String, int[]>> exact = new EnumMap<>(Space.class);
    private final Map<Space, Literals> parts = new EnumMap<>(Space.class);
    private final int[] loose;

    /** @param loose those that hang on nothing, and so are always compared */
    Index(Map<Token, int[]> hung, int[] loose) {
        this.loose = loose;
        hung.forEach((token, rules) ->
                exact.computeIfAbsent(token.space(), space -> new HashMap<>()).put(token.value(), rules));
        for (var field : FIELDS) {
            var texts = exact.remove(Token.part(field));
            if (texts != null) {
                parts.put(Token.part(field), new Literals(texts));
            }
        }
    }

    void candidates(Subject subject, BitSet found) {
        add(loose, found);
        for (var field : FIELDS) {
            var value = subject.value(field, "");
            if (value != null) {
                look(Token.exact(field), value, found);
                var literals = parts.get(Token.part(field));
                if (literals != null) {
                    literals.find(value, found::set);
                }
            }
        }
        properties(subject, found);
        hierarchy(subject, found);
    }

    private void properties(Subject subject, BitSet found) {
        if (!exact.containsKey(Space.PROPERTY) && !exact.containsKey(Space.PROPERTY_NAME)) {
            return;
        }
        for (var name : subject.properties().keySet()) {
            var value = subject.value(Field.PROPERTY, name);
            if (value != null) {
                look(Space.PROPERTY_NAME, name, found);
                look(Space.PROPERTY, Token.property(name, value).value(), found);
            }
        }
    }

    private void hierarchy(Subject subject, BitSet found) {
        var ids = exact.get(Space.ID);
        var classes = exact.get(Space.CLASS);
        var attributes = exact.get(Space.ATTRIBUTE);
        var tags = exact.get(Space.TAG);
        if (ids == null && classes == null && attributes == null && tags == null) {
            return;
        }
        for (Element element : subject.hierarchy().elements()) {
            if (ids != null && element.id() != null) {
                add(ids.get(element.id()), found);
            }
            if (classes != null) {
                for (var name : element.classes()) {
                    add(classes.get(name), found);
                }
            }
            if (attributes != null) {
                for (var name : element.attributes().keySet()) {
                    add(attributes.get(name), found);
                }
            }
            if (tags != null) {
                add(tags.get(Selector.lower(element.tag())), found);
            }
        }
    }

    private void look(Space space, String value, BitSet found) {
        var rules = exact.get(space);
        if (rules != null) {
            add(rules.get(value), found);
        }
    }

    private static void add(int @Nullable [] rules, BitSet found) {
        if (rules != null) {
            for (int rule : rules) {
                found.set(rule);
            }
        }
    }
}
