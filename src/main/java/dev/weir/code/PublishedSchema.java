package dev.weir.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The published JSON Schema, read for one question: which keys of a file are known at no such place. */
final class PublishedSchema {

    static final String ADDRESS = "/schemas/environment-1.schema.json";

    private static final JsonNode ROOT = root();

    private PublishedSchema() {}

    private static JsonNode root() {
        try (var file = PublishedSchema.class.getResourceAsStream("/META-INF/resources" + ADDRESS)) {
            if (file == null) {
                throw new IllegalStateException("the schema is missing");
            }
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON pointers of the keys that nobody knows. */
    static List<String> unknown(@Nullable Object document) {
        var found = new ArrayList<String>();
        walk(document, ROOT, "", found);
        return found;
    }

    private static void walk(@Nullable Object value, JsonNode schema, String pointer, List<String> found) {
        var form = schema.has("$ref") ? ROOT.at(schema.path("$ref").asText().substring(1)) : schema;
        if (value instanceof Map<?, ?> map && form.has("properties")) {
            map.forEach((key, inner) -> {
                var at = YamlTree.pointer(pointer, (String) key);
                var known = form.path("properties").get((String) key);
                if (known == null) {
                    found.add(at);
                } else {
                    walk(inner, known, at, found);
                }
            });
        } else if (value instanceof List<?> list && form.has("items")) {
            for (int i = 0; i < list.size(); i++) {
                walk(list.get(i), form.path("items"), pointer + "/" + i, found);
            }
        }
    }
}
