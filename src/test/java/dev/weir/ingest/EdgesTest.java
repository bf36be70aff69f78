package dev.weir.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/limits.md says of a body: taken just as large as it says, and not a bit larger. */
class EdgesTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    /** A field that has a length, in an entry that is right without it. */
    private record Field(Endpoint endpoint, String name, String rest, int longest) {

        boolean takes(String value) {
            var entry = "{" + rest + ",\"" + name + "\":\"" + value + "\"}";
            var decoder = endpoint.decoder();
            var body = decoder.bulk().isEmpty() ? entry : "{\"" + decoder.bulk() + "\":[" + entry + "]}";
            var sent = read(body, decoder.request(1000)).orElseThrow();
            var only = sent.get(decoder.bulk()) instanceof List<?> list ? Sent.of(list.get(0)) : sent;
            return decoder.item(only, sent, NOW) instanceof Item.Good;
        }
    }

    private static final String PERSON = "\"properties\":{\"a\":1}";

    private static final List<Field> FIELDS = List.of(
            new Field(Endpoint.TRACK, "event", "\"identity\":\"a\"", 1024),
            new Field(Endpoint.TRACK, "identity", "\"event\":\"x\"", 255),
            new Field(Endpoint.TRACK, "session_id", "\"event\":\"x\",\"identity\":\"a\"", 255),
            new Field(Endpoint.TRACK, "idempotency_key", "\"event\":\"x\",\"identity\":\"a\"", 1024),
            new Field(Endpoint.COLLECT, "id", "\"type\":\"pageview\",\"at\":1", 64),
            new Field(Endpoint.COLLECT, "name", "\"type\":\"custom\",\"at\":1,\"id\":\"a\"", 1024),
            new Field(Endpoint.COLLECT, "identity", "\"type\":\"identify\",\"at\":1,\"id\":\"a\"", 255),
            new Field(Endpoint.IDENTIFY, "identity", "\"user_id\":7", 255),
            new Field(Endpoint.USER_PROPERTIES, "identity", PERSON, 255),
            new Field(Endpoint.ACCOUNT_PROPERTIES, "account_id", PERSON, 255),
            new Field(Endpoint.BATCH, "event", "\"type\":\"track\",\"userId\":\"a\"", 1024),
            new Field(Endpoint.BATCH, "userId", "\"type\":\"track\",\"event\":\"x\"", 255),
            new Field(Endpoint.BATCH, "anonymousId", "\"type\":\"track\",\"event\":\"x\"", 255));

    /** A character may be two of Java's. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "😀"})
    void a_text_is_as_long_as_the_table_says_and_no_character_longer(String character) {
        var wrong = new ArrayList<String>();
        for (var field : FIELDS) {
            if (!field.takes(character.repeat(field.longest)) || field.takes(character.repeat(field.longest + 1))) {
                wrong.add(field.toString());
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    @Edge("tokens of one body")
    void a_body_has_as_many_tokens_as_the_table_says_and_not_one_more() {
        // Two braces, a name, two brackets.
        int rest = 5;

        Limit.here().isTheLastTaken(many -> numbers((int) many - rest).isPresent());
    }

    private static Optional<Sent> numbers(int many) {
        var list = IntStream.range(0, many).mapToObj(i -> "1").collect(Collectors.joining(","));
        return read("{\"it\":[" + list + "]}", Shape.members(Map.of()));
    }

    @Test
    @Edge("digits of a number")
    void a_number_has_as_many_digits_as_the_table_says_and_not_one_more() {
        var limit = Limit.here();

        for (var shape : List.of(Shape.members(Map.of()), Shape.members(Map.of("it", Shape.ANY)))) {
            limit.isTheLastTaken(many ->
                    read("{\"it\":" + "7".repeat((int) many) + "}", shape).isPresent());
        }
    }

    @Test
    @Edge("depth of JSON")
    void what_is_read_is_as_deep_as_the_table_says_and_no_deeper() {
        var shape = Shape.members(Map.of("it", Shape.ANY));

        Limit.here().isTheLastTaken(many -> {
            int inside = (int) many - 1;
            return read("{\"it\":" + "[".repeat(inside) + "]".repeat(inside) + "}", shape)
                    .isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {50 << 10, 4 << 20})
    void an_inflated_body_is_as_long_as_it_may_be_and_no_byte_longer(int limit) throws IOException {
        var inflater = new Inflater(limit, 100);

        assertThat(inflated(inflater, gzip(noise(limit), 0))).isEqualTo(limit);
        assertThat(inflated(inflater, gzip(noise(limit + 1), 0))).isEqualTo(-1);
    }

    @Test
    void over_64_KiB_a_body_is_a_hundred_times_as_long_as_it_was_sent_and_no_byte_longer() throws IOException {
        var inflater = new Inflater(4 << 20, 100);
        int sent = 5000;
        int most = 100 * sent;

        assertThat(inflated(inflater, gzip(new byte[most], sent))).isEqualTo(most);
        assertThat(inflated(inflater, gzip(new byte[most + 1], sent))).isEqualTo(-1);
    }

    @Test
    void up_to_64_KiB_nobody_looks_how_much_longer_it_is_than_it_was_sent() throws IOException {
        var inflater = new Inflater(4 << 20, 100);
        int free = 64 << 10;

        assertThat(inflated(inflater, gzip(new byte[free], 0))).isEqualTo(free);
        assertThat(inflated(inflater, gzip(new byte[free + 1], 0))).isEqualTo(-1);
    }

    private static Optional<Sent> read(String text, Shape shape) {
        return Json.object(ByteBuffer.wrap(text.getBytes(UTF_8)), shape);
    }

    /** How many bytes come out, or -1 for too many. */
    private static int inflated(Inflater inflater, byte[] sent) {
        return inflater.inflate(sent).match(ByteBuffer::remaining, refused -> {
            assertThat(refused).isEqualTo(Refused.TOO_LARGE);
            return -1;
        });
    }

    private static byte[] noise(int length) {
        var noise = new byte[length];
        new Random(7).nextBytes(noise);
        return noise;
    }

    /** With a file name in its head that makes it at least so long. */
    private static byte[] gzip(byte[] body, int length) throws IOException {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(body);
        deflater.finish();
        var packed = new byte[body.length + body.length / 100 + 1000];
        int size = deflater.deflate(packed);
        deflater.end();
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0});
        int name = Math.max(0, length - out.size() - size - 1 - 8);
        var letters = new byte[name];
        Arrays.fill(letters, (byte) 'n');
        out.write(letters);
        out.write(0);
        out.write(packed, 0, size);
        var sum = new CRC32();
        sum.update(body);
        for (long number : new long[] {sum.getValue(), body.length}) {
            for (int i = 0; i < 4; i++) {
                out.write((int) (number >> (8 * i)));
            }
        }
        assertThat(out.size()).isGreaterThanOrEqualTo(length);
        return out.toByteArray();
    }
}
