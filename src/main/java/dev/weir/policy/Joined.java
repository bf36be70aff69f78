package dev.weir.policy;

import dev.weir.kernel.CanonicalJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Two different documents made one that is as strict as both, in an order of its own. What can't be said is refused. */
final class Joined {

    private final Json one;
    private final Json other;
    private final List<PolicyError> errors = new ArrayList<>();

    Joined(PolicyDocument one, PolicyDocument other) {
        this.one = new Json(one.complete());
        this.other = new Json(other.complete());
    }

    PolicyDocument.Parsed parsed() {
        var json = new LinkedHashMap<String, Object>();
        json.put("version", 1L);
        json.put("capture", capture());
        json.put("consent", Map.of("required", either("consent.required"), "honourGpc", either("consent.honourGpc")));
        json.put("pages", union("pages"));
        json.put("events", union("events"));
        json.put("origins", origins());
        json.put("urls", urls());
        json.put("elements", elements());
        json.put("text", JoinedTexts.of(one.at("text").items(), other.at("text").items()));
        json.put(
                "properties",
                JoinedProperties.of(
                        one.at("properties").items(), other.at("properties").items()));
        json.put(PolicyDocument.SCHEMAS, schemas(new Json(json.get("properties")).items()));
        json.put("identity", identity());
        json.put("retention", Map.of("events", least("retention.events"), "quarantine", least("retention.quarantine")));
        return errors.isEmpty() ? PolicyDocument.parse(json) : new PolicyDocument.Parsed.Invalid(errors);
    }

    private Map<String, Object> capture() {
        var capture = new LinkedHashMap<String, Object>();
        for (var type : List.of("pageview", "click", "change", "submit")) {
            capture.put(
                    type,
                    one.at("capture." + type).on()
                            && other.at("capture." + type).on());
        }
        capture.put("text", furthest("capture.text", "keep", "mask", "drop"));
        capture.put("maxText", least("capture.maxText"));
        return capture;
    }

    private Map<String, Object> urls() {
        return Map.of(
                "parameters",
                parameters(),
                "fragment",
                furthest("urls.fragment", "keep", "drop"),
                "identifiers",
                furthest("urls.identifiers", "keep", "mask"),
                "paths",
                union("urls.paths"));
    }

    /** A block-list looks at parts of a name that an allow-list doesn't see: where there are both, no parameter stays. */
    private Map<String, Object> parameters() {
        var names = List.of(
                one.at("urls.parameters.names").texts(),
                other.at("urls.parameters.names").texts());
        boolean allows = one.at("urls.parameters.mode").text().equals("allow");
        boolean otherAllows = other.at("urls.parameters.mode").text().equals("allow");
        if (!allows && !otherAllows) {
            return Map.of("mode", "block", "names", union("urls.parameters.names"));
        }
        if (allows && otherAllows) {
            return Map.of("mode", "allow", "names", shared(names.get(0), names.get(1)));
        }
        var allowed = names.get(allows ? 0 : 1);
        boolean blocks = !names.get(allows ? 1 : 0).isEmpty();
        return Map.of("mode", "allow", "names", blocks ? List.of() : shared(allowed, allowed));
    }

    /** What both lists name, and nothing twice: of a prefix and a name it covers, the name. */
    private static List<String> shared(List<String> names, List<String> others) {
        var both = new TreeSet<String>();
        for (var name : names) {
            for (var another : others) {
                if (covers(name, another)) {
                    both.add(another);
                } else if (covers(another, name)) {
                    both.add(name);
                }
            }
        }
        return both.stream()
                .filter(name -> both.stream().noneMatch(wider -> !wider.equals(name) && covers(wider, name)))
                .toList();
    }

    private static boolean covers(String wide, String narrow) {
        return wide.equals(narrow) || (wide.endsWith("*") && narrow.startsWith(wide.substring(0, wide.length() - 1)));
    }

    private List<String> origins() {
        var mine = one.at("origins").texts();
        var theirs = other.at("origins").texts();
        if (mine.isEmpty() || theirs.isEmpty()) {
            return union("origins");
        }
        var both = new TreeSet<>(mine);
        both.retainAll(theirs);
        if (both.isEmpty()) {
            errors.add(new PolicyError("/origins", -1, "no origin is inside both fences"));
        }
        return List.copyOf(both);
    }

    private List<Object> elements() {
        var attributes = new LinkedHashMap<List<String>, TreeSet<String>>();
        Stream.concat(one.at("elements").items().stream(), other.at("elements").items().stream())
                .sorted(Comparator.comparing((Json rule) -> rule.get("selector").text())
                        .thenComparing(rule -> rule.get("action").text()))
                .forEach(rule -> attributes
                        .computeIfAbsent(
                                List.of(
                                        rule.get("selector").text(),
                                        rule.get("action").text()),
                                subject -> new TreeSet<>())
                        .addAll(rule.has("attributes") ? rule.get("attributes").texts() : List.of()));
        var rules = new ArrayList<Object>();
        attributes.forEach((subject, names) -> rules.add(
                names.isEmpty()
                        ? Map.of("selector", subject.get(0), "action", subject.get(1))
                        : Map.of(
                                "selector",
                                subject.get(0),
                                "action",
                                subject.get(1),
                                "attributes",
                                List.copyOf(names))));
        return rules;
    }

    /** What the rules of both take of a property, or change, can't be expected any more: then neither is said by leaving it out. */
    private List<Object> schemas(List<Json> properties) {
        var all = new TreeMap<String, Object>();
        for (var document : List.of(one, other)) {
            var own = document.at("properties").items();
            for (var rule : document.at(PolicyDocument.SCHEMAS).items()) {
                var property = rule.get("property").text();
                if (!Handling.of(own, property).equals(Handling.of(properties, property))) {
                    errors.add(new PolicyError(
                            "/" + PolicyDocument.SCHEMAS,
                            -1,
                            "a property is expected that the other's rules take or change"));
                }
                all.put(CanonicalJson.write(rule.value()), Objects.requireNonNull(rule.value()));
            }
        }
        return List.copyOf(all.values());
    }

    private Map<String, Object> identity() {
        var form = one.at("identity.form").text();
        var otherForm = other.at("identity.form").text();
        if (!form.equals("any") && !otherForm.equals("any") && !form.equals(otherForm)) {
            errors.add(new PolicyError("/identity/form", -1, "no identity has both forms"));
        }
        return Map.of(
                "refused",
                union("identity.refused"),
                "form",
                form.equals("any") ? otherForm : form,
                "contact",
                furthest("identity.contact", "allow", "refuse"),
                "perDevice",
                least("identity.perDevice"));
    }

    private List<String> union(String path) {
        var all = new TreeSet<>(one.at(path).texts());
        all.addAll(other.at(path).texts());
        return List.copyOf(all);
    }

    private boolean either(String path) {
        return one.at(path).on() || other.at(path).on();
    }

    private long least(String path) {
        return Math.min(one.at(path).number(), other.at(path).number());
    }

    private String furthest(String path, String... order) {
        var words = List.of(order);
        int place = Math.max(
                words.indexOf(one.at(path).text()), words.indexOf(other.at(path).text()));
        return words.get(place);
    }
}
