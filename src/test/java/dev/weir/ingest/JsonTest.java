package dev.weir.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a body while it streams by. */
class JsonTest {

    private static final long SEED = 20261127;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Shape ANYTHING = Shape.members(Map.of("it", Shape.ANY));

    @Test
    void what_the_contract_does_not_name_is_never_kept() {
        for (Endpoint endpoint : Endpoint.values()) {
            var named = endpoint.decoder().request(1000);

            var read = read("{\"secret\":{\"a\":[1,{\"b\":\"x\"}]},\"other\":[[1],2],\"also\":\"text\"}", named);

            assertThat(read).as(endpoint.path()).contains(Sent.NOTHING);
        }
    }

    @Test
    void of_an_entry_only_the_named_members_are_kept() {
        var read = read(
                "{\"events\":[{\"id\":\"a\",\"value\":\"typed\",\"page\":{\"url\":\"u\",\"html\":\"<b>\"}}]}",
                Endpoint.COLLECT.decoder().request(1000));

        var page = new Sent(Map.of("url", "u"));
        assertThat(read.orElseThrow().get("events")).isEqualTo(List.of(new Sent(Map.of("id", "a", "page", page))));
    }

    @Test
    void entries_beyond_the_limit_are_counted_and_not_read() {
        var read = read(
                "{\"events\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},4]}",
                Endpoint.COLLECT.decoder().request(2));

        var entries = new ArrayList<@Nullable Object>();
        entries.add(new Sent(Map.of("id", "a")));
        entries.add(new Sent(Map.of("id", "b")));
        entries.add(null);
        entries.add(null);
        assertThat(read.orElseThrow().get("events")).isEqualTo(entries);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\":[1,}",
                "{\"x\":{\"y\":tru}}",
                "{\"x\":\"\\q\"}",
                "{\"x\":1}{}",
                "{\"x\":01}",
                "[]",
                "7",
                ""
            })
    void what_is_passed_over_has_to_be_json_too(String text) {
        assertThat(read(text, Shape.members(Map.of()))).isEmpty();
    }

    @Test
    void what_is_passed_over_has_a_depth_too() {
        var deep = "[".repeat(63) + "]".repeat(63);

        assertThat(read("{\"x\":" + deep + "}", Shape.members(Map.of()))).isPresent();
        assertThat(read("{\"x\":[" + deep + "]}", Shape.members(Map.of()))).isEmpty();
    }

    @Test
    void what_is_passed_over_has_a_number_of_tokens_too() {
        var many = "1,".repeat(400_000);

        assertThat(read("{\"x\":[" + many + "1]}", Shape.members(Map.of()))).isEmpty();
    }

    @Test
    void the_last_of_a_repeated_name_counts() {
        assertThat(read("{\"it\":1,\"it\":{\"a\":1,\"a\":2}}", ANYTHING)
                        .orElseThrow()
                        .get("it"))
                .isEqualTo(Map.of("a", 2L));
    }

    @Test
    void numbers_that_not_every_reader_understands_alike_stay_text() {
        assertThat(read(
                                "{\"it\":[9007199254740992,9007199254740993,-9007199254740993,1e400,1.5,123456789012345678901]}",
                                ANYTHING)
                        .orElseThrow()
                        .get("it"))
                .isEqualTo(List.of(
                        9007199254740992L,
                        "9007199254740993",
                        "-9007199254740993",
                        "Infinity",
                        1.5,
                        "123456789012345678901"));
    }

    /** The reading of a tree is short enough to be seen right; the stream has to come to the same. */
    @Test
    void a_stream_gives_what_a_tree_of_the_same_text_would() throws JsonProcessingException {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            var body = MAPPER.createObjectNode();
            body.set("it", value(random, 0));
            body.set("passed over", value(random, 0));
            var text = MAPPER.writeValueAsString(body);

            assertThat(read(text, ANYTHING).orElseThrow().get("it")).as(text).isEqualTo(plain(body.get("it")));
        }
    }

    private static Optional<Sent> read(String text, Shape shape) {
        return Json.object(ByteBuffer.wrap(text.getBytes(UTF_8)), shape);
    }

    private static JsonNode value(Random random, int depth) {
        var nodes = MAPPER.getNodeFactory();
        return switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> nodes.textNode("t\"\\\u0007é😀".repeat(random.nextInt(3)) + random.nextInt(100));
            case 1 -> nodes.numberNode(random.nextLong());
            case 2 -> nodes.numberNode(random.nextInt(100));
            case 3 -> nodes.numberNode(random.nextGaussian());
            case 4 -> nodes.booleanNode(random.nextBoolean());
            case 5 -> nodes.nullNode();
            case 6 -> array(random, depth);
            default -> object(random, depth);
        };
    }

    private static ArrayNode array(Random random, int depth) {
        var array = MAPPER.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(random, depth + 1));
        }
        return array;
    }

    private static ObjectNode object(Random random, int depth) {
        var object = MAPPER.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set("k" + random.nextInt(5), value(random, depth + 1));
        }
        return object;
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var map = new LinkedHashMap<String, @Nullable Object>();
            object.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
            return map;
        }
        if (node instanceof ArrayNode array) {
            var list = new ArrayList<@Nullable Object>();
            array.forEach(item -> list.add(plain(item)));
            return list;
        }
        if (node.isIntegralNumber()) {
            long number = node.longValue();
            return Math.abs(number) <= 1L << 53 ? (Object) number : String.valueOf(number);
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }
}
