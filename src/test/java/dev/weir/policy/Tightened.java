package dev.weir.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A policy with one protection more, of every kind. */
final class Tightened {

    private final Random random;

    /** Drawn by itself, so that the rest is what it was before there were schemas. */
    private final Random schemas;

    Tightened(long seed) {
        this.random = new Random(seed);
        this.schemas = new Random(seed + 1);
    }

    Map<String, @Nullable Object> of(Map<String, @Nullable Object> policy) {
        var out = new LinkedHashMap<>(policy);
        if (schemas.nextInt(8) == 0) {
            out.put(
                    PolicyDocument.SCHEMAS,
                    List.of(
                            Map.of("event", "order", "property", "plan", "required", true),
                            Map.of("event", "paid", "property", "q", "type", "string")));
            return out;
        }
        switch (random.nextInt(12)) {
            case 0 ->
                out.put(
                        "capture",
                        Map.of("text", pick("mask", "drop"), "maxText", 1024L, pick("click", "submit"), false));
            case 1 -> out.put("consent", Map.of("required", true, "honourGpc", true));
            case 2 -> out.put("pages", more(policy, "pages", pick("/p*", "*", "*/a", "/account*")));
            case 3 -> out.put("events", more(policy, "events", "jane"));
            case 4 ->
                out.put(
                        "elements",
                        more(
                                policy,
                                "elements",
                                Map.of("selector", pick("a", "li", ".row"), "action", pick("ignore", "maskText"))));
            case 5 ->
                out.put(
                        "elements",
                        more(
                                policy,
                                "elements",
                                Map.of(
                                        "selector",
                                        "*",
                                        "action",
                                        "dropAttributes",
                                        "attributes",
                                        List.of(pick("id", "class", "href", "name")))));
            case 6 ->
                out.put(
                        "text",
                        more(
                                policy,
                                "text",
                                Map.of(
                                        "pattern",
                                        "order-\\d",
                                        "label",
                                        "seen",
                                        "action",
                                        pick("mask", "drop", "quarantine"))));
            case 7 ->
                out.put(
                        "properties",
                        more(
                                policy,
                                "properties",
                                Map.of("name", pick("note", "p*", "x"), "action", pick("drop", "mask"))));
            case 8 -> out.put("identity", Map.of("form", "number", "contact", "refuse"));
            case 9 -> out.put("urls", urls(policy, "fragment", "drop"));
            case 10 -> out.put("urls", urls(policy, "identifiers", "mask"));
            default -> out.put("urls", urls(policy, "parameters", Map.of("mode", "allow", "names", List.of("utm_*"))));
        }
        return out;
    }

    private static List<Object> more(Map<String, @Nullable Object> policy, String key, Object rule) {
        var out = new ArrayList<Object>();
        if (policy.get(key) instanceof List<?> rules) {
            out.addAll(rules);
        }
        out.add(rule);
        return out;
    }

    private static Map<String, Object> urls(Map<String, @Nullable Object> policy, String key, Object value) {
        var out = new LinkedHashMap<String, Object>();
        if (policy.get("urls") instanceof Map<?, ?> urls) {
            urls.forEach((name, setting) -> out.put((String) name, setting));
        }
        out.put(key, value);
        return out;
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }
}
