package dev.weir.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.testsupport.Tenant;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Sends as clients do, and checks on the way that what was received adds up in every answer. */
final class Sender {

    private static final RestAssuredConfig AS_IS = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .defaultContentCharset("UTF-8")
                    .encodeContentTypeAs("application/x-www-form-urlencoded", ContentType.BINARY));

    private static final ObjectMapper JSON = new ObjectMapper();

    private Sender() {}

    static RequestSpecification request() {
        return given().config(AS_IS);
    }

    static Response post(String path, String json) {
        return request().contentType("application/json").body(json).post(path);
    }

    static Response track(Tenant tenant, String rest) {
        return post("/api/track", "{\"app_id\":\"" + tenant.app() + "\"," + rest + "}");
    }

    static Response collect(Tenant tenant, String origin, String json) {
        return request()
                .contentType("text/plain")
                .header("Origin", origin)
                .body(json)
                .post("/api/collect/" + tenant.app());
    }

    /** A browser's batch with these events, as the collector sends it. */
    static String batch(String events) {
        return "{\"v\":1,\"policy\":\"x\",\"sent\":1764000000000,\"user\":\"1234567890123456\",\"session\":{\"id\":\"11\",\"at\":1},"
                + "\"page\":{\"id\":\"22\",\"at\":1,\"url\":\"https://shop.example/cart\",\"title\":\"Cart\"},\"events\":["
                + events
                + "]}";
    }

    /** The counts of an answer; together they are what was sent. */
    static Map<String, Object> counts(Response response, int received) {
        response.then().statusCode(200);
        // Not through REST Assured's paths: they compile a program for each of thousands of answers.
        var counts = map(response.asString());
        assertThat(number(counts, "accepted")
                        + number(counts, "quarantined")
                        + number(counts, "duplicate")
                        + dropped(counts))
                .as("accepted + quarantined + duplicate + dropped")
                .isEqualTo(received);
        assertThat(number(counts, "redacted")).isLessThanOrEqualTo(number(counts, "accepted"));
        return counts;
    }

    static Map<String, Object> map(String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError("not a JSON object", e);
        }
    }

    private static int number(Map<String, Object> counts, String name) {
        return counts.get(name) instanceof Integer number ? number : -1;
    }

    private static int dropped(Map<String, Object> counts) {
        return counts.get("dropped") instanceof Map<?, ?> reasons
                ? reasons.values().stream().mapToInt(count -> (Integer) count).sum()
                : -1;
    }
}
