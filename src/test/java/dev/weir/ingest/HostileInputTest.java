package dev.weir.ingest;

import static dev.weir.ingest.Sender.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes, the answer is a documented one, never a 5xx, and never repeats what came. */
@QuarkusTest
class HostileInputTest {

    private static final Path SUITE = Path.of("src/test/resources/pii/jsontestsuite");

    /** What is asked for nothing is answered when it was read: it names no App ID, or no events. */
    private static final List<Integer> READ = List.of(400, 404);

    private static Tenant tenant() {
        var tenant = Tenant.development();
        Renewal.now();
        return tenant;
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void every_file_of_the_json_test_suite_gets_a_documented_answer(Endpoint endpoint) throws IOException {
        var tenant = tenant();
        var answers = new TreeMap<String, Integer>();

        for (Path file : suite()) {
            var body = Files.readAllBytes(file);
            int expected = endpoint == Endpoint.COLLECT && body.length > 51_200 ? 413 : 400;
            int status = send(endpoint, tenant, body).statusCode();
            answers.put(file.getFileName().toString(), status == expected ? 400 : status);
        }

        assertThat(answers).hasSize(318);
        // None of them is a request, so none is taken; malformed ones and those without an App ID are 400.
        assertThat(answers.values()).containsOnly(400);
    }

    @Test
    void every_file_of_the_json_test_suite_as_a_property_is_taken_whole_or_not_at_all() throws IOException {
        var tenant = tenant();
        var wrong = new ArrayList<String>();

        for (Path file : suite()) {
            var name = file.getFileName().toString();
            var answer = send(Endpoint.TRACK, tenant, around(tenant, Files.readAllBytes(file)));
            boolean fine = switch (name.charAt(0)) {
                case 'y' -> answer.statusCode() == 200;
                case 'n' -> answer.statusCode() == 400;
                default -> answer.statusCode() == 200 || answer.statusCode() == 400;
            };
            if (!fine) {
                wrong.add(name + ": " + answer.statusCode());
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** The file in the place of a property's value, byte for byte. */
    private static byte[] around(Tenant tenant, byte[] value) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                ("{\"app_id\":\"" + tenant.app() + "\",\"event\":\"x\",\"identity\":\"a\",\"properties\":{\"p\":")
                        .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(value);
        out.writeBytes("}}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void nesting_without_end_is_refused(Endpoint endpoint) {
        var tenant = tenant();

        var arrays = send(endpoint, tenant, "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        var objects = send(endpoint, tenant, "{\"a\":".repeat(10_000).getBytes(StandardCharsets.UTF_8));

        assertThat(arrays.statusCode()).isIn(400, 413);
        assertThat(objects.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void a_bomb_is_not_inflated(Endpoint endpoint) throws IOException {
        var tenant = tenant();

        var answer = send(endpoint, tenant, bomb());

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    /** 30 MB of zeros in about 30 kB: small enough for every endpoint, too large for each once inflated. */
    private static byte[] bomb() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 30; i++) {
                gzip.write(zeros);
            }
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void broken_gzip_is_400(Endpoint endpoint) throws IOException {
        var tenant = tenant();
        var whole = TrackTest.gzip("{\"app_id\":\"" + tenant.app() + "\"}");
        var half = Arrays.copyOf(whole, whole.length / 2);

        assertThat(send(endpoint, tenant, half).statusCode()).isEqualTo(400);
        assertThat(send(endpoint, tenant, new byte[] {0x1f, (byte) 0x8b}).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void a_body_over_the_limit_is_413(Endpoint endpoint) {
        var tenant = tenant();

        var answer = send(endpoint, tenant, new byte[12 * 1024 * 1024]);

        answer.then().statusCode(413).contentType("application/problem+json");
    }

    /** White space counts: it is the sender who says how long the body is. */
    @ParameterizedTest
    @CsvSource({"COLLECT, 51200", "TRACK, 2097152", "BATCH, 2097152"})
    void a_body_as_long_as_may_be_is_read_and_one_byte_more_is_413(Endpoint endpoint, int limit) {
        var tenant = tenant();

        assertThat(send(endpoint, tenant, ("{" + " ".repeat(limit - 2) + "}").getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isIn(READ);
        assertThat(send(endpoint, tenant, ("{" + " ".repeat(limit - 1) + "}").getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"COLLECT, 51200", "TRACK, 4194304"})
    void an_inflated_body_as_long_as_may_be_is_read_and_one_byte_more_is_413(Endpoint endpoint, int limit)
            throws IOException {
        var tenant = tenant();
        // What can't be packed, so that a hundred times of it is enough.
        var noise = new byte[limit > 65_536 ? 40_000 : 0];
        new Random(7).nextBytes(noise);
        var beginning = "{\"x\":\"" + Base64.getEncoder().encodeToString(noise) + "\"";

        for (int more = 0; more <= 1; more++) {
            var body = beginning + " ".repeat(limit + more - beginning.length() - 1) + "}";
            assertThat(send(endpoint, tenant, TrackTest.gzip(body)).statusCode())
                    .as("%d bytes", body.length())
                    .isIn(more == 0 ? READ : List.of(413));
        }
    }

    @Test
    void ten_thousand_keys_are_cut_to_the_documented_number() {
        var tenant = tenant();
        var properties = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            properties.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"v\"");
        }

        var answer = Sender.track(tenant, "\"event\":\"x\",\"identity\":\"a\",\"properties\":{" + properties + "}");

        assertThat(Sender.counts(answer, 1)).containsEntry("accepted", 1);
        assertThat(tenant.bodies().get(0).split("\":\"v\"", -1)).hasSize(201);
    }

    @Test
    void text_that_no_database_holds_is_made_fit() {
        var tenant = tenant();

        var answer = Sender.track(
                tenant,
                "\"event\":\"nul\\u0000l \\ud800 half\",\"identity\":\"a\\u0000b\\udfff\",\"properties\":{\"k\\u0000\":\"ann\\u0000@shop.example\","
                        + "\"huge\":1e400,\"long\":123456789012345678901234567890,\"neg\":-0.0,\"list\":[1,\"\\ud83d\",null,true]}");

        assertThat(Sender.counts(answer, 1)).containsEntry("accepted", 1);
        assertThat(tenant.bodies().get(0))
                .contains("null \ufffd half")
                .contains("ab\ufffd")
                .contains("[email]")
                .doesNotContain("ann")
                .doesNotContain("\u0000");
    }

    @Test
    void a_byte_order_mark_is_passed_over_and_the_last_of_equal_keys_counts() {
        var tenant = tenant();

        var answer = send(
                Endpoint.TRACK,
                tenant,
                ("\ufeff{\"app_id\":\"" + tenant.app()
                                + "\",\"event\":\"first\",\"event\":\"last\",\"identity\":\"a\"}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(Sender.counts(answer, 1)).containsEntry("accepted", 1);
        assertThat(tenant.bodies().get(0)).contains("last").doesNotContain("first");
    }

    @Test
    void naughty_strings_are_data_like_any_other() throws IOException {
        var tenant = tenant();
        var strings = Files.readString(Path.of("src/test/resources/pii/blns/blns.json"));

        var inOne =
                Sender.track(tenant, "\"event\":\"blns\",\"identity\":\"a\",\"properties\":{\"all\":" + strings + "}");

        assertThat(Sender.counts(inOne, 1)).containsKey("accepted");
        var entries = new StringBuilder();
        var naughty = list(strings);
        for (String one : naughty) {
            var quoted = TextNode.valueOf(one).toString();
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"event\":" + quoted + ",\"identity\":" + quoted
                            + ",\"session_id\":\"s\",\"properties\":{" + quoted)
                    .append(":" + quoted + "},\"idempotency_key\":" + quoted + "}");
        }
        var inMany = Sender.track(tenant, "\"events\":[" + entries + "]");
        Sender.counts(inMany, naughty.size());
    }

    private static List<String> list(String json) throws IOException {
        return new ObjectMapper().readValue(json, new TypeReference<List<String>>() {});
    }

    /** Values of every kind, and one that the place it comes to nearly expects. */
    private static List<String> oddAnd(String near) {
        return List.of(
                "null",
                "0",
                "-1",
                "1.5e300",
                "true",
                "\"\"",
                "\"x\"",
                "[]",
                "[[]]",
                "{}",
                "{\"a\":{}}",
                "[null]",
                near);
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void wrong_types_everywhere_are_no_surprise(Endpoint endpoint) {
        var tenant = tenant();
        var app = "\"app_id\":\"" + tenant.app() + "\",\"writeKey\":\"" + tenant.app() + "\",";
        var values = oddAnd("[{}]");
        var members = List.of(
                "event",
                "events",
                "identity",
                "user_id",
                "properties",
                "timestamp",
                "idempotency_key",
                "session_id",
                "users",
                "accounts",
                "account_id",
                "batch",
                "v",
                "policy",
                "sent",
                "consent",
                "user",
                "session",
                "page",
                "library");

        var statuses = new ArrayList<Integer>();
        for (String member : members) {
            for (String value : values) {
                var body = "{" + app + "\"event\":\"e\",\"user_id\":5,\"" + member + "\":" + value + "}";
                statuses.add(send(endpoint, tenant, body.getBytes(StandardCharsets.UTF_8))
                        .statusCode());
            }
        }

        assertThat(statuses).allMatch(status -> status == 200 || status == 400);
    }

    @Test
    void wrong_types_in_a_browsers_event_are_no_surprise() {
        var tenant = tenant();
        var values = oddAnd("[{\"t\":[],\"c\":7,\"a\":[],\"n\":\"x\"}]");
        var members = List.of(
                "id",
                "at",
                "type",
                "text",
                "href",
                "path",
                "properties",
                "name",
                "identity",
                "page",
                "session",
                "user");

        for (String member : members) {
            for (String value : values) {
                var event = "{\"id\":\"" + member + value.hashCode() + "\",\"at\":1,\"type\":\"click\",\"" + member
                        + "\":" + value + "}";
                var answer = Sender.collect(tenant, Tenant.ORIGIN, Sender.batch(event));
                Sender.counts(answer, 1);
            }
        }
    }

    private static Response send(Endpoint endpoint, Tenant tenant, byte[] body) {
        var request = request().contentType("text/plain").header("Origin", Tenant.ORIGIN);
        if (endpoint.decoder() instanceof SegmentDecoder && body.length > 0 && body[0] == '{') {
            var basic = Base64.getEncoder().encodeToString((tenant.app() + ":").getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + basic);
        }
        var answer = request.body(body).post(endpoint.path().replace(":app", tenant.app()));
        assertThat(answer.statusCode()).as(endpoint.path()).isLessThan(500);
        if (answer.statusCode() != 200) {
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(Sender.map(answer.asString())).containsOnlyKeys("type", "title", "status", "detail");
        }
        return answer;
    }

    private static List<Path> suite() throws IOException {
        try (var files = Files.list(SUITE)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
