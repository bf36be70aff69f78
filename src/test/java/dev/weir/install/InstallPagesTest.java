package dev.weir.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.weir.access.Role;
import dev.weir.kernel.AppId;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InstallPagesTest {

    /** Everything that the documentation of both generations says a page may call. */
    private static final List<String> DOCUMENTED = List.of(
            "load",
            "init",
            "track",
            "trackPageview",
            "identify",
            "resetIdentity",
            "addUserProperties",
            "addAccountProperties",
            "addEventProperties",
            "setEventProperties",
            "removeEventProperty",
            "unsetEventProperty",
            "clearEventProperties",
            "getUserId",
            "getIdentity",
            "getSessionId",
            "onReady",
            "addTransformerFn",
            "startTracking",
            "stopTracking");

    private final Snippets snippets = new Snippets();

    @TempDir
    Path folder;

    private Tenant tenant;

    @BeforeEach
    void a_tenant() {
        tenant = Tenant.development();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "consent", "gtm", "curl", "python", "java", "node"})
    void every_kind_of_code_is_for_the_chosen_app_id_and_this_server(String way) {
        SignedIn.as(Role.AUDITOR)
                .request()
                .get("/console/" + tenant.environment() + "/snippet?app=" + tenant.app() + "&way=" + way)
                .then()
                .statusCode(200)
                .body(allOf(containsString(tenant.app()), containsString(":" + io.restassured.RestAssured.port)));
        assertThat(code(way)).contains(tenant.app(), SignedIn.base()).doesNotContain("__");
    }

    @Test
    void the_loader_is_small() {
        var direct = code("direct");

        assertThat(direct.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1229);
    }

    @Test
    void an_address_that_could_end_a_string_is_no_server() {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> snippets.browser(new AppId(tenant.app()), "https://x\"+alert(1)+\""));
    }

    @Test
    void the_direct_snippet_works_under_a_strict_policy_with_nonce_and_trusted_types() {
        // given
        var policy = snippets.contentSecurityPolicy(new AppId(tenant.app()), SignedIn.base())
                .replace("{RANDOM}", "abc123")
                .replace("Content-Security-Policy:", "")
                .replaceAll("\\s+", " ");
        try (var window = Chromium.shared().newContext()) {
            var page = window.newPage();
            serve(
                    page,
                    "/snippet-test",
                    code("direct").replace("<script>", "<script nonce=\"abc123\">"),
                    Map.of(
                            "Content-Security-Policy",
                            policy + " require-trusted-types-for 'script'; default-src 'none'"));

            // when
            renewed();
            page.navigate(SignedIn.base() + "/snippet-test");

            // then
            arrived("pageview");
        }
    }

    @Test
    void the_snippet_stubs_every_documented_method_before_the_script_is_there() {
        try (var window = Chromium.shared().newContext()) {
            var page = window.newPage();
            page.route("**/js/heap-*", Route::abort);
            serve(page, "/snippet-test", code("direct"), Map.of());

            page.navigate(SignedIn.base() + "/snippet-test");

            for (var method : DOCUMENTED) {
                assertThat(page.evaluate("name => typeof heap[name]", method))
                        .as(method)
                        .isEqualTo("function");
            }
        }
    }

    @Test
    void the_snippet_with_consent_sends_nothing_until_consent_is_given() {
        try (var window = Chromium.shared().newContext()) {
            // given
            var page = window.newPage();
            serve(page, "/snippet-test", code("consent"), Map.of());
            renewed();
            page.navigate(SignedIn.base() + "/snippet-test");
            page.waitForFunction("window.heap && heap.loaded");
            page.click("button");
            assertThat(tenant.number(
                            "select count(*) from event where environment = ?",
                            tenant.environment().value()))
                    .isZero();

            // when
            page.evaluate("onConsentGranted()");
            page.click("button");

            // then
            arrived("click");
        }
    }

    @Test
    void the_java_code_compiles_and_stores_an_event() throws Exception {
        // given
        var source = Files.writeString(folder.resolve("Track.java"), code("java"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, "-d", folder.toString(), source.toString()))
                .isZero();
        renewed();

        // when
        var said = run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", folder.toString(), "Track");

        // then
        assertThat(said).startsWith("200 ").contains("\"accepted\":1");
    }

    @Test
    void the_request_that_the_curl_command_describes_stores_an_event() throws Exception {
        // given
        var command = code("curl");
        renewed();

        // when
        var answer = replay(command);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"accepted\":1");
    }

    @Test
    void the_other_programs_do_what_they_say_where_their_language_is_there_and_send_the_same_request_everywhere()
            throws Exception {
        renewed();
        for (var program : Map.of("python3", "python", "node", "node").entrySet()) {
            var text = code(program.getValue());
            assertThat(text)
                    .contains("/api/track", "application/json", "app_id", "identity", "event", "properties")
                    .contains("idempotency_key", "Subscription Renewed");
            var file = program.getValue().equals("python") ? "track.py" : "track.mjs";
            Files.writeString(folder.resolve(file), text);
            var tool = onPath(program.getKey());
            if (tool.isPresent()) {
                assertThat(run(tool.get().toString(), folder.resolve(file).toString()))
                        .containsAnyOf("accepted", "duplicate");
            } else {
                assertThat(replay(code("curl")).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void where_a_server_key_is_required_every_program_sends_it_from_its_surroundings() {
        var codes = snippets.server(new AppId(tenant.app()), SignedIn.base(), true);

        assertThat(codes)
                .hasSize(4)
                .allSatisfy(code -> assertThat(code.text()).contains("Authorization", "Bearer", "WEIR_SERVER_KEY"));
    }

    @Test
    void the_page_waits_for_the_first_event_and_says_when_it_has_come() throws Exception {
        try (var window = SignedIn.as(Role.DEVELOPER).browser()) {
            // given
            var page = window.newPage();
            page.navigate("/console/" + tenant.environment() + "/snippet");
            PlaywrightAssertions.assertThat(page.locator("#arrival")).containsText("Waiting for the first event");

            // when
            renewed();
            replay(code("curl"));

            // then
            PlaywrightAssertions.assertThat(page.locator("#arrival"))
                    .containsText("arrived", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
        }
    }

    private String code(String way) {
        var app = new AppId(tenant.app());
        return Stream.concat(
                        snippets.browser(app, SignedIn.base()).stream(),
                        snippets.server(app, SignedIn.base(), false).stream())
                .filter(code -> code.way().id().equals(way))
                .findFirst()
                .orElseThrow()
                .text();
    }

    /** A page of this same origin, from which Development takes events. */
    private static void serve(Page page, String path, String snippet, Map<String, String> headers) {
        page.route(
                "**" + path,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setHeaders(headers)
                        .setBody("<!doctype html><title>Test</title>" + snippet + "<button>Press</button>")));
    }

    /** The data plane learns of a new App ID within seconds. */
    private void renewed() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (io.restassured.RestAssured.get("/api/policy/" + tenant.app()).statusCode() != 200) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void arrived(String type) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        var key = tenant.environment().value();
        try (var window = Chromium.shared().newContext()) {
            var pause = window.newPage();
            while (tenant.number("select count(*) from event where environment = ? and type = ?", key, type) == 0) {
                assertThat(System.nanoTime()).as("no " + type + " arrived").isLessThan(deadline);
                pause.waitForTimeout(100);
            }
        }
    }

    private static HttpResponse<String> replay(String curl) throws IOException, InterruptedException {
        var address = first("'(http[^']+)'", curl);
        var header = first("--header '([^']+)'", curl).split(": ", 2);
        var data = first("--data '([^']+)'", curl);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header(header[0], header[1])
                                .POST(HttpRequest.BodyPublishers.ofString(data))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String first(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static Optional<Path> onPath(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(each -> Path.of(each, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new ByteArrayOutputStream();
        process.getInputStream().transferTo(said);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said.toString(StandardCharsets.UTF_8);
    }
}
