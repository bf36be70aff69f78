package dev.weir.privacy;

import dev.weir.policy.RuleChange;
import dev.weir.policy.Strictness;
import dev.weir.privacy.SectionForms.FieldError;
import dev.weir.web.Moments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a rule page shows. Reads the draft and the revision in force; changes nothing. */
record SectionView(
        String environment,
        String environmentName,
        Section section,
        Draft draft,
        Rules rules,
        PolicyDiff diff,
        long inForce,
        boolean overview,
        boolean mayEdit,
        String done,
        int editing,
        Form form,
        List<FieldError> errors,
        Optional<Edited.Overtaken> overtaken) {

    /** One rule as the page lists it. */
    record Item(int index, String words, Map<String, String> fields, boolean fresh, String history) {

        public String name() {
            if (fields.containsKey("event")) {
                return field("event") + " / " + field("property");
            }
            return fields.getOrDefault(
                    "selector",
                    fields.getOrDefault("pattern", fields.getOrDefault("name", fields.getOrDefault("value", ""))));
        }

        public String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    public SectionView refused(List<FieldError> wrong) {
        return with(wrong, overtaken);
    }

    public SectionView overtaken(Edited.Overtaken by) {
        return with(errors, Optional.of(by));
    }

    private SectionView with(List<FieldError> wrong, Optional<Edited.Overtaken> by) {
        return new SectionView(
                environment,
                environmentName,
                section,
                draft,
                rules,
                diff,
                inForce,
                overview,
                mayEdit,
                done,
                editing,
                form,
                wrong,
                by);
    }

    public String home() {
        return "/console/" + environment + "/privacy";
    }

    public String here() {
        return home() + "/" + section.slug();
    }

    public List<Section> sections() {
        return List.of(Section.values());
    }

    public long changesOf(Section other) {
        return diff.of(other).size();
    }

    public List<Change> changes() {
        return diff.of(section);
    }

    public boolean loosens() {
        return changes().stream().anyMatch(Change::mayLoosen);
    }

    public boolean outdated() {
        return draft.base() < inForce;
    }

    public List<Item> items() {
        var path = SectionForms.list(section).orElse("pages");
        var items = new ArrayList<Item>();
        var all = rules.list(path);
        for (int i = 0; i < all.size(); i++) {
            var item = all.get(i);
            var rule = new OneRule(path, RuleChange.about(item));
            items.add(new Item(
                    i, RuleWords.rule(rules, path, item), fields(item), fresh(path, i), rule.history(environment)));
        }
        return items;
    }

    /** Own patterns only: detectors have a form of their own. */
    public List<Item> patterns() {
        return items().stream()
                .filter(item -> item.fields().containsKey("pattern"))
                .toList();
    }

    private boolean fresh(String path, int index) {
        return diff.changes().stream().anyMatch(change -> change.path().equals(path) && change.to() == index);
    }

    private static Map<String, String> fields(Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            return Map.of("value", String.valueOf(item));
        }
        var fields = new HashMap<String, String>();
        map.forEach((key, value) ->
                fields.put((String) key, value instanceof List<?> ? RuleWords.joined(value) : String.valueOf(value)));
        return fields;
    }

    /** One built-in detector with its state. */
    record Detector(String name, String words, String action, String regions) {

        public boolean is(String other) {
            return action.equals(other);
        }

        public boolean national() {
            return name.equals("phone-national");
        }
    }

    public List<Detector> detectors() {
        return Strictness.PASSES.stream()
                .map(name -> rules.objects("text").stream()
                        .filter(rule -> name.equals(rule.get("detector")))
                        .findFirst()
                        .map(rule -> detector(name, RuleWords.action(rule), RuleWords.joined(rule.get("regions"))))
                        .orElseGet(() -> detector(name, "off", "")))
                .toList();
    }

    private Detector detector(String name, String action, String regions) {
        return new Detector(
                name,
                RuleWords.DETECTORS.getOrDefault(name, name),
                typed("detector-" + name, action),
                typed("regions", regions));
    }

    /** What was typed, where the form came back with errors; else what the draft says. */
    public String typed(String field, String otherwise) {
        return form.values().containsKey(field) ? form.text(field) : otherwise;
    }

    /** For the form of one rule: what was typed, else the rule that is being edited, else nothing. */
    public String typed(String field) {
        return typed(
                field,
                items().stream()
                        .filter(item -> item.index() == editing)
                        .map(item -> item.field(field))
                        .findFirst()
                        .orElse(""));
    }

    /** For a box in the form of one rule. */
    public boolean ticked(String field) {
        return form.values().isEmpty() ? typed(field).equals("true") : form.on(field);
    }

    public String verb() {
        return editing >= 0 ? SectionForms.CHANGE : SectionForms.ADD;
    }

    public String regions() {
        return detectors().stream()
                .filter(Detector::national)
                .map(Detector::regions)
                .findFirst()
                .orElse("");
    }

    public int defaultNames() {
        return SectionForms.defaultNames().size();
    }

    public String changedWords() {
        return "Last changed by " + draft.changedBy() + ", " + Moments.momentInUtc(draft.changedAt()) + ".";
    }

    public String value(String path) {
        return typed(path.substring(path.lastIndexOf('.') + 1), rules.text(path));
    }

    public boolean is(String path, String value) {
        return value(path).equals(value);
    }

    public boolean on(String path) {
        return form.values().isEmpty() ? rules.on(path) : form.on(path.substring(path.lastIndexOf('.') + 1));
    }

    public String words(String path) {
        return RuleWords.setting(path, rules.at(path));
    }

    public boolean wrong() {
        return !errors.isEmpty();
    }

    @Nullable
    public FieldError error(String field) {
        return errorsOf(field).stream().findFirst().orElse(null);
    }

    public List<FieldError> errorsOf(String field) {
        return errors.stream().filter(error -> error.field().equals(field)).toList();
    }

    /** Errors that belong to no field of this page: shown above. */
    public List<FieldError> otherErrors() {
        return errors.stream()
                .filter(error -> !SectionForms.fields(section).contains(error.field()))
                .toList();
    }

    /** One line on what a section of the draft holds. */
    public String summary(Section other) {
        return switch (other) {
            case PARAMETERS -> words("urls.parameters");
            case CONSENT -> words("consent.required");
            case CAPTURE -> words("capture.text");
            case IDENTITY -> words("identity.contact");
            case RETENTION -> words("retention.events");
            case TEXT ->
                count(
                                detectors().stream()
                                        .filter(detector -> !detector.is("off"))
                                        .count(),
                                "detector")
                        + ", "
                        + count(
                                rules.objects("text").stream()
                                        .filter(rule -> rule.get("pattern") != null)
                                        .count(),
                                "pattern")
                        + " of your own.";
            case ORIGINS ->
                rules.list("origins").isEmpty()
                        ? "Only each App ID's own origins count."
                        : count(rules.list("origins").size(), "origin") + ", for every App ID.";
            default -> {
                int rules =
                        this.rules.list(SectionForms.list(other).orElseThrow()).size();
                yield rules == 0 ? "No rule." : count(rules, "rule") + ".";
            }
        };
    }

    private static String count(long number, String what) {
        return number == 0 ? "no " + what : number + " " + what + (number == 1 ? "" : "s");
    }
}
