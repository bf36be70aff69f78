package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where two documents differ, rule by rule. Says nothing about what a difference means. */
final class Comparison {

    /** A difference before anyone has said what it means; the places as in {@link RuleChange}. */
    record Step(
            String path,
            int from,
            int to,
            @Nullable Object before,
            @Nullable Object after) {

        boolean setting() {
            return from < 0 && to < 0;
        }

        Step reversed() {
            return new Step(path, to, from, after, before);
        }
    }

    private final List<Step> steps = new ArrayList<>();

    private Comparison() {}

    static List<Step> steps(PolicyDocument before, PolicyDocument after) {
        var comparison = new Comparison();
        comparison.walk("", before.complete(), after.complete());
        return comparison.steps;
    }

    private void walk(String path, Map<?, ?> before, Map<?, ?> after) {
        var keys = new TreeSet<String>();
        before.keySet().forEach(key -> keys.add((String) key));
        after.keySet().forEach(key -> keys.add((String) key));
        for (String key : keys) {
            compare(path.isEmpty() ? key : path + "." + key, before.get(key), after.get(key));
        }
    }

    private void compare(String path, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now && !turned(path, old, now)) {
            walk(path, old, now);
        } else if (before instanceof List<?> old && after instanceof List<?> now) {
            lists(path, List.copyOf(old), List.copyOf(now));
        } else {
            steps.add(new Step(path, -1, -1, before, after));
        }
    }

    /** From block-list to allow-list or back, the names mean the opposite: they are compared as a whole. */
    private static boolean turned(String path, Map<?, ?> before, Map<?, ?> after) {
        return path.equals("urls.parameters") && !Objects.equals(before.get("mode"), after.get("mode"));
    }

    private void lists(String path, List<Object> before, List<Object> after) {
        var aligned = Alignment.of(before, after);
        var added = new ArrayList<>(aligned.added());
        for (int gone : aligned.gone()) {
            var old = before.get(gone);
            var successor = added.stream()
                    .filter(place -> sameSubject(old, after.get(place)))
                    .findFirst();
            if (successor.isPresent()) {
                added.remove(successor.get());
                steps.add(new Step(path, gone, successor.get(), old, after.get(successor.get())));
            } else {
                steps.add(new Step(path, gone, -1, old, null));
            }
        }
        added.forEach(place -> steps.add(new Step(path, -1, place, null, after.get(place))));
    }

    /** Whether two rules of one list are about the same thing, so that the one replaces the other. */
    private static boolean sameSubject(Object one, Object other) {
        return one instanceof Map<?, ?> == other instanceof Map<?, ?>
                && RuleChange.about(one).equals(RuleChange.about(other));
    }
}
