package dev.weir.privacy;

import dev.weir.changelog.Entry;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.Strictness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
        var old = Rules.of(before);
        var now = Rules.of(after);
        return new PolicyDiff(Strictness.classify(before, after).stream()
                .map(change -> new Change(
                        Section.ofPath(change.path()).orElse(Section.CAPTURE),
                        change.path(),
                        change.from(),
                        change.to(),
                        change.before(),
                        change.after(),
                        change.direction(),
                        RuleWords.change(old, now, change),
                        change.why()))
                .toList());
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

    /** The entry of a change log with these changes, rule by rule: of a list, only the rules that went and those that came; on both sides where they moved. */
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
            entry = entry.noted(path, before.get(path), after.get(path));
        }
        return entry;
    }

    /** As programs read it: path, before and after, direction, words. */
    public List<Map<String, @Nullable Object>> json() {
        return changes.stream().map(PolicyDiff::json).toList();
    }

    private static Map<String, @Nullable Object> json(Change change) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("path", change.path());
        told.put("before", change.before());
        told.put("after", change.after());
        told.put("direction", change.direction().name().toLowerCase(Locale.ROOT));
        told.put("words", change.words());
        told.put("why", change.why());
        return told;
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

    /** What one section says otherwise. */
    public PolicyDiff only(Section section) {
        return new PolicyDiff(of(section));
    }

    /** The policy that these changes make of another one, where they make a valid one of it. */
    public PolicyDocument.Parsed applied(PolicyDocument before) {
        return applyTo(Rules.of(before)).parsed();
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
        // Where only some of the changes are applied, a place may lie behind the end.
        added.forEach((place, item) -> list.add(Math.min(place, list.size()), item));
        return list;
    }
}
