package dev.weir.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Definitions as a file: CSV, YAML or JSON, all with the same fields. Reads and writes; changes nothing. */
final class Sheet {

    static final int ROWS = 1000;

    private static final List<String> FIELDS = List.of(
            "name",
            "type",
            "filter",
            "category",
            "tags",
            "description",
            "context",
            "criticality",
            "owner_kind",
            "owner",
            "status");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build());

    /** What a file may be. */
    enum Kind {
        CSV("text/csv"),
        YAML("application/yaml"),
        JSON("application/json");

        final String type;

        Kind(String type) {
            this.type = type;
        }

        String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Optional<Kind> of(String id) {
            return java.util.Arrays.stream(values())
                    .filter(kind -> kind.id().equals(id))
                    .findFirst();
        }
    }

    /** Why a whole file can't be read; never quotes it. */
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message);
        }
    }

    private Sheet() {}

    static String write(Kind kind, List<Definition> definitions) {
        if (kind == Kind.CSV) {
            return Csv.line(FIELDS)
                    + definitions.stream()
                            .map(Sheet::values)
                            .map(values -> Csv.line(FIELDS.stream()
                                    .map(values::get)
                                    .map(String::valueOf)
                                    .toList()))
                            .collect(Collectors.joining());
        }
        var mapper = kind == Kind.YAML ? YAML : JSON;
        var root = mapper.createObjectNode();
        var list = root.putArray("definitions");
        definitions.forEach(definition -> fill(list.addObject(), definition));
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("definitions can't be written", e);
        }
    }

    private static void fill(ObjectNode node, Definition definition) {
        values(definition).forEach((name, value) -> {
            if (name.equals("tags")) {
                definition.details().tags().forEach(node.withArray("tags")::add);
            } else if (!value.isEmpty()) {
                node.put(name, value);
            }
        });
    }

    private static Map<String, String> values(Definition definition) {
        var form = Form.of(definition.details());
        var values = new java.util.LinkedHashMap<String, String>();
        values.put("name", form.name());
        values.put("type", form.type());
        values.put("filter", form.filter());
        values.put("category", form.category());
        values.put("tags", form.tags());
        values.put("description", form.description());
        values.put("context", form.context());
        values.put("criticality", form.criticality());
        values.put("owner_kind", definition.details().owner().map(Owner::kind).orElse(""));
        values.put("owner", form.owner());
        values.put("status", definition.status().id());
        return values;
    }

    /** The rows of a file, in its order. A status in it means nothing: what comes in begins as a draft. */
    static List<Form> read(Kind kind, String text) throws Unreadable {
        var rows = kind == Kind.CSV ? csv(text) : tree(kind, text);
        if (rows.size() > ROWS) {
            throw new Unreadable("A file holds at most 1000 definitions.");
        }
        if (rows.isEmpty()) {
            throw new Unreadable("There is no definition in it.");
        }
        return rows;
    }

    private static List<Form> csv(String text) throws Unreadable {
        var lines = Csv.read(text);
        if (lines.isEmpty() || !lines.get(0).contains("name")) {
            throw new Unreadable("The first line names the columns: " + String.join(", ", FIELDS) + ".");
        }
        if (!FIELDS.containsAll(lines.get(0))) {
            throw new Unreadable("There is a column that is none of: " + String.join(", ", FIELDS) + ".");
        }
        var forms = new ArrayList<Form>();
        for (var line : lines.subList(1, lines.size())) {
            var values = new HashMap<String, String>();
            for (int i = 0; i < Math.min(line.size(), lines.get(0).size()); i++) {
                values.put(lines.get(0).get(i), line.get(i));
            }
            forms.add(form(values));
        }
        return forms;
    }

    private static List<Form> tree(Kind kind, String text) throws Unreadable {
        JsonNode root;
        try {
            root = (kind == Kind.YAML ? YAML : JSON).readTree(text);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new Unreadable("It can't be read" + (place == null ? "." : " at line " + place.getLineNr() + "."));
        }
        if (root == null || !root.path("definitions").isArray()) {
            throw new Unreadable("It has no list named definitions.");
        }
        var forms = new ArrayList<Form>();
        for (var node : root.path("definitions")) {
            var values = new HashMap<String, String>();
            node.properties().forEach(field -> values.put(field.getKey(), text(field.getValue())));
            if (!FIELDS.containsAll(values.keySet())) {
                throw new Unreadable("There is a field that is none of: " + String.join(", ", FIELDS) + ".");
            }
            forms.add(form(values));
        }
        return forms;
    }

    private static String text(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","))
                : node.asText();
    }

    private static Form form(Map<String, String> values) {
        return new Form(
                values.getOrDefault("name", ""),
                values.getOrDefault("type", ""),
                values.getOrDefault("filter", ""),
                values.getOrDefault("category", ""),
                values.getOrDefault("tags", ""),
                values.getOrDefault("description", ""),
                values.getOrDefault("context", ""),
                values.getOrDefault("criticality", ""),
                values.getOrDefault("owner_kind", "").isEmpty() ? "team" : values.getOrDefault("owner_kind", ""),
                values.getOrDefault("owner", ""));
    }
}
