package dev.weir.policy;

import dev.weir.event.Element;
import dev.weir.event.Hierarchy;
import dev.weir.event.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an element is: protected, ignored, redacted; and what of a recorded hierarchy may stay. */
final class ElementRules {

    private static final Set<String> KEPT_ATTRIBUTES = Set.of("type", "role", "name", "data-testid", "autocomplete");
    private static final int MAX_NODES = 50;
    private static final int MAX_NAME = 100;
    private static final int MAX_CLASSES = 20;
    private static final Map<String, Integer> TOKEN_ORDER = new HashMap<>();

    static {
        PageTokens.IGNORE.forEach(token -> TOKEN_ORDER.put(token, TOKEN_ORDER.size()));
    }

    private final List<Rule> ignore = new ArrayList<>();
    private final List<Rule> maskText = new ArrayList<>();
    private final List<Rule> dropAttributes = new ArrayList<>();

    private record Rule(Selector selector, String name, Set<String> attributes) {}

    ElementRules(List<Json> rules) {
        for (var rule : rules) {
            var text = rule.get("selector").text();
            var selector = Selector.parse(text).match(parsed -> parsed, refused -> {
                throw new IllegalStateException("a valid document has valid selectors");
            });
            var compiled = new Rule(
                    selector,
                    "elements." + text,
                    rule.has("attributes") ? Set.copyOf(rule.get("attributes").texts()) : Set.of());
            switch (rule.get("action").text()) {
                case "ignore" -> ignore.add(compiled);
                case "maskText" -> maskText.add(compiled);
                default -> dropAttributes.add(compiled);
            }
        }
    }

    /** The floor: fields that nobody may capture, whatever the policy says. */
    static boolean isProtected(Hierarchy hierarchy) {
        if (hierarchy.isEmpty()) {
            return false;
        }
        var attributes = hierarchy.elements().get(0).attributes();
        return Expressions.SECRET_TYPE
                        .matcher(attributes.getOrDefault("type", ""))
                        .find()
                || Expressions.SECRET_FIELD
                        .matcher(attributes.getOrDefault("autocomplete", ""))
                        .find();
    }

    /** The token or rule because of which the whole event is not to be captured. */
    Optional<String> ignoring(Hierarchy hierarchy) {
        for (var element : hierarchy.elements()) {
            var token = token(element);
            if (token != null) {
                return Optional.of("tokens." + token);
            }
        }
        return first(ignore, hierarchy);
    }

    /** The token or rule because of which the text is not to be shown. */
    Optional<String> redacting(Hierarchy hierarchy) {
        for (var element : hierarchy.elements()) {
            if (carries(element, PageTokens.REDACT_TEXT)) {
                return Optional.of("tokens." + PageTokens.REDACT_TEXT);
            }
        }
        return first(maskText, hierarchy);
    }

    private static Optional<String> first(List<Rule> rules, Hierarchy hierarchy) {
        if (hierarchy.isEmpty()) {
            return Optional.empty();
        }
        for (var rule : rules) {
            if (!rule.selector.matched(hierarchy).isEmpty()) {
                return Optional.of(rule.name);
            }
        }
        return Optional.empty();
    }

    private static @Nullable String token(Element element) {
        int first = Integer.MAX_VALUE;
        for (var name : element.classes()) {
            first = Math.min(first, TOKEN_ORDER.getOrDefault(name, Integer.MAX_VALUE));
        }
        for (var name : element.attributes().keySet()) {
            int order = TOKEN_ORDER.getOrDefault(name, Integer.MAX_VALUE);
            if (order < first && carries(element, name)) {
                first = order;
            }
        }
        return first == Integer.MAX_VALUE ? null : PageTokens.IGNORE.get(first);
    }

    private static boolean carries(Element element, String token) {
        var value = element.attributes().get(token);
        if (value == null) {
            return element.classes().contains(token);
        }
        return switch (Wording.lower(value)) {
            case "false", "unmask", "allow" -> element.classes().contains(token);
            default -> true;
        };
    }

    /** The hierarchy as it may be kept, and the rule that takes the link's address with it, if there is one. */
    Redaction redact(Hierarchy hierarchy, Texts texts, Findings findings) {
        return hierarchy.isEmpty()
                ? new Redaction(hierarchy, null)
                : new Recording(hierarchy, texts, findings).redacted();
    }

    record Redaction(Hierarchy hierarchy, @Nullable String address) {}

    /** One hierarchy on its way through the rules; rules always look at it as it came in. */
    private final class Recording {

        private final List<Element> elements;
        private final Texts texts;
        private final Findings findings;
        private final Map<String, Integer> withheld;
        private final Map<Rule, BitSet> matched = new LinkedHashMap<>();

        Recording(Hierarchy hierarchy, Texts texts, Findings findings) {
            this.elements = hierarchy.elements();
            this.texts = texts;
            this.findings = findings;
            this.withheld = heldBack(elements);
            for (var rule : dropAttributes) {
                matched.put(rule, rule.selector.matched(hierarchy));
            }
        }

        Redaction redacted() {
            var kept = new ArrayList<Element>();
            for (int i = 0; i < Math.min(elements.size(), MAX_NODES); i++) {
                kept.add(element(i));
            }
            return new Redaction(new Hierarchy(kept), address());
        }

        private @Nullable String address() {
            if (withheld.containsKey("href") || withheld.containsKey("action")) {
                return "tokens." + PageTokens.REDACT_ATTRIBUTES;
            }
            for (var entry : matched.entrySet()) {
                var names = entry.getKey().attributes;
                if ((names.contains("href") || names.contains("action"))
                        && !entry.getValue().isEmpty()) {
                    return entry.getKey().name;
                }
            }
            return null;
        }

        private Element element(int index) {
            var element = elements.get(index);
            var tag = texts.scrub(element.tag(), null, "path.tag", MAX_NAME, findings);
            return new Element(
                    tag == null ? "" : tag,
                    id(element.id(), index),
                    classes(element.classes(), index),
                    attributes(element.attributes(), index),
                    element.nthChild(),
                    element.nthOfType(),
                    element.host(),
                    element.foreign());
        }

        private @Nullable String id(@Nullable String id, int index) {
            if (id == null || id.isEmpty()) {
                return null;
            }
            var rule = withheld(index, "id");
            if (rule != null) {
                findings.add(Reason.ATTRIBUTE_DROPPED, "path.id", rule);
                return null;
            }
            var kept = texts.scrub(id, null, "path.id", MAX_NAME, findings);
            return kept == null || kept.isEmpty() ? null : kept;
        }

        private List<String> classes(List<String> classes, int index) {
            if (classes.isEmpty()) {
                return classes;
            }
            var rule = withheld(index, "class");
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

        private Map<String, String> attributes(Map<String, String> attributes, int index) {
            if (attributes.isEmpty()) {
                return attributes;
            }
            var kept = new LinkedHashMap<String, String>();
            var names = attributes.keySet().toArray(String[]::new);
            Arrays.sort(names);
            for (var name : names) {
                var rule = withheld(index, name);
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

        private @Nullable String withheld(int index, String name) {
            if (withheld.getOrDefault(name, -1) >= index) {
                return "tokens." + PageTokens.REDACT_ATTRIBUTES;
            }
            for (var entry : matched.entrySet()) {
                if (entry.getValue().get(index) && entry.getKey().attributes.contains(name)) {
                    return entry.getKey().name;
                }
            }
            return null;
        }
    }

    /** The names that nodes ask to withhold, each with the outermost node that does: it counts there and below. */
    private static Map<String, Integer> heldBack(List<Element> elements) {
        var outermost = new HashMap<String, Integer>();
        for (int i = 0; i < elements.size(); i++) {
            var list = elements.get(i).attributes().get(PageTokens.REDACT_ATTRIBUTES);
            if (list != null) {
                for (var name : list.split(",", -1)) {
                    outermost.put(Wording.lower(Wording.trim(name)), i);
                }
            }
        }
        return outermost;
    }
}
