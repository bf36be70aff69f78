package dev.weir.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The operations of the administration as docs/openapi.yaml describes them, which the build compares with what is served. */
public final class Described {

    private static final JsonNode FILE = read();

    private Described() {}

    public record Operation(String method, String path, JsonNode json) {

        public String text() {
            return method + " " + path;
        }

        @Override
        public String toString() {
            return text();
        }

        public boolean takes(String in, String name) {
            for (var parameter : json.path("parameters")) {
                if (parameter.path("in").asText().equals(in)
                        && parameter.path("name").asText().equals(name)) {
                    return true;
                }
            }
            return false;
        }

        /** The fields of the JSON that it takes. */
        public Set<String> fields() {
            var fields = new TreeSet<String>();
            var schema = json.path("requestBody")
                    .path("content")
                    .path("application/json")
                    .path("schema");
            Iterable<JsonNode> schemas = schema.has("anyOf") ? schema.path("anyOf") : List.of(schema);
            for (var one : schemas) {
                resolved(one).path("properties").fieldNames().forEachRemaining(fields::add);
            }
            return fields;
        }
    }

    /** Operations whose answer is described as a list, or as something that holds one. */
    public static List<Operation> answeringLists() {
        return operations().stream().filter(Described::answersList).toList();
    }

    private static boolean answersList(Operation operation) {
        var answer = resolved(operation
                .json()
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema"));
        return isList(answer)
                || answer.path("properties").properties().stream()
                        .anyMatch(property -> isList(resolved(property.getValue())));
    }

    private static boolean isList(JsonNode schema) {
        return schema.path("type").asText().equals("array");
    }

    public static List<Operation> operations() {
        var found = new ArrayList<Operation>();
        FILE.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (path.getKey().startsWith("/api/v1/") && !path.getKey().equals("/api/v1/identify")) {
                        found.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
                    }
                }));
        return found;
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? FILE.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Files.readString(Path.of("docs/openapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
