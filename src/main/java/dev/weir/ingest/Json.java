package dev.weir.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes of a stranger to what a {@link Shape} wants of one JSON object, in one pass, within the limits of a {@link JsonText}. UTF-8 only, a
 * byte order mark at the start is passed over, a repeated key has the last value, anything after the object is an error. Never says what
 * it read.
 */
final class Json {

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /** The bit that no byte of ASCII has, eight times. */
    private static final long BEYOND_ASCII = 0x8080808080808080L;

    private Json() {}

    /** Empty when it is not JSON, or no object. {@code shape} makes {@link Sent} of an object. */
    static Optional<Sent> object(ByteBuffer bytes, Shape shape) {
        try {
            if (!isAscii(bytes)) {
                checkUtf8(bytes);
            }
            int from = bytes.position() + (marked(bytes) ? MARK.length : 0);
            var at = new JsonText(bytes.array(), bytes.arrayOffset() + from, bytes.arrayOffset() + bytes.limit());
            if (at.first() != '{') {
                return Optional.empty();
            }
            var read = Sent.of(shape.read(at));
            return at.ended() ? Optional.of(read) : Optional.empty();
        } catch (CharacterCodingException | NotJson e) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(ByteBuffer bytes) {
        int i = bytes.position();
        long seen = 0;
        for (; i <= bytes.limit() - Long.BYTES; i += Long.BYTES) {
            seen |= bytes.getLong(i);
        }
        for (; i < bytes.limit(); i++) {
            // A negative byte fills the sign up.
            seen |= bytes.get(i);
        }
        return (seen & BEYOND_ASCII) == 0;
    }

    private static void checkUtf8(ByteBuffer bytes) throws CharacterCodingException {
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes.duplicate());
    }

    private static boolean marked(ByteBuffer bytes) {
        return bytes.remaining() >= MARK.length
                && bytes.slice(bytes.position(), MARK.length).equals(ByteBuffer.wrap(MARK));
    }
}
