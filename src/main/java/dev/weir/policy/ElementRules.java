package dev.weir.policy;

import dev.weir.event.Element;
import dev.weir.event.Hierarchy;
import dev.weir.event.Selector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an element is: protected, ignored, redacted; and what of a recorded hierarchy may stay. */
final class ElementRules {

    private static final int MAX_NODES = 50;
    private static final BitSet NOWHERE = new BitSet(0);
    private static final Map<String, Integer> TOKEN_ORDER = new HashMap<>();

    static {
        PageTokens.IGNORE.forEach(token -> TOKEN_ORDER.put(token, TOKEN_ORDER.size()));
    }

    private final List<Rule> ignore = new ArrayList<>();
    private final List<Rule> maskText = new ArrayList<>();
    private final List<Rule> dropAttributes = new ArrayList<>();

    private final SelectorNeeds needs = new SelectorNeeds();

    /** {@code needs} as bits, for each alternative of the selector. */
    private static final class Rule {

        final Selector selector;
        final String name;
        final Set<String> attributes;
        private final long[] needs;

        Rule(Selector selector, String name, Set<String> attributes, long[] needs) {
            this.selector = selector;
            this.name = name;
            this.attributes = attributes;
            this.needs = needs;
        }

        BitSet matched(LookedAt looked) {
            return perhaps(looked.had) ? selector.matched(looked.hierarchy) : NOWHERE;
        }

        private boolean perhaps(long had) {
            for (long all : needs) {
                if ((had & all) == all) {
                    return true;
                }
            }
            return false;
        }
    }

    ElementRules(List<Json> rules) {
        for (var rule : rules) {
            var text = rule.get("selector").text();
            var selector = Selector.parse(text).match(parsed -> parsed, refused -> {
                throw new IllegalStateException("a valid document has valid selectors");
            });
            var compiled = new Rule(
                    selector,
                    "elements." + text,
                    rule.has("attributes") ? Set.copyOf(rule.get("attributes").texts()) : Set.of(),
                    needs.of(selector));
            switch (rule.get("action").text()) {
                case "ignore" -> ignore.add(compiled);
                case "maskText" -> maskText.add(compiled);
                default -> dropAttributes.add(compiled);
            }
        }
    }

    /** For the events of one batch. */
    LookedAt.Elements elements() {
        return new LookedAt.Elements(needs);
    }

    /** The floor: fields that nobody may capture, whatever the policy says. */
    static boolean isProtected(LookedAt looked) {
        return !looked.isEmpty() && looked.facts.get(0).secret;
    }

    static boolean isSecret(Element element) {
        var type = element.attributes().get("type");
        var autocomplete = element.attributes().get("autocomplete");
        return (type != null && Expressions.SECRET_TYPE.matcher(type).find())
                || (autocomplete != null
                        && Expressions.SECRET_FIELD.matcher(autocomplete).find());
    }

    /** The token or rule because of which the whole event is not to be captured; null when there is none. */
    @Nullable
    String ignoring(LookedAt looked) {
        for (var facts : looked.facts) {
            if (facts.ignoring != null) {
                return "tokens." + facts.ignoring;
            }
        }
        return first(ignore, looked);
    }

    /** The token or rule because of which the text is not to be shown; null when there is none. */
    @Nullable
    String redacting(LookedAt looked) {
        for (var facts : looked.facts) {
            if (facts.redactsText) {
                return "tokens." + PageTokens.REDACT_TEXT;
            }
        }
        return first(maskText, looked);
    }

    private static @Nullable String first(List<Rule> rules, LookedAt looked) {
        if (looked.isEmpty()) {
            return null;
        }
        for (var rule : rules) {
            if (!rule.matched(looked).isEmpty()) {
                return rule.name;
            }
        }
        return null;
    }

    static @Nullable String token(Element element) {
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

    static boolean carries(Element element, String token) {
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
    Redaction redact(LookedAt looked, Texts texts, Findings findings) {
        if (looked.isEmpty()) {
            return new Redaction(looked.hierarchy, null);
        }
        var withheld = new Withheld(looked);
        var kept = new ArrayList<Element>();
        for (int i = 0; i < Math.min(looked.facts.size(), MAX_NODES); i++) {
            kept.add(withheld.element(i, looked.facts.get(i), texts, findings));
        }
        return new Redaction(new Hierarchy(kept), withheld.address());
    }

    record Redaction(Hierarchy hierarchy, @Nullable String address) {}

    /** What is withheld of one hierarchy, by the page and by rules; rules always look at it as it came in. */
    private final class Withheld {

        private final Map<String, Integer> named;
        private final Map<Rule, BitSet> matched;

        Withheld(LookedAt looked) {
            this.named = named(looked.facts);
            this.matched = matched(looked);
        }

        private Map<Rule, BitSet> matched(LookedAt looked) {
            if (dropAttributes.isEmpty()) {
                return Map.of();
            }
            var all = new LinkedHashMap<Rule, BitSet>();
            for (var rule : dropAttributes) {
                var here = rule.matched(looked);
                if (!here.isEmpty()) {
                    all.put(rule, here);
                }
            }
            return all;
        }

        private Element element(int index, LookedAt.Facts facts, Texts texts, Findings findings) {
            boolean nothing = named.isEmpty() && matched.isEmpty();
            return nothing
                    ? facts.kept(texts, findings)
                    : new Keeping(texts, findings).element(facts.element, name -> rule(index, name));
        }

        private @Nullable String address() {
            if (named.containsKey("href") || named.containsKey("action")) {
                return "tokens." + PageTokens.REDACT_ATTRIBUTES;
            }
            for (var rule : matched.keySet()) {
                if (rule.attributes.contains("href") || rule.attributes.contains("action")) {
                    return rule.name;
                }
            }
            return null;
        }

        private @Nullable String rule(int index, String name) {
            if (named.getOrDefault(name, -1) >= index) {
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
    private static Map<String, Integer> named(List<LookedAt.Facts> facts) {
        Map<String, Integer> outermost = Map.of();
        for (int i = 0; i < facts.size(); i++) {
            var list = facts.get(i).withholding;
            if (list != null) {
                outermost = outermost.isEmpty() ? new HashMap<>() : outermost;
                for (var name : list.split(",", -1)) {
                    outermost.put(Wording.lower(Wording.trim(name)), i);
                }
            }
        }
        return outermost;
    }
}
