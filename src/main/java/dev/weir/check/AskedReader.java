package dev.weir.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.web.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads a request to check something. What it is follows from its content type; JSON may hold everything at once. */
final class AskedReader {

    private static final Set<String> KEYS = Set.of("page", "before", "url", "selectors", "samples", "policy");
    private static final int DEPTH = 64;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AskedReader() {}

    /**
     * @param kind a media type without parameters
     * @param url of the page, where it is HTML
     */
    static Asked read(String kind, byte[] body, @Nullable String url) {
        if (body.length > Asked.BYTES) {
            throw Problem.of(413, "At most 1 MiB is checked at once.");
        }
        var text = text(body);
        if (text.isBlank()) {
            throw Problem.of(422, "There is nothing to check.");
        }
        return switch (kind) {
            case "text/html" -> Asked.nothing().withPage(text, url);
            case "text/plain" ->
                Asked.nothing()
                        .withSelectors(limited(
                                text.lines()
                                        .map(String::strip)
                                        .filter(line -> !line.isEmpty())
                                        .toList(),
                                Asked.SELECTORS));
            case "application/json" -> json(text);
            default -> Asked.nothing().withPolicy(text);
        };
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.of(422, "What is checked is UTF-8.");
        }
    }

    private static Asked json(String text) {
        var root = parsed(text);
        var keys = new ArrayList<String>();
        root.fieldNames().forEachRemaining(keys::add);
        if (keys.isEmpty() || !KEYS.containsAll(keys)) {
            // An event, a batch or a call, as it would be sent.
            return Asked.nothing().withSamples(List.of(text));
        }
        return new Asked(
                string(root, "page"),
                string(root, "before"),
                string(root, "url"),
                limited(
                        list(root, "selectors").stream()
                                .map(item -> item.isTextual() ? item.textValue() : "")
                                .toList(),
                        Asked.SELECTORS),
                limited(list(root, "samples").stream().map(JsonNode::toString).toList(), Asked.SAMPLES),
                string(root, "policy"));
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw Problem.of(
                    422, at == null ? "This is not JSON." : "This is not JSON from line " + at.getLineNr() + " on.");
        }
    }

    private static @Nullable String string(JsonNode root, String key) {
        var value = root.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw Problem.of(422, key + " is a text.");
        }
        return value.textValue();
    }

    private static List<JsonNode> list(JsonNode root, String key) {
        var value = root.get(key);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw Problem.of(422, key + " is a list.");
        }
        return StreamSupport.stream(value.spliterator(), false).toList();
    }

    private static List<String> limited(List<String> list, int most) {
        if (list.size() > most) {
            throw Problem.of(413, "At most " + Asked.SELECTORS + " selectors and " + Asked.SAMPLES + " samples.");
        }
        return list;
    }
}
