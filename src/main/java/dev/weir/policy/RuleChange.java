package dev.weir.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two policies, at the grain of a rule.
 *
 * @param path of the document, dotted: a setting, or the list that the rule is in
 * @param from place of the rule in the old list; -1 where there was none, or for a setting
 * @param to place of the rule in the new list, likewise
 * @param before the old value, absent for a rule that was added
 * @param after the new value, absent for a rule that was removed
 * @param why what the direction rests on, for people
 */
public record RuleChange(
        String path,
        int from,
        int to,
        @Nullable Object before,
        @Nullable Object after,
        Direction direction,
        String why) {

    /** Whether it is a value that changes, not a rule of a list. */
    public boolean setting() {
        return from < 0 && to < 0;
    }

    /** What a rule of a list is about: of two that are about the same thing one takes the other's place. */
    public static String about(Object rule) {
        if (!(rule instanceof Map<?, ?> map)) {
            return String.valueOf(rule);
        }
        if (map.get("event") != null) {
            return "schema " + part(map.get("event")) + " / " + part(map.get("property"));
        }
        for (String key : List.of("selector", "detector", "pattern", "name")) {
            if (map.get(key) != null) {
                return key + " " + map.get(key);
            }
        }
        return map.toString();
    }

    /** No two pairs of names give the same text. */
    private static String part(@Nullable Object name) {
        return String.valueOf(name).replace("/", "//");
    }
}
