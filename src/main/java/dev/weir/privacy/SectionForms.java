package dev.weir.privacy;

import dev.weir.policy.PolicyDocument;
import dev.weir.policy.PolicyError;
import dev.weir.policy.Strictness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Turns what was typed on a rule page into a change of the document, and what is wrong with the document into words beside a field. */
final class SectionForms {

    static final String MODE = "urls.parameters.mode";
    static final String SETTINGS = "settings";
    static final String ADD = "add";
    static final String CHANGE = "change";
    static final String REMOVE = "remove";
    static final String DEFAULTS = "defaults";

    /** Names in a list of names may be pasted from anywhere: commas, semicolons and spaces separate them as lines do. */
    private static final String NAME_SEPARATORS = ",;\\s&";

    private SectionForms() {}

    /** The list that a section's page shows; none on a page of settings alone. */
    static Optional<String> list(Section section) {
        return switch (section) {
            case PARAMETERS -> Optional.of("urls.parameters.names");
            case PATHS -> Optional.of("urls.paths");
            case PAGES -> Optional.of("pages");
            case ELEMENTS -> Optional.of("elements");
            case TEXT -> Optional.of("text");
            case PROPERTIES -> Optional.of("properties");
            case EVENTS -> Optional.of("events");
            case SCHEMAS -> Optional.of("schemas");
            case IDENTITY -> Optional.of("identity.refused");
            case ORIGINS -> Optional.of("origins");
            default -> Optional.empty();
        };
    }

    /** Empty when the page has no such form. */
    static Optional<UnaryOperator<Rules>> edit(Section section, String verb, Form form) {
        if (verb.equals(SETTINGS)) {
            return settings(section, form);
        }
        if (verb.equals(DEFAULTS) && section == Section.PARAMETERS) {
            return Optional.of(rules -> rules.with("urls.parameters.names", defaultNames()));
        }
        return list(section).flatMap(path -> list(section, path, verb, form));
    }

    private static Optional<UnaryOperator<Rules>> list(Section section, String path, String verb, Form form) {
        return switch (verb) {
            case ADD -> Optional.of(rules -> rules.adding(path, added(section, form)));
            case CHANGE -> Optional.of(rules -> rules.replacing(path, form.index(), item(section, form)));
            case REMOVE -> Optional.of(rules -> rules.removing(path, form.index()));
            default -> Optional.empty();
        };
    }

    private static List<?> added(Section section, Form form) {
        return switch (section) {
            case ELEMENTS, TEXT, PROPERTIES, SCHEMAS -> List.of(item(section, form));
            case PARAMETERS -> entries(form, NAME_SEPARATORS);
            default -> entries(form, "");
        };
    }

    /** Adding nothing is a slip: the empty entry makes the document say so. */
    private static List<String> entries(Form form, String separators) {
        var entries = form.entries("values", separators);
        return entries.isEmpty() ? List.of("") : entries;
    }

    private static Object item(Section section, Form form) {
        return switch (section) {
            case ELEMENTS -> element(form);
            case TEXT -> pattern(form);
            case PROPERTIES -> property(form);
            case SCHEMAS -> schema(form);
            default -> form.text("value");
        };
    }

    private static Map<String, Object> element(Form form) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("selector", form.text("selector"));
        rule.put("action", form.text("action"));
        if (form.text("action").equals("dropAttributes")) {
            rule.put("attributes", form.entries("attributes", NAME_SEPARATORS));
        }
        return rule;
    }

    private static Map<String, Object> pattern(Form form) {
        return new LinkedHashMap<>(
                Map.of("pattern", form.text("pattern"), "label", form.text("label"), "action", form.text("action")));
    }

    private static Map<String, Object> property(Form form) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("name", form.text("name"));
        rule.put("action", form.text("action"));
        if (form.text("action").equals("truncate")) {
            rule.put("length", form.number("length"));
        }
        if (form.text("action").equals("rename")) {
            rule.put("to", form.text("to"));
        }
        return rule;
    }

    private static Map<String, Object> schema(Form form) {
        return new LinkedHashMap<>(Map.of(
                "event",
                form.text("event"),
                "property",
                form.text("property"),
                "type",
                form.text("type"),
                "required",
                form.on("required")));
    }

    private static Optional<UnaryOperator<Rules>> settings(Section section, Form form) {
        return switch (section) {
            case PARAMETERS ->
                Optional.of(rules -> mode(rules, form.text("mode"))
                        .with("urls.fragment", form.text("fragment"))
                        .with("urls.identifiers", form.text("identifiers")));
            case CAPTURE ->
                Optional.of(rules -> rules.with("capture.pageview", form.on("pageview"))
                        .with("capture.click", form.on("click"))
                        .with("capture.change", form.on("change"))
                        .with("capture.submit", form.on("submit"))
                        .with("capture.text", form.text("text"))
                        .with("capture.maxText", form.number("maxText")));
            case CONSENT ->
                Optional.of(rules -> rules.with("consent.required", form.on("required"))
                        .with("consent.honourGpc", form.on("honourGpc")));
            case IDENTITY ->
                Optional.of(rules -> rules.with("identity.form", form.text("form"))
                        .with("identity.contact", form.text("contact"))
                        .with("identity.perDevice", form.number("perDevice")));
            case RETENTION ->
                Optional.of(rules -> rules.with("retention.events", form.number("events"))
                        .with("retention.quarantine", form.number("quarantine")));
            case TEXT -> Optional.of(rules -> rules.with("text", detectors(rules, form)));
            default -> Optional.empty();
        };
    }

    /** A block-list read as an allow-list would keep exactly what is dangerous: turning the mode starts the other list afresh. */
    static Rules mode(Rules rules, String mode) {
        if (mode.equals(rules.text(MODE))) {
            return rules;
        }
        var names = mode.equals("allow") ? List.of("utm_*") : defaultNames();
        return rules.with(MODE, mode).with("urls.parameters.names", names);
    }

    static List<String> defaultNames() {
        return Rules.of(PolicyDocument.balanced()).strings("urls.parameters.names");
    }

    private static List<Object> detectors(Rules rules, Form form) {
        var text = new ArrayList<Object>();
        for (String detector : Strictness.PASSES) {
            var action = form.text("detector-" + detector);
            if (!action.isEmpty() && !action.equals("off")) {
                text.add(detector(detector, action, form));
            }
        }
        rules.objects("text").stream()
                .filter(rule -> rule.get("detector") == null)
                .forEach(text::add);
        return text;
    }

    private static Map<String, Object> detector(String detector, String action, Form form) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("detector", detector);
        rule.put("action", action);
        if (detector.equals("phone-national")) {
            rule.put(
                    "regions",
                    form.entries("regions", NAME_SEPARATORS).stream()
                            .map(region -> region.toUpperCase(java.util.Locale.ROOT))
                            .toList());
        }
        return rule;
    }

    /** The fields a page can show an error beside. */
    static List<String> fields(Section section) {
        return switch (section) {
            case ELEMENTS -> List.of("selector", "action", "attributes");
            case TEXT -> List.of("pattern", "label", "action", "regions");
            case PROPERTIES -> List.of("name", "action", "length", "to");
            case SCHEMAS -> List.of("event", "property", "type", "required");
            case CAPTURE -> List.of("text", "maxText");
            case RETENTION -> List.of("events", "quarantine");
            case IDENTITY -> List.of("values", "value", "form", "contact", "perDevice");
            case PARAMETERS -> List.of("values", "value", "mode", "fragment", "identifiers");
            case CONSENT -> List.of();
            default -> List.of("values", "value");
        };
    }

    /** One message beside one field, with what was typed and where in it the trouble is. */
    record FieldError(String field, String message, String typed, int position) {

        public boolean marked() {
            return position >= 0 && position <= typed.length() && !typed.isEmpty();
        }

        /** Stands below what was typed, in letters of one width. */
        public String caret() {
            return " ".repeat(typed.codePointCount(0, position)) + "^";
        }
    }

    /** {@code before}: the rules that the change was made on, to know which of the typed lines is meant. */
    static List<FieldError> errors(Section section, String verb, Form form, Rules before, List<PolicyError> errors) {
        return errors.stream()
                .map(error -> fieldError(section, verb, form, before, error))
                .toList();
    }

    private static FieldError fieldError(Section section, String verb, Form form, Rules before, PolicyError error) {
        var keys = List.of(error.pointer().split("/", -1));
        var last = keys.get(keys.size() - 1);
        boolean entry = last.matches("[0-9]+");
        if (verb.equals(ADD)
                && entry
                && !List.of(Section.ELEMENTS, Section.TEXT, Section.PROPERTIES, Section.SCHEMAS)
                        .contains(section)) {
            return line(section, form, before, error, Integer.parseInt(last));
        }
        var field = fieldName(section, verb, keys, entry);
        return new FieldError(field, error.message(), form.text(field), error.position());
    }

    private static String fieldName(Section section, String verb, List<String> keys, boolean entry) {
        var last = keys.get(keys.size() - 1);
        if (!entry) {
            return last.equals("names") || last.equals("refused") || last.equals(section.slug()) ? "values" : last;
        }
        if (keys.size() > 3 && keys.contains("attributes")) {
            return "attributes";
        }
        if (keys.contains("regions")) {
            return "regions";
        }
        return switch (section) {
            case ELEMENTS -> "selector";
            case TEXT -> "label";
            case PROPERTIES -> "name";
            case SCHEMAS -> "property";
            default -> verb.equals(CHANGE) ? "value" : "values";
        };
    }

    private static FieldError line(Section section, Form form, Rules before, PolicyError error, int index) {
        var known = list(section).map(before::list).orElse(List.of());
        var fresh = added(section, form).stream()
                .distinct()
                .filter(item -> !known.contains(item))
                .toList();
        int line = index - known.size();
        var typed = line >= 0 && line < fresh.size() ? String.valueOf(fresh.get(line)) : "";
        var where = fresh.size() > 1 && !typed.isEmpty() ? "Entry " + (line + 1) + ": " : "";
        return new FieldError(
                "values", where + error.message(), typed, typed.isEmpty() ? -1 : Math.max(error.position(), 0));
    }
}
