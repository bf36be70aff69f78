package dev.weir.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes of a stranger to what a {@link Shape} wants of one JSON object, in one pass, within limits of depth, length and number of tokens
 * that hold for what is passed over as well. UTF-8 only, a byte order mark at the start is passed over, a repeated key has the last
 * value, anything after the object is an error. Never says what it read.
 */
final class Json {

    private static final int DEPTH = 64;
    private static final int NUMBER_DIGITS = 100;
    private static final int TOKENS = 400_000;

    /** Keys are not remembered between requests: the table of them could be filled by anyone. */
    private static final JsonFactory PARSERS = JsonFactory.builder()
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(NUMBER_DIGITS)
                    .maxTokenCount(TOKENS)
                    .maxNameLength(65_536)
                    .maxStringLength(4 * 1024 * 1024)
                    .build())
            .build();

    private Json() {}

    /** Empty when it is not JSON, or no object. {@code shape} makes {@link Sent} of an object. */
    static Optional<Sent> object(ByteBuffer bytes, Shape shape) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
            try (var at = PARSERS.createParser(text.startsWith("\ufeff") ? text.substring(1) : text)) {
                if (at.nextToken() != JsonToken.START_OBJECT) {
                    return Optional.empty();
                }
                var read = Sent.of(shape.read(at));
                return at.nextToken() == null ? Optional.of(read) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
