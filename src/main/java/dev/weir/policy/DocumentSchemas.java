package dev.weir.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what a document expects of custom events: which properties, and of which type. */
final class DocumentSchemas {

    static final int MOST = 500;

    private static final int LONGEST_EVENT = 1024;
    private static final int LONGEST_PROPERTY = 255;

    private final DocumentValues values;

    DocumentSchemas(DocumentValues values) {
        this.values = values;
    }

    /** {@code properties}: the rules for properties, as far as they could be read. */
    List<Object> read(List<?> given, List<Object> properties) {
        var complete = new LinkedHashSet<Object>();
        for (int i = 0; i < given.size(); i++) {
            var at = "/" + PolicyDocument.SCHEMAS + "/" + i;
            var rule = values.object(given.get(i), at, Set.of("event", "property", "type", "required"));
            if (rule == null) {
                continue;
            }
            complete.add(expected(rule, at, properties));
        }
        return Collections.unmodifiableList(new ArrayList<>(complete));
    }

    private Map<String, Object> expected(Map<?, ?> rule, String at, List<Object> properties) {
        var event = name(rule, at, "event", LONGEST_EVENT);
        var property = name(rule, at, "property", LONGEST_PROPERTY);
        if (property.indexOf('*') >= 0) {
            values.error(at + "/property", property.indexOf('*'), "one property is expected, by its whole name");
        }
        if (values.errors().isEmpty() && isNewName(property, properties)) {
            values.error(at + "/property", "a rule gives this name to another property: expect that one");
        }
        var type = values.choice(rule, at, "type", Schemas.TYPES);
        boolean required = values.flag(rule, at, "required", false);
        if (type.equals(Schemas.ANY) && !required) {
            values.error(at + "/type", "nothing is expected: say a type, or that it is required");
        }
        return Map.of("event", event, "property", property, "type", type, "required", required);
    }

    private String name(Map<?, ?> rule, String at, String key, int most) {
        var written = values.string(rule, at, key, most);
        var pointer = at + "/" + key;
        var name = written == null ? null : values.kept(DocumentForms.folded(written, pointer), pointer, most);
        return name == null ? "" : name;
    }

    /** What arrives under it in a page is there only because the rule was applied: it says nothing about what was sent. */
    private static boolean isNewName(String property, List<Object> properties) {
        return properties.stream()
                .map(Json::new)
                .anyMatch(rule -> rule.has("to")
                        && rule.get("to").text().toLowerCase(Locale.ROOT).equals(property));
    }
}
