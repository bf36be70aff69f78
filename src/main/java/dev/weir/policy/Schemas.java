package dev.weir.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of custom events: properties, and their types. The server's alone, which can set an event aside. Looks at what was sent
 * and at what the rules have left of it; a finding names the policy's own names only.
 */
final class Schemas {

    static final String ANY = "any";
    static final List<String> TYPES = List.of(ANY, "string", "number", "boolean");

    /** Of one event: whoever sends one without anything need not be told five hundred times. */
    private static final int MOST_FINDINGS = 20;

    private final Map<String, List<Expected>> byEvent = new HashMap<>();

    Schemas(List<Json> rules, List<Json> properties) {
        for (var rule : rules) {
            var event = rule.get("event").text();
            var property = rule.get("property").text();
            var handling = Handling.of(properties, property);
            if (!handling.dropped()) {
                byEvent.computeIfAbsent(event, name -> new ArrayList<>())
                        .add(new Expected(
                                property,
                                rule.get("type").text(),
                                rule.get("required").on(),
                                handling,
                                PolicyDocument.SCHEMAS + "." + event + "." + property));
            }
        }
    }

    /** {@code event}: its name as it is compared. */
    void look(String event, Map<String, @Nullable Object> sent, Map<String, @Nullable Object> left, Findings findings) {
        var all = byEvent.get(event);
        if (all == null) {
            return;
        }
        var names = names(sent);
        int told = 0;
        for (int i = 0; i < all.size() && told < MOST_FINDINGS; i++) {
            var expected = all.get(i);
            var broken = expected.broken(names, sent, left);
            if (broken != null) {
                findings.add(broken, "properties." + expected.property, expected.rule);
                told++;
            }
        }
    }

    /** The names of what was sent, by how they are compared. */
    private static Map<String, List<String>> names(Map<String, @Nullable Object> sent) {
        var names = new HashMap<String, List<String>>();
        sent.forEach((name, value) -> {
            if (value != null) {
                names.computeIfAbsent(Wording.lower(name), lower -> new ArrayList<>(1))
                        .add(name);
            }
        });
        return names;
    }

    private record Expected(String property, String type, boolean required, Handling handling, String rule) {

        /** What is wrong, if something is. */
        @Nullable
        Reason broken(
                Map<String, List<String>> names,
                Map<String, @Nullable Object> sent,
                Map<String, @Nullable Object> left) {
            boolean renamed = !handling.renamed().isEmpty();
            var own = names.getOrDefault(property, List.of());
            var other = renamed ? names.getOrDefault(Wording.lower(handling.renamed()), List.of()) : List.<String>of();
            if (required && own.isEmpty() && other.isEmpty()) {
                return Reason.SCHEMA_MISSING;
            }
            for (var name : own) {
                var broken = broken(sent.get(name), left.get(renamed ? handling.renamed() : name));
                if (broken != null) {
                    return broken;
                }
            }
            for (var name : other) {
                var broken = broken(sent.get(name), left.get(name));
                if (broken != null) {
                    return broken;
                }
            }
            return null;
        }

        private @Nullable Reason broken(@Nullable Object sent, @Nullable Object left) {
            if (left == null) {
                return Reason.SCHEMA_MISSING;
            }
            return isOfType(sent) && isOfType(left) ? null : Reason.SCHEMA_TYPE;
        }

        /** What the rules make a text of may have been anything; a list is kept as one text. */
        private boolean isOfType(@Nullable Object value) {
            return handling.changed()
                    || switch (type) {
                        case "string" -> value instanceof String || value instanceof Collection;
                        case "number" -> value instanceof Number;
                        case "boolean" -> value instanceof Boolean;
                        default -> true;
                    };
        }
    }
}
