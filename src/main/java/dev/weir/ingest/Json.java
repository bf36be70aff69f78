package dev.weir.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes of a stranger to one JSON object, within limits of depth, length and number of tokens. UTF-8 only, a byte order mark at the
 * start is passed over, a repeated key has the last value, anything after the object is an error. Never says what it read.
 */
final class Json {

    private static final int DEPTH = 64;
    private static final int NUMBER_DIGITS = 100;
    private static final int TOKENS = 400_000;

    /** Keys are not remembered between requests: the table of them could be filled by anyone. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
                    .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(NUMBER_DIGITS)
                            .maxTokenCount(TOKENS)
                            .maxNameLength(65_536)
                            .maxStringLength(4 * 1024 * 1024)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static Optional<ObjectNode> object(ByteBuffer bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
            return object(MAPPER.readTree(text.startsWith("\ufeff") ? text.substring(1) : text));
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectNode> object(JsonNode read) {
        return read instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }
}
