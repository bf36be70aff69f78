package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The property rules of two documents. A renamed property overwrites another and a hashed one is read by no text rule: both are weaker
 * than they look as soon as anything else differs, and become a drop and a mask.
 */
final class JoinedProperties {

    private final TreeSet<String> drop = new TreeSet<>();
    private final TreeSet<String> mask = new TreeSet<>();
    private final TreeSet<String> hash = new TreeSet<>();
    private final TreeMap<String, Integer> truncate = new TreeMap<>();

    private JoinedProperties(List<Json> rules) {
        for (var rule : rules) {
            var name = rule.get("name").text();
            switch (rule.get("action").text()) {
                case "drop" -> drop.add(name);
                case "mask" -> mask.add(name);
                case "hash" -> hash.add(name);
                case "truncate" -> truncate.merge(name, rule.get("length").number(), Math::min);
                default -> {
                    drop.add(name);
                    drop.add(rule.get("to").text().toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    static List<Object> of(List<Json> one, List<Json> other) {
        var joined = new JoinedProperties(one);
        joined.with(new JoinedProperties(other));
        return joined.rules();
    }

    private void with(JoinedProperties other) {
        drop.addAll(other.drop);
        mask.addAll(other.mask);
        if (!hash.equals(other.hash)) {
            mask.addAll(hash);
            mask.addAll(other.hash);
            hash.clear();
        }
        other.truncate.forEach((name, length) -> truncate.merge(name, length, Math::min));
    }

    /** The shortest cut first: of several that fit, the first decides. */
    private List<Object> rules() {
        var rules = new ArrayList<Object>();
        drop.forEach(name -> rules.add(Map.of("name", name, "action", "drop")));
        mask.forEach(name -> rules.add(Map.of("name", name, "action", "mask")));
        hash.forEach(name -> rules.add(Map.of("name", name, "action", "hash")));
        truncate.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .forEach(cut ->
                        rules.add(Map.of("name", cut.getKey(), "action", "truncate", "length", (long) cut.getValue())));
        return rules;
    }
}
