package dev.weir.snippet;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.Decoder;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SnippetTest {

    @Inject
    Collector collector;

    private static Tenant tenant() {
        var tenant = Tenant.production();
        Renewal.now();
        return tenant;
    }

    /** REST Assured unpacks by itself; here the bytes count. */
    private static HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void a_page_gets_the_collector_with_the_policy_in_force() throws Exception {
        var tenant = tenant();
        var hash = PolicyDocument.balanced().hash();

        var script = get("/js/heap-" + tenant.app() + ".js");
        var newer = get("/config/" + tenant.app() + "/heap_config.js");

        var text = new String(script.body(), StandardCharsets.UTF_8);
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(text)
                .startsWith("(()=>{const __WEIR__={app:\"" + tenant.app() + "\",hash:\"" + hash + "\",policy:{");
        assertThat(text).contains(PolicyDocument.balanced().canonical());
        assertThat(header(script, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(header(script, "ETag")).isEqualTo("\"" + hash + "-" + collector.version() + "\"");
        assertThat(header(script, "Cache-Control")).isEqualTo("public, max-age=60, stale-while-revalidate=86400");
        assertThat(header(script, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(script, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(script, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(header(script, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(newer.body()).isEqualTo(script.body());
    }

    @Test
    void a_page_is_not_told_what_the_server_alone_judges_by() throws Exception {
        var tenant = tenant();
        var expecting = Tenant.balancedWith(
                Map.of("schemas", List.of(Map.of("event", "paid", "property", "amount", "required", true))));
        tenant.publish(expecting);
        Renewal.now();

        var script = new String(get("/js/heap-" + tenant.app() + ".js").body(), StandardCharsets.UTF_8);
        var policy = new String(get("/api/policy/" + tenant.app()).body(), StandardCharsets.UTF_8);

        assertThat(script)
                .contains("hash:\"" + expecting.hash() + "\",policy:"
                        + JavaScript.literal(PolicyDocument.balanced().canonical()))
                .doesNotContain("\"schemas\"");
        assertThat(policy).isEqualTo(expecting.canonical()).contains("\"schemas\"");
    }

    @Test
    void each_coding_holds_the_same_script_under_a_tag_of_its_own() throws Exception {
        var path = "/js/heap-" + tenant().app() + ".js";

        var plain = get(path);
        var gzip = get(path, "Accept-Encoding", "gzip, deflate");
        var brotli = get(path, "Accept-Encoding", "gzip, deflate, br, zstd");
        var refused = get(path, "Accept-Encoding", "gzip;q=0, br;q=0, *");

        assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(Brotli4jLoader.isAvailable()).isTrue();
        assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
        assertThat(Decoder.decompress(brotli.body()).getDecompressedData()).isEqualTo(plain.body());
        assertThat(header(refused, "Content-Encoding")).isEmpty();
        assertThat(header(gzip, "ETag")).endsWith("-gz\"").isNotEqualTo(header(plain, "ETag"));
        assertThat(brotli.body().length).isLessThan(gzip.body().length);
    }

    @Test
    void a_known_tag_is_answered_304() throws Exception {
        var path = "/js/heap-" + tenant().app() + ".js";
        var tag = header(get(path), "ETag");

        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            var answer = get(path, "If-None-Match", known);
            assertThat(answer.statusCode()).as(known).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(header(answer, "ETag")).isEqualTo(tag);
        }
        assertThat(get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void a_new_revision_has_a_new_tag_and_a_restart_the_same() throws Exception {
        var tenant = tenant();
        var path = "/js/heap-" + tenant.app() + ".js";
        var before = header(get(path), "ETag");

        tenant.publish(PolicyDocument.strict());
        Renewal.now();
        var after = header(get(path), "ETag");

        assertThat(after).isNotEqualTo(before).contains(PolicyDocument.strict().hash());
        assertThat(new Collector().version()).isEqualTo(collector.version());
        assertThat(get(path, "If-None-Match", before).statusCode()).isEqualTo(200);
    }

    @Test
    void the_policy_is_served_in_its_canonical_form() {
        var tenant = tenant();
        var hash = PolicyDocument.balanced().hash();

        given().get("/api/policy/" + tenant.app())
                .then()
                .statusCode(200)
                .header("ETag", "\"" + hash + "\"")
                .contentType("application/json")
                .body(equalTo(PolicyDocument.balanced().canonical()));
        given().header("If-None-Match", "\"" + hash + "\"")
                .get("/api/policy/" + tenant.app())
                .then()
                .statusCode(304);
    }

    @Test
    void head_tells_the_length_and_nothing_else() throws Exception {
        var path = "/js/heap-" + tenant().app() + ".js";

        // REST Assured asks for gzip.
        var head = given().head(path);

        head.then().statusCode(200);
        assertThat(head.asByteArray()).isEmpty();
        assertThat(Integer.parseInt(head.header("Content-Length")))
                .isEqualTo(get(path, "Accept-Encoding", "gzip").body().length);
    }

    @Test
    void a_script_that_does_not_exist_is_a_harmless_comment() {
        for (String path :
                new String[] {"/js/heap-1111111111.js", "/js/heap-x.js", "/config/1111111111/heap_config.js"}) {
            var answer = given().get(path);
            answer.then().statusCode(404).header("Cache-Control", "no-store").header("ETag", nullValue());
            assertThat(answer.contentType()).startsWith("text/javascript");
            assertThat(answer.asString()).startsWith("/*").endsWith("*/\n");
        }
        given().get("/api/policy/1111111111").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void a_policy_cannot_end_the_script_it_is_in() throws Exception {
        var evil = Tenant.balancedWith(Map.of("events", List.of("</script><script>alert(1)//", "a\u2028b")));
        var tenant = Tenant.of("production", evil);
        Renewal.now();

        var script = new String(get("/js/heap-" + tenant.app() + ".js").body(), StandardCharsets.UTF_8);

        assertThat(script)
                .doesNotContain("</script>")
                .doesNotContain("\u2028")
                .contains("\\u003c/script\\u003e")
                .contains("a\\u2028b");
    }

    @Test
    void an_environment_with_an_unreadable_policy_is_not_served_and_health_says_so() {
        var tenant = tenant();
        tenant.publish("{\"version\":1,\"future\":true}", "0".repeat(64));
        Renewal.now();

        given().get("/js/heap-" + tenant.app() + ".js").then().statusCode(404);
        assertThat(given().get("/q/health/ready").asString())
                .contains(tenant.environment().value());
        tenant.publish(PolicyDocument.balanced());
        Renewal.now();
        given().get("/js/heap-" + tenant.app() + ".js").then().statusCode(200);
    }
}
