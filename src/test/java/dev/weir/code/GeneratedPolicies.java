package dev.weir.code;

import dev.weir.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Valid policies with everything that a policy can say, and with texts that YAML would rather read otherwise. */
final class GeneratedPolicies {

    /** What a careless writer of YAML spoils. */
    private static final List<String> HARD = List.of(
            "yes",
            "No",
            "on",
            "null",
            "~",
            "true",
            "012",
            "1e3",
            "1:30",
            "- a",
            "a: b",
            "a #b",
            "#x",
            "&a",
            "*",
            "!t",
            "%a",
            "@x",
            "`x",
            "{x}",
            "[x]",
            "'",
            "\"",
            "\\",
            "|",
            ">",
            "?",
            "<<",
            "=",
            " lead",
            "é",
            "日本",
            "😀",
            "a\u00a0b",
            "x\u2028y",
            "\ufeffx",
            "...",
            "---",
            "0x1f",
            ".nan",
            "2026-11-27",
            "x'y\"z");

    private final Random random;

    GeneratedPolicies(long seed) {
        this.random = new Random(seed);
    }

    PolicyDocument next() {
        var json = json();
        return PolicyDocument.parse(json).match(valid -> valid, errors -> {
            throw new AssertionError(json + " " + errors);
        });
    }

    /** As somebody might write it: many parts are left out. */
    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("version", 1L);
        maybe(
                json,
                "capture",
                Map.of("click", yes(), "text", one("keep", "mask", "drop"), "maxText", 1L + below(1024)));
        maybe(json, "origins", List.of("https://shop.example", "http://localhost:8" + below(1000)));
        maybe(json, "consent", Map.of("required", yes(), "honourGpc", yes()));
        maybe(json, "pages", some("/admin/*", "*secret*", "/a b", "/ü/{x}", "*", "/true"));
        maybe(json, "events", hard());
        maybe(json, "urls", urls());
        maybe(json, "elements", elements());
        maybe(json, "text", texts());
        maybe(json, "properties", properties());
        maybe(json, "schemas", schemas());
        maybe(
                json,
                "identity",
                Map.of("refused", hard(), "form", one("any", "number", "uuid"), "perDevice", 1L + below(1000)));
        maybe(json, "retention", Map.of("events", 1L + below(3650), "quarantine", 1L + below(3650)));
        return json;
    }

    private Map<String, Object> urls() {
        var urls = new TreeMap<String, Object>();
        maybe(
                urls,
                "parameters",
                Map.of("mode", one("block", "allow"), "names", some("token", "no", "utm_*", "null", "user id", "q#")));
        maybe(urls, "fragment", one("drop", "keep"));
        maybe(urls, "identifiers", one("mask", "keep"));
        maybe(urls, "paths", some("/account/{id}", "/{shop}/orders/{order}", "/a: b/{c}"));
        return urls;
    }

    private List<Object> elements() {
        var rules = new ArrayList<Object>();
        for (var selector :
                some("#cart > a[href^=\"https:\"]", ".price", "[data-x='yes: no']", "div:not(.a) b", "a, b")) {
            rules.add(
                    yes()
                            ? Map.of("selector", selector, "action", one("ignore", "maskText"))
                            : Map.of(
                                    "selector",
                                    selector,
                                    "action",
                                    "dropAttributes",
                                    "attributes",
                                    List.of("href", "on")));
        }
        return rules;
    }

    private List<Object> texts() {
        var rules = new ArrayList<Object>();
        some("email", "card", "phone", "jwt")
                .forEach(name -> rules.add(Map.of("detector", name, "action", one("mask", "drop", "quarantine"))));
        if (yes()) {
            rules.add(Map.of("detector", "phone-national", "regions", List.of("DE", "NO"), "action", "mask"));
        }
        some("order [0-9]{4}", "\"[a-z]\": \\d", "# \\[x\\]")
                .forEach(pattern -> rules.add(
                        Map.of("pattern", pattern, "label", "own-" + rules.size(), "action", one("mask", "drop"))));
        return rules;
    }

    private List<Object> properties() {
        var rules = new ArrayList<Object>();
        for (var name : some("plan", "off", "card*", "a: b", "0", "ü")) {
            rules.add(
                    switch (below(3)) {
                        case 0 -> Map.of("name", name, "action", one("drop", "mask", "hash"));
                        case 1 -> Map.of("name", name, "action", "truncate", "length", 1L + below(1023));
                        default ->
                            name.endsWith("*")
                                    ? Map.of("name", name, "action", "drop")
                                    : Map.of("name", name, "action", "rename", "to", "renamed_x" + rules.size());
                    });
        }
        return rules;
    }

    private List<Object> schemas() {
        var rules = new ArrayList<Object>();
        for (var event : hard()) {
            rules.add(
                    yes()
                            ? Map.of("event", event, "property", "no", "required", true)
                            : Map.of(
                                    "event",
                                    event,
                                    "property",
                                    "~ " + rules.size(),
                                    "type",
                                    one("string", "number", "boolean"),
                                    "required",
                                    yes()));
        }
        return rules;
    }

    private List<String> hard() {
        var chosen = new ArrayList<String>();
        HARD.stream().filter(text -> below(4) == 0).forEach(chosen::add);
        return chosen;
    }

    private List<String> some(String... all) {
        return List.of(all).stream().filter(text -> yes()).toList();
    }

    private void maybe(Map<String, Object> map, String key, Object value) {
        if (below(4) > 0) {
            map.put(key, value);
        }
    }

    private boolean yes() {
        return random.nextBoolean();
    }

    private String one(String... all) {
        return all[below(all.length)];
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
