package dev.weir.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.policy.Circumstances.Consent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cases that both engines must decide alike: src/test/resources/contract. */
final class Contract {

    static final byte[] KEY = "a key for tests".getBytes(StandardCharsets.UTF_8);
    private static final Path FOLDER = Path.of("src/test/resources/contract");

    private Contract() {}

    /** {@code server} is what the server answers where it does more than the browser; else both answer {@code expected}. */
    record Case(
            String area,
            String why,
            PolicyDocument policy,
            JsonNode event,
            JsonNode given,
            ObjectNode expected,
            ObjectNode server) {

        Circumstances circumstances() {
            return circumstances(given);
        }

        static Circumstances circumstances(JsonNode given) {
            var consent = switch (given.path("consent").asText()) {
                case "granted" -> Consent.GRANTED;
                case "denied" -> Consent.DENIED;
                default -> Consent.UNKNOWN;
            };
            return new Circumstances(consent, given.path("gpc").asBoolean());
        }

        @Override
        public String toString() {
            return area + ": " + why;
        }
    }

    static List<Case> cases() {
        var cases = new ArrayList<Case>();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.sorted().toList()) {
                var area = file.getFileName().toString().replace(".json", "");
                Wire.JSON.readTree(file.toFile()).forEach(json -> cases.add(read(area, json)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static Case read(String area, JsonNode json) {
        var expected = answer(json, json.path("event"));
        return new Case(
                area,
                json.path("why").asText(),
                policy(json.get("policy")),
                json.path("event"),
                json.path("given"),
                expected,
                json.has("server") ? answer(json.get("server"), json.path("event")) : expected);
    }

    /** {@code kept} is the event that stays; where it is missing the event stays as it came. */
    private static ObjectNode answer(JsonNode json, JsonNode event) {
        var out = Wire.JSON.createObjectNode();
        out.put("outcome", json.path("outcome").asText());
        if (json.has("reason")) {
            out.put("reason", json.path("reason").asText());
        }
        if (!json.path("outcome").asText().equals("dropped")) {
            out.set("event", Wire.json(Wire.event(json.has("kept") ? json.get("kept") : event)));
        }
        out.set("findings", json.path("findings"));
        return out;
    }

    static PolicyDocument policy(@Nullable JsonNode json) {
        if (json == null || json.isTextual()) {
            return json != null && json.asText().equals("strict") ? PolicyDocument.strict() : PolicyDocument.balanced();
        }
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("version", 1L);
        json.properties().forEach(entry -> document.put(entry.getKey(), Wire.longs(Wire.plain(entry.getValue()))));
        return PolicyDocumentTest.parsed(document);
    }
}
