package dev.weir.code;

import dev.weir.environment.Kind;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.PolicyError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An environment as a file says it is. Reading quotes nothing; writing gives the same bytes for the same content.
 *
 * @param environment whose file it is, where it says so
 * @param settings its name, what it is for, whether it is critical
 * @param apps the App IDs that should work; empty where the file does not say
 */
record CodeFile(
        Optional<String> environment, SettingsLine settings, PolicyDocument policy, Optional<List<AppLine>> apps) {

    private static final int LONGEST_NAME = 100;

    /** More would not be read to the end. */
    static final int FAULTS = 100;

    private static final String HEAD =
            "# An environment of Weir: docs/policy-as-code.md, and as JSON Schema " + PublishedSchema.ADDRESS + "\n";

    /** A file, or what is wrong with it. */
    record Read(@Nullable CodeFile file, List<Fault> faults) {

        static Read of(List<Fault> faults) {
            return new Read(
                    null,
                    faults.stream()
                            .distinct()
                            .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                            .limit(FAULTS)
                            .toList());
        }
    }

    static String write(EnvironmentKey environment, SettingsLine settings, PolicyDocument policy, List<AppLine> apps) {
        var document = new LinkedHashMap<String, Object>();
        document.put("weir", 1L);
        document.put("environment", environment.value());
        settings.writeTo(document);
        document.put("policy", policy.json());
        document.put(
                "apps",
                apps.stream()
                        .sorted(Comparator.comparing(AppLine::id))
                        .map(AppLine::json)
                        .toList());
        return HEAD + YamlText.write(document);
    }

    static Read read(byte[] text) {
        try {
            var tree = YamlTree.read(text);
            return new Reading(tree).read();
        } catch (YamlTree.Unreadable e) {
            return Read.of(List.of(e.fault()));
        }
    }

    /** From a tree to a file. */
    private static final class Reading {

        private final YamlTree tree;
        private final List<Fault> faults = new ArrayList<>();

        Reading(YamlTree tree) {
            this.tree = tree;
        }

        Read read() {
            if (!(tree.root() instanceof Map<?, ?> root)) {
                fault("", "a file is an object with the keys weir and policy");
                return Read.of(faults);
            }
            for (var pointer : PublishedSchema.unknown(root)) {
                var place = tree.key(pointer);
                faults.add(new Fault(place.line(), place.column(), parent(pointer), "this key is not known here"));
            }
            boolean strange = !faults.isEmpty();
            if (!Long.valueOf(1).equals(root.get("weir"))) {
                fault("/weir", "this has to be 1");
            }
            Optional<String> environment =
                    root.containsKey("environment") ? text(root.get("environment"), "/environment") : Optional.empty();
            var settings = settings(root);
            Optional<List<AppLine>> apps =
                    root.containsKey("apps") ? Optional.of(apps(root.get("apps"))) : Optional.empty();
            var policy = PolicyDocument.parse(root.get("policy"))
                    .<@Nullable PolicyDocument>match(valid -> valid, errors -> {
                        // Unknown keys have been told one by one, at their place.
                        errors.stream()
                                .filter(error -> !strange || !error.message().equals(PolicyError.UNKNOWN_KEY))
                                .forEach(error -> fault("/policy" + error.pointer(), words(error)));
                        return null;
                    });
            return policy == null || !faults.isEmpty()
                    ? Read.of(faults)
                    : new Read(new CodeFile(environment, settings, policy, apps), List.of());
        }

        private SettingsLine settings(Map<?, ?> root) {
            Optional<String> name = root.containsKey("name") ? text(root.get("name"), "/name") : Optional.empty();
            if (name.filter(text -> text.isBlank() || text.length() > LONGEST_NAME)
                    .isPresent()) {
                fault("/name", "1 to " + LONGEST_NAME + " characters are expected");
            }
            Optional<String> kind = root.containsKey("kind") ? text(root.get("kind"), "/kind") : Optional.empty();
            if (kind.filter(id ->
                            Kind.ALL.stream().noneMatch(known -> known.id().equals(id)))
                    .isPresent()) {
                fault("/kind", "one of development, staging and production is expected");
            }
            if (root.containsKey("critical") && !(root.get("critical") instanceof Boolean)) {
                fault("/critical", "true or false is expected");
            }
            return new SettingsLine(
                    name, kind, root.get("critical") instanceof Boolean flag ? Optional.of(flag) : Optional.empty());
        }

        private List<AppLine> apps(@Nullable Object value) {
            var apps = new TreeMap<String, AppLine>();
            int i = 0;
            for (Object item : list(value, "/apps")) {
                var at = "/apps/" + i++;
                if (!(item instanceof Map<?, ?> map)) {
                    fault(at, "an object is expected");
                } else if (!(map.get("id") instanceof String id) || !id.matches("[0-9]{10}")) {
                    fault(at + "/id", "ten digits in quotes are expected");
                } else if (apps.put(id, app(id, map, at)) != null) {
                    fault(at, "this App ID stands here twice");
                }
            }
            return List.copyOf(apps.values());
        }

        private AppLine app(String id, Map<?, ?> map, String at) {
            var origins = new ArrayList<String>();
            for (Object origin : list(map.containsKey("origins") ? map.get("origins") : List.of(), at + "/origins")) {
                text(origin, at + "/origins/" + origins.size()).ifPresent(origins::add);
            }
            var label = map.containsKey("label") ? text(map.get("label"), at + "/label") : Optional.of("");
            boolean serverKey = map.get("serverKey") instanceof Boolean flag && flag;
            if (map.containsKey("serverKey") && !(map.get("serverKey") instanceof Boolean)) {
                fault(at + "/serverKey", "true or false is expected");
            }
            return new AppLine(id, label.orElse(""), origins, serverKey);
        }

        private List<?> list(@Nullable Object value, String pointer) {
            if (value instanceof List<?> list && list.size() <= 1000) {
                return list;
            }
            fault(pointer, "a list of at most 1000 is expected");
            return List.of();
        }

        private Optional<String> text(@Nullable Object value, String pointer) {
            if (value instanceof String text) {
                return Optional.of(text);
            }
            fault(pointer, "a text is expected");
            return Optional.empty();
        }

        private void fault(String pointer, String message) {
            var place = tree.place(pointer);
            faults.add(new Fault(place.line(), place.column(), pointer, message));
        }

        private static String words(PolicyError error) {
            return error.position() < 0
                    ? error.message()
                    : error.message() + " (at character " + (error.position() + 1) + ")";
        }

        private static String parent(String pointer) {
            return pointer.substring(0, pointer.lastIndexOf('/'));
        }
    }
}
