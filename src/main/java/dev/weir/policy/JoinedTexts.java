package dev.weir.policy;

import dev.weir.kernel.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The text rules of two documents. Rules run one after the other and each sees what those before it left, so two different lists have
 * no common order: then whatever any of them finds takes the whole field with it.
 */
final class JoinedTexts {

    private static final List<String> ACTIONS = List.of("mask", "drop", "quarantine");

    private JoinedTexts() {}

    static List<Object> of(List<Json> one, List<Json> other) {
        var mine = inOrder(one);
        var theirs = inOrder(other);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return plain(mine.isEmpty() ? theirs : mine);
        }
        if (mine.stream()
                .map(JoinedTexts::subject)
                .toList()
                .equals(theirs.stream().map(JoinedTexts::subject).toList())) {
            var rules = new ArrayList<Object>();
            for (int i = 0; i < mine.size(); i++) {
                rules.add(with(mine.get(i), further(action(mine.get(i)), action(theirs.get(i)))));
            }
            return rules;
        }
        return union(mine, theirs);
    }

    private static List<Object> union(List<Json> mine, List<Json> theirs) {
        var detectors = new TreeMap<Integer, Map<String, Object>>();
        var patterns = new TreeMap<String, Map<String, Object>>();
        for (var list : List.of(mine, theirs)) {
            for (var rule : list) {
                if (rule.has("pattern")) {
                    patterns.merge(rule.get("pattern").text(), labelled(rule), JoinedTexts::merged);
                } else {
                    detectors.merge(place(rule), with(rule, further("drop", action(rule))), JoinedTexts::merged);
                }
            }
        }
        var rules = new ArrayList<Object>(detectors.values());
        rules.addAll(patterns.values());
        return rules;
    }

    /** A label of its own making: two documents may use one label for two patterns. */
    private static Map<String, Object> labelled(Json rule) {
        var pattern = rule.get("pattern").text();
        return Map.of(
                "pattern",
                pattern,
                "label",
                "p-" + CanonicalJson.sha256(pattern).substring(0, 12),
                "action",
                further("drop", action(rule)));
    }

    private static Map<String, Object> merged(Map<String, Object> one, Map<String, Object> other) {
        var rule = new TreeMap<>(one);
        rule.put("action", further(String.valueOf(one.get("action")), String.valueOf(other.get("action"))));
        if (one.containsKey("regions")) {
            var regions = new TreeSet<>(new Json(one).get("regions").texts());
            regions.addAll(new Json(other).get("regions").texts());
            rule.put("regions", List.copyOf(regions));
        }
        return rule;
    }

    private static String further(String one, String other) {
        return ACTIONS.get(Math.max(ACTIONS.indexOf(one), ACTIONS.indexOf(other)));
    }

    private static String action(Json rule) {
        return rule.get("action").text();
    }

    /** As they run: detectors in their fixed order, then the patterns. */
    private static List<Json> inOrder(List<Json> rules) {
        return rules.stream()
                .sorted(java.util.Comparator.comparing(JoinedTexts::place))
                .toList();
    }

    private static int place(Json rule) {
        return rule.has("pattern")
                ? Strictness.PASSES.size()
                : Strictness.PASSES.indexOf(rule.get("detector").text());
    }

    private static Map<String, Object> subject(Json rule) {
        return with(rule, "");
    }

    private static Map<String, Object> with(Json rule, String action) {
        var copy = new TreeMap<String, Object>();
        for (var key : List.of("detector", "pattern", "label")) {
            if (rule.has(key)) {
                copy.put(key, rule.get(key).text());
            }
        }
        if (rule.has("regions")) {
            copy.put("regions", List.copyOf(new TreeSet<>(rule.get("regions").texts())));
        }
        copy.put("action", action);
        return copy;
    }

    private static List<Object> plain(List<Json> rules) {
        return rules.stream().<Object>map(rule -> with(rule, action(rule))).toList();
    }
}
