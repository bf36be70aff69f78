package dev.weir.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
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

    /** Whatever is changed in a text: it is JSON to both readers or to none, and says the same. */
    @Test
    void what_is_json_is_decided_as_another_reader_decides_it() {
        System.out.println("seed " + (SEED + 1));
        var random = new Random(SEED + 1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var body = MAPPER.createObjectNode();
            body.set("it", value(random, 2));
            body.set("passed over", value(random, 2));
            var text = changed(random, body.toString());
            var tree = tree(text);

            var read = read(text, ANYTHING);

            assertThat(read.isPresent()).as(text).isEqualTo(tree instanceof ObjectNode);
            refused += read.isPresent() ? 0 : 1;
            if (tree instanceof ObjectNode object) {
                var it = object.get("it");
                var sent = read.orElseThrow();
                assertThat(sent.has("it")).as(text).isEqualTo(it != null);
                assertThat(sent.get("it")).as(text).isEqualTo(it == null ? null : plain(it));
            }
        }
        assertThat(refused).isBetween(5_000, 19_000);
    }

    @Test
    void a_text_that_was_cut_off_is_refused_wherever_that_was() {
        var text = "{\"it\":[1.5e+3,true,{\"a\":\"\\u00e9\\né\"},null],\"passed over\":{\"b\":[false,-0]}}";
        var whole = text.getBytes(UTF_8);

        assertThat(read(text, ANYTHING)).isPresent();
        for (int length = 0; length < whole.length; length++) {
            assertThat(Json.object(ByteBuffer.wrap(whole, 0, length), ANYTHING))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @Test
    void only_utf8_is_read_behind_a_mark_or_without_one() {
        assertThat(read("\ufeff{\"it\":\"é\"}", ANYTHING).orElseThrow().get("it"))
                .isEqualTo("é");
        assertThat(read("\ufeff\ufeff{}", ANYTHING)).isEmpty();
        assertThat(read("{ }", ANYTHING)).isEmpty();
        for (var wrong : List.of("c3", "c328", "e282", "eda080", "c080", "f0288cbc", "fe", "80")) {
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes("{\"it\":\"".getBytes(UTF_8));
            bytes.writeBytes(HexFormat.of().parseHex(wrong));
            bytes.writeBytes("\"}".getBytes(UTF_8));

            assertThat(Json.object(ByteBuffer.wrap(bytes.toByteArray()), ANYTHING))
                    .as(wrong)
                    .isEmpty();
        }
    }

    @Test
    void names_are_compared_as_they_read() {
        var shape = Shape.members(Map.of("type", Shape.SCALAR));

        assertThat(read("{\"t\\u0079pe\":\"a\"}", shape).orElseThrow().get("type"))
                .isEqualTo("a");
        assertThat(read("{\"ty\\u0000pe\":\"a\",\"typ\":1,\"types\":2}", shape)).contains(Sent.NOTHING);
    }

    /** What is read once for several events has to be what each would have had. */
    @Test
    void elements_that_come_again_are_read_as_if_each_came_alone() {
        System.out.println("seed " + (SEED + 2));
        var random = new Random(SEED + 2);
        var kinds = List.of(
                "{\"t\":\"div\",\"c\":[\"row\",\"a},{b\"],\"n\":%d}",
                "{\"t\":\"a\",\"i\":\"x}]%d\"}",
                "{\"t\":\"INPUT\",\"a\":{\"type\":\"text\"},\"n\":%d,\"k\":1}",
                "{ \"t\" : \"b\" , \"n\" : %d }",
                "{\"t\":\"b\",\"more\":[{},{\"x\":{}}],\"n\":%d}",
                "{}",
                "%d",
                "{\"t\":\"li\",\"n\":%d,\"i\":\"\\\"}]é\"}",
                "{\"t\":\"" + "long".repeat(200) + "\",\"n\":%d}");
        var path = Shape.items(new ElementShape(), Integer.MAX_VALUE);
        var shape = Shape.members(Map.of("paths", Shape.items(path, Integer.MAX_VALUE)));
        for (int i = 0; i < 500; i++) {
            var written = new ArrayList<List<String>>();
            for (int paths = 0; paths < 6; paths++) {
                var elements = new ArrayList<String>();
                for (int depth = random.nextInt(5); depth >= 0; depth--) {
                    elements.add(kinds.get(random.nextInt(kinds.size())).formatted(random.nextInt(3)));
                }
                written.add(elements);
            }
            var text = written.stream()
                    .map(elements -> "[" + String.join(",", elements) + "]")
                    .collect(Collectors.joining(","));
            var alone = new ArrayList<List<@Nullable Object>>();
            for (var elements : written) {
                var each = new ArrayList<@Nullable Object>();
                elements.forEach(element -> each.add(first(first(paths("[" + element + "]", shape)))));
                alone.add(each);
            }

            assertThat(paths(text, shape)).as(text).isEqualTo(alone);
        }
    }

    private static @Nullable Object paths(String written, Shape shape) {
        return read("{\"paths\":[" + written + "]}", shape).orElseThrow().get("paths");
    }

    private static @Nullable Object first(@Nullable Object list) {
        return ((List<?>) Objects.requireNonNull(list)).get(0);
    }

    private static String changed(Random random, String text) {
        var signs = "\"\\{}[],:0123456789.eE+-tfnulrs \n\t\u0001éx/";
        var changed = new StringBuilder(text);
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(changed.length());
            char sign = signs.charAt(random.nextInt(signs.length()));
            switch (random.nextInt(3)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.setCharAt(at, sign);
                default -> changed.insert(at, sign);
            }
        }
        // Half of a surrogate pair, which is left where the other went, is no text in UTF-8.
        return new String(changed.toString().getBytes(UTF_8), UTF_8);
    }

    /** Null where it is no JSON. */
    private static @Nullable JsonNode tree(String text) {
        try {
            return MAPPER.reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
        } catch (JsonProcessingException e) {
            return null;
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
            object.properties().forEach(member -> map.put(Clean.text(member.getKey()), plain(member.getValue())));
            return map;
        }
        if (node instanceof ArrayNode array) {
            var list = new ArrayList<@Nullable Object>();
            array.forEach(item -> list.add(plain(item)));
            return list;
        }
        if (node.isIntegralNumber() && !node.canConvertToLong()) {
            return node.asText();
        }
        if (node.isIntegralNumber()) {
            long number = node.longValue();
            return Math.abs(number) <= 1L << 53 ? (Object) number : String.valueOf(number);
        }
        if (node.isNumber()) {
            double number = node.doubleValue();
            return Double.isFinite(number) ? (Object) number : String.valueOf(number);
        }
        var text = node.textValue();
        return node.isBoolean() ? (Object) node.booleanValue() : text == null ? null : Clean.text(text);
    }
}
