package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program in its production profile, behind a proxy that it trusts, with limits that a test can reach. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductionIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String PROXY = "127.0.0.1";
    private static final String SOMEBODY_ELSE = "127.0.0.2";

    private static final String HSTS = "strict-transport-security: max-age=31536000";

    private Node weir;
    private DataPlane plane;
    private String app;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        weir = Node.start(
                folder,
                Map.of(
                        "quarkus.profile", "prod",
                        "quarkus.http.proxy.proxy-address-forwarding", "true",
                        "quarkus.http.proxy.trusted-proxies", PROXY,
                        "weir.ingest.body-timeout", "1s",
                        "weir.ingest.rate.per-second", "1",
                        "weir.ingest.rate.burst", "20",
                        // As on a machine for which there is no native library.
                        "brotli4j.library.path", folder.resolve("nothing.so").toString()));
        app = Person.settingUp(weir).app("production");
        plane = new DataPlane(weir.address());
        plane.knowing(app);
    }

    @AfterAll
    void end() {
        weir.close();
    }

    @Test
    void there_is_no_sample_shop() throws IOException, InterruptedException {
        for (var path : new String[] {"/sample/", "/sample/app", "/sample/weir.js"}) {
            assertThat(plane.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void the_log_is_json_line_by_line_and_holds_the_set_up_link() {
        var lines = weir.log().lines().toList();

        assertThat(lines).noneMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\d.*"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("{"))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(JSON.readTree(line).path("message").isTextual())
                                .isTrue())
                .anyMatch(line -> line.contains("/console/setup?token="))
                .anyMatch(line -> line.contains("Listening on"));
    }

    @Test
    void a_trusted_proxy_that_speaks_tls_gets_secure_cookies_and_strict_transport() throws IOException {
        var answer = signInPage(PROXY, "X-Forwarded-Proto: https\r\n");

        assertThat(answer).contains("weir_csrf=").contains("; secure").contains(HSTS);
    }

    @Test
    void without_tls_no_cookie_is_secure_and_no_transport_is_promised() throws IOException {
        var answer = signInPage(PROXY, "X-Forwarded-Proto: http\r\n");

        assertThat(answer).contains("weir_csrf=").doesNotContain("; secure").doesNotContain("strict-transport");
    }

    @Test
    void whoever_is_not_the_proxy_is_not_believed() throws IOException {
        var answer = signInPage(SOMEBODY_ELSE, "X-Forwarded-Proto: https\r\nX-Forwarded-For: 10.0.0.1\r\n");

        assertThat(answer).contains("weir_csrf=").doesNotContain("; secure").doesNotContain("strict-transport");
    }

    /** In lower case. */
    private String signInPage(String from, String headers) throws IOException {
        return Wire.exchange(
                        weir.address(),
                        from,
                        "GET /console/login HTTP/1.1\r\nHost: weir.example\r\n" + headers + "Connection: close\r\n\r\n")
                .toLowerCase(java.util.Locale.ROOT);
    }

    @Test
    void without_the_brotli_library_scripts_are_packed_with_gzip() throws IOException, InterruptedException {
        var browser = plane.get("/js/heap-" + app + ".js", "Accept-Encoding", "gzip, deflate, br, zstd");
        var only = plane.get("/js/heap-" + app + ".js", "Accept-Encoding", "br");

        assertThat(browser.statusCode()).isEqualTo(200);
        assertThat(browser.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(browser.headers().firstValue("ETag").orElse("")).endsWith("-gz\"");
        assertThat(only.statusCode()).isEqualTo(200);
        assertThat(only.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void an_app_id_that_sends_too_much_is_told_when_to_come_again() throws IOException, InterruptedException {
        var twenty = "{\"app_id\":\"" + app + "\",\"events\":["
                + "{\"event\":\"x\",\"identity\":\"a\"},".repeat(19)
                + "{\"event\":\"x\",\"identity\":\"a\"}]}";
        var batch = "{\"v\":1,\"events\":["
                + "{\"id\":\"e\",\"at\":1,\"type\":\"pageview\"},".repeat(19)
                + "{\"id\":\"e\",\"at\":1,\"type\":\"pageview\"}]}";

        var first = plane.post("/api/track", twenty, "Content-Type", "application/json");
        var second = plane.post("/api/track", twenty, "Content-Type", "application/json");
        var page = plane.post("/api/collect/" + app, batch, "Origin", "https://shop.example");

        assertThat(first.statusCode()).isEqualTo(200);
        for (var refused : new java.net.http.HttpResponse<?>[] {second, page}) {
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]?");
            assertThat(refused.headers().firstValue("RateLimit-Policy").orElse(""))
                    .startsWith("\"app\";q=20;w=20, \"address\";");
            assertThat(refused.headers().firstValue("RateLimit").orElse("")).startsWith("\"app\";r=");
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(page.headers().firstValue("Access-Control-Expose-Headers")).contains("Retry-After");
    }

    @Test
    void a_body_that_does_not_come_is_answered_408_and_its_connection_ends() throws IOException {
        for (var path : new String[] {"/api/track", "/api/collect/" + app}) {
            var answer = Wire.exchange(
                    weir.address(),
                    PROXY,
                    "POST " + path + " HTTP/1.1\r\nHost: weir.example\r\nContent-Length: 100\r\n\r\n{");

            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
        }
    }
}
