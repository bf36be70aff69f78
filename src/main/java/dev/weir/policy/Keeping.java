package dev.weir.policy;

import dev.weir.event.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes of a recorded element what may be kept of it. Knows the rules for texts; which attributes are withheld it asks. */
final class Keeping {

    private static final Set<String> KEPT_ATTRIBUTES = Set.of("type", "role", "name", "data-testid", "autocomplete");
    private static final int MAX_NAME = 100;
    private static final int MAX_CLASSES = 20;

    private final Texts texts;
    private final Findings findings;

    Keeping(Texts texts, Findings findings) {
        this.texts = texts;
        this.findings = findings;
    }

    /** {@code withheld} answers the rule that takes an attribute away, or null. */
    Element element(Element element, Function<String, @Nullable String> withheld) {
        var tag = texts.scrub(element.tag(), null, "path.tag", MAX_NAME, findings);
        return new Element(
                tag == null ? "" : tag,
                id(element.id(), withheld),
                classes(element.classes(), withheld),
                attributes(element.attributes(), withheld),
                element.nthChild(),
                element.nthOfType(),
                element.host(),
                element.foreign());
    }

    private @Nullable String id(@Nullable String id, Function<String, @Nullable String> withheld) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        var rule = withheld.apply("id");
        if (rule != null) {
            findings.add(Reason.ATTRIBUTE_DROPPED, "path.id", rule);
            return null;
        }
        var kept = texts.scrub(id, null, "path.id", MAX_NAME, findings);
        return kept == null || kept.isEmpty() ? null : kept;
    }

    private List<String> classes(List<String> classes, Function<String, @Nullable String> withheld) {
        if (classes.isEmpty()) {
            return classes;
        }
        var rule = withheld.apply("class");
        if (rule != null) {
            findings.add(Reason.ATTRIBUTE_DROPPED, "path.class", rule);
            return List.of();
        }
        var kept = new ArrayList<String>();
        for (var name : classes.subList(0, Math.min(classes.size(), MAX_CLASSES))) {
            if (!name.isEmpty() && name.equals(texts.scrub(name, null, "path.class", MAX_NAME, findings))) {
                kept.add(name);
            }
        }
        return kept;
    }

    private Map<String, String> attributes(
            Map<String, String> attributes, Function<String, @Nullable String> withheld) {
        if (attributes.isEmpty()) {
            return attributes;
        }
        var kept = new LinkedHashMap<String, String>();
        var names = attributes.keySet().toArray(String[]::new);
        Arrays.sort(names);
        for (var name : names) {
            var rule = withheld.apply(name);
            if (rule == null && !KEPT_ATTRIBUTES.contains(name)) {
                rule = "floor.attributes";
            }
            if (rule != null) {
                findings.add(Reason.ATTRIBUTE_DROPPED, "path.attribute", rule);
                continue;
            }
            var value = texts.scrub(attributes.getOrDefault(name, ""), name, "path.attribute", MAX_NAME, findings);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return kept;
    }
}
