package dev.weir.policy;

import dev.weir.event.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a document: of elements, of text and of properties. */
final class DocumentRules {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern RENAMED = Pattern.compile("[A-Za-z_][A-Za-z_.-]*(?:[0-9]{1,3}[A-Za-z_.-]*)?");

    private static final List<String> DETECTORS = Stream.concat(
                    Detectors.SHARED.stream(), Stream.of(NationalPhones.NAME))
            .toList();

    private final DocumentValues values;
    private final DocumentForms forms;

    DocumentRules(DocumentValues values, DocumentForms forms) {
        this.values = values;
        this.forms = forms;
    }

    List<Object> elements(List<?> given) {
        var complete = new ArrayList<Object>();
        for (int i = 0; i < given.size(); i++) {
            var at = "/elements/" + i;
            var rule = values.object(given.get(i), at, Set.of("selector", "action", "attributes"));
            if (rule != null) {
                complete.add(element(rule, at));
            }
        }
        return Collections.unmodifiableList(complete);
    }

    private Map<String, Object> element(Map<?, ?> rule, String at) {
        var complete = new LinkedHashMap<String, Object>();
        var selector = values.string(rule, at, "selector", 500);
        if (selector != null) {
            Selector.parse(selector)
                    .match(
                            parsed -> complete.put(
                                    "selector",
                                    Objects.requireNonNullElse(
                                            values.kept(parsed.toString(), at + "/selector", 500), "")),
                            error -> values.error(at + "/selector", error.position(), error.message()));
        }
        var action = values.required(rule, at, "action", List.of("ignore", "maskText", "dropAttributes"));
        complete.put("action", action);
        if (action.equals("dropAttributes")) {
            var names = values.strings(rule, at, "attributes", 50, 64, List.of(), forms::attribute);
            if (names.isEmpty()) {
                values.error(at + "/attributes", "name at least one attribute");
            }
            complete.put("attributes", names);
        } else if (rule.containsKey("attributes")) {
            values.error(at + "/attributes", "only dropAttributes has attributes");
        }
        return Collections.unmodifiableMap(complete);
    }

    /** No list at all means every detector: silence never switches a protection off. */
    List<Object> text(@Nullable List<?> given) {
        if (given == null) {
            return Detectors.SHARED.stream()
                    .<Object>map(name -> Map.of("detector", name, "action", "mask"))
                    .toList();
        }
        var complete = new ArrayList<Object>();
        var labels = new LinkedHashSet<String>();
        for (int i = 0; i < given.size(); i++) {
            var at = "/text/" + i;
            var rule = values.object(given.get(i), at, Set.of("detector", "pattern", "label", "regions", "action"));
            if (rule != null) {
                complete.add(textRule(rule, at, labels));
            }
        }
        return Collections.unmodifiableList(complete);
    }

    private Map<String, Object> textRule(Map<?, ?> rule, String at, Set<String> labels) {
        var complete = new LinkedHashMap<String, Object>();
        complete.put("action", values.required(rule, at, "action", List.of("mask", "drop", "quarantine")));
        if (rule.containsKey("detector") == rule.containsKey("pattern")) {
            values.error(at, "a text rule has either a detector or a pattern");
            return complete;
        }
        String label;
        if (rule.containsKey("detector")) {
            if (rule.containsKey("label")) {
                values.error(at + "/label", "a detector has its own label");
            }
            label = values.required(rule, at, "detector", DETECTORS);
            complete.put("detector", label);
            if (label.equals(NationalPhones.NAME)) {
                var regions =
                        values.strings(rule, at, "regions", NationalPhones.MAX_REGIONS, 2, List.of(), forms::region);
                if (regions.isEmpty()) {
                    values.error(at + "/regions", "name at least one region, in two letters");
                }
                complete.put("regions", regions);
            }
        } else {
            label = values.string(rule, at, "label", 32);
            if (label != null && (!LABEL.matcher(label).matches() || DETECTORS.contains(label))) {
                values.error(at + "/label", "a label is 1 to 32 of a-z, 0-9 and -, and no detector's name");
            }
            var pattern = values.string(rule, at, "pattern", 200);
            if (pattern != null) {
                PatternSubset.check(pattern)
                        .ifPresent(fault -> values.error(at + "/pattern", fault.position(), fault.message()));
                complete.put("pattern", pattern);
            }
            complete.put("label", label == null ? "" : label);
        }
        if (rule.containsKey("regions") && !NationalPhones.NAME.equals(label)) {
            values.error(at + "/regions", "only phone-national has regions");
        }
        if (label != null && !labels.add(label)) {
            values.error(at, "another rule has this label already");
        }
        return Collections.unmodifiableMap(complete);
    }

    List<Object> properties(List<?> given) {
        var complete = new ArrayList<Object>();
        for (int i = 0; i < given.size(); i++) {
            var at = "/properties/" + i;
            var rule = values.object(given.get(i), at, Set.of("name", "action", "length", "to"));
            if (rule != null) {
                complete.add(property(rule, at));
            }
        }
        if (values.errors().isEmpty()) {
            renames(complete);
        }
        return Collections.unmodifiableList(complete);
    }

    private Map<String, Object> property(Map<?, ?> rule, String at) {
        var complete = new LinkedHashMap<String, Object>();
        var written = values.string(rule, at, "name", 255);
        var name = written == null ? null : values.kept(forms.named(written, at + "/name"), at + "/name", 255);
        complete.put("name", name == null ? "" : name);
        var action = values.required(rule, at, "action", List.of("drop", "mask", "hash", "truncate", "rename"));
        complete.put("action", action);
        if (action.equals("truncate")) {
            if (!rule.containsKey("length")) {
                values.error(at + "/length", "truncate needs a length");
            }
            complete.put("length", values.number(rule, at, "length", 1, 1023, 1));
        } else if (rule.containsKey("length")) {
            values.error(at + "/length", "only truncate has a length");
        }
        if (action.equals("rename")) {
            var to = values.string(rule, at, "to", 64);
            if (to != null && !RENAMED.matcher(to).matches()) {
                values.error(at + "/to", "a new name is letters, _, . and -, with at most three digits");
            }
            if (name != null && name.endsWith("*")) {
                values.error(at + "/name", "a prefix can't be renamed");
            }
            complete.put("to", to == null ? "" : to);
        } else if (rule.containsKey("to")) {
            values.error(at + "/to", "only rename has a new name");
        }
        return Collections.unmodifiableMap(complete);
    }

    /** A renamed property must not become subject to another rule: judged again, it would change again. */
    private void renames(List<Object> rules) {
        for (int i = 0; i < rules.size(); i++) {
            var rule = new Json(rules.get(i));
            if (rule.has("to")) {
                var to = rule.get("to").text().toLowerCase(Locale.ROOT);
                if (rules.stream()
                        .anyMatch(other ->
                                new NamePattern(new Json(other).get("name").text()).fits(to))) {
                    values.error(
                            "/properties/" + i + "/to", "a rule is about the new name: rename to a name without rules");
                }
            }
        }
    }
}
