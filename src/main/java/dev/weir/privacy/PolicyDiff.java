package dev.weir.privacy;

import dev.weir.changelog.Entry;
import dev.weir.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What changes from one policy to another, rule by rule. Says nothing about spelling: a default that is written out is no change. */
public record PolicyDiff(List<Change> changes) {

    public PolicyDiff {
        changes = List.copyOf(changes);
    }

    public static PolicyDiff between(PolicyDocument before, PolicyDocument after) {
        return between(Rules.of(before), Rules.of(after));
    }

    static PolicyDiff between(Rules before, Rules after) {
        var steps = new ArrayList<Step>();
        walk("", before.json(), after.json(), steps);
        var classified = new Effects(before, after);
        return new PolicyDiff(steps.stream().map(classified::change).toList());
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public int size() {
        return changes.size();
    }

    /** Whether every change is proven to tighten, or to change nothing that is kept. */
    public boolean onlyTightens() {
        return changes.stream().noneMatch(Change::mayLoosen);
    }

    public long loosening() {
        return changes.stream().filter(Change::mayLoosen).count();
    }

    public List<Change> of(Section section) {
        return changes.stream().filter(change -> change.section() == section).toList();
    }

    /** The entry of a change log with these changes, rule by rule: of a list, only the rules that went and those that came. */
    public Entry told(Entry entry) {
        var before = new TreeMap<String, Object>();
        var after = new TreeMap<String, Object>();
        for (Change change : changes) {
            boolean setting = change.from() < 0 && change.to() < 0;
            note(before, change.path(), change.before(), setting);
            note(after, change.path(), change.after(), setting);
        }
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            entry = entry.change(path, before.get(path), after.get(path));
        }
        return entry;
    }

    private static void note(Map<String, Object> values, String path, @Nullable Object value, boolean setting) {
        if (value == null) {
            return;
        }
        if (setting) {
            values.put(path, value);
        } else {
            var list = new ArrayList<Object>(values.get(path) instanceof List<?> some ? some : List.of());
            list.add(value);
            values.put(path, list);
        }
    }

    /** The new policy, from the old one. */
    Rules applyTo(Rules before) {
        var byPath = new LinkedHashMap<String, List<Change>>();
        changes.forEach(change ->
                byPath.computeIfAbsent(change.path(), path -> new ArrayList<>()).add(change));
        var rules = before;
        for (var entry : byPath.entrySet()) {
            var first = entry.getValue().get(0);
            boolean setting = first.from() < 0 && first.to() < 0;
            rules = rules.with(
                    entry.getKey(),
                    setting
                            ? Objects.requireNonNull(first.after())
                            : applied(rules.list(entry.getKey()), entry.getValue()));
        }
        return rules;
    }

    private static List<Object> applied(List<Object> before, List<Change> changes) {
        var gone = new TreeSet<Integer>();
        var added = new TreeMap<Integer, Object>();
        for (Change change : changes) {
            if (change.from() >= 0) {
                gone.add(change.from());
            }
            if (change.to() >= 0) {
                added.put(change.to(), Objects.requireNonNull(change.after()));
            }
        }
        var list = new ArrayList<>(before);
        gone.descendingSet().forEach(place -> list.remove((int) place));
        added.forEach(list::add);
        return list;
    }

    /** A difference before anyone has said what it means. */
    record Step(
            String path,
            int from,
            int to,
            @Nullable Object before,
            @Nullable Object after) {}

    private static void walk(String path, Map<?, ?> before, Map<?, ?> after, List<Step> steps) {
        var keys = new TreeSet<String>();
        before.keySet().forEach(key -> keys.add((String) key));
        after.keySet().forEach(key -> keys.add((String) key));
        for (String key : keys) {
            compare(path.isEmpty() ? key : path + "." + key, before.get(key), after.get(key), steps);
        }
    }

    private static void compare(String path, @Nullable Object before, @Nullable Object after, List<Step> steps) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now && !turned(path, old, now)) {
            walk(path, old, now, steps);
        } else if (before instanceof List<?> old && after instanceof List<?> now) {
            lists(path, List.copyOf(old), List.copyOf(now), steps);
        } else {
            steps.add(new Step(path, -1, -1, before, after));
        }
    }

    /** From block-list to allow-list or back, the names mean the opposite: they are compared as a whole. */
    private static boolean turned(String path, Map<?, ?> before, Map<?, ?> after) {
        return path.equals("urls.parameters") && !Objects.equals(before.get("mode"), after.get("mode"));
    }

    private static void lists(String path, List<Object> before, List<Object> after, List<Step> steps) {
        var aligned = Alignment.of(before, after);
        var added = new ArrayList<>(aligned.added());
        for (int gone : aligned.gone()) {
            var old = before.get(gone);
            var successor = added.stream()
                    .filter(place -> RuleWords.sameSubject(old, after.get(place)))
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
}
