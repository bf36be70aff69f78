package dev.weir.install;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.weir.access.Role;
import dev.weir.kernel.AppId;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
            "identifyHashed",
            "resetIdentity",
            "addUserProperties",
            "addAccountProperties",
            "addPageviewProperties",
            "removePageviewProperty",
            "clearPageviewProperties",
            "addAdapter",
            "addTransformer",
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

    private Tenant tenant;

    @BeforeEach
    void a_tenant() {
        tenant = Tenant.development();
        Renewal.now();
    }

    @Test
    void a_host_with_an_underscore_is_an_address_like_any_other() {
        assertThat(page("weir_app:8080")).contains("http://weir_app:8080&quot;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a'b", "a%22b", "a;b", "a$(id)", "a,b:80", "a!b", ""})
    void a_host_that_is_no_address_is_not_repeated_and_breaks_no_page(String host) {
        assertThat(page(host))
                .contains("127.0.0.1:" + io.restassured.RestAssured.port)
                .doesNotContain("null/js");
        if (!host.isEmpty()) {
            assertThat(page(host)).doesNotContain(host + "/js/");
        }
    }

    /** The snippet page as somebody sees it who asks under this name. A socket: clients would correct the header. */
    private String page(String host) {
        var session = SignedIn.as(Role.AUDITOR).session();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), io.restassured.RestAssured.port)) {
            var request = "GET /console/" + tenant.environment() + "/snippet HTTP/1.1\r\nHost: " + host
                    + "\r\nCookie: weir_session=" + session + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            page.navigate(SignedIn.base() + "/snippet-test");

            // then
            arrived(page, "pageview");
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
    void a_documented_method_that_is_not_supported_says_so_and_breaks_nothing() {
        try (var window = Chromium.shared().newContext()) {
            // given
            var page = window.newPage();
            var console = new CopyOnWriteArrayList<String>();
            page.onConsoleMessage(message -> console.add(message.text()));
            serve(page, "/snippet-test", code("direct"), Map.of());
            page.navigate(SignedIn.base() + "/snippet-test");
            page.waitForFunction("window.heap && heap.loaded");

            // when
            page.evaluate("heap.addAdapter({}); heap.addPageviewProperties({a: 1})");

            // then
            assertThat(console)
                    .contains("Weir: addAdapter is not supported", "Weir: addPageviewProperties is not supported");
        }
    }

    @Test
    void the_script_is_asked_for_without_telling_the_page_s_address() {
        try (var window = Chromium.shared().newContext()) {
            var page = window.newPage();
            serve(page, "/snippet-test", "<meta name=referrer content=unsafe-url>" + code("direct"), Map.of());

            var asked = page.waitForRequest("**/js/heap-*", () -> page.navigate(SignedIn.base() + "/snippet-test"));

            assertThat(asked.allHeaders()).doesNotContainKey("referer");
        }
    }

    @Test
    void the_snippet_with_consent_sends_nothing_until_consent_is_given() {
        try (var window = Chromium.shared().newContext()) {
            // given
            var page = window.newPage();
            serve(page, "/snippet-test", code("consent"), Map.of());
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
            arrived(page, "click");
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
            given().contentType("application/json")
                    .body("{\"app_id\":\"" + tenant.app() + "\",\"identity\":\"u1\",\"event\":\"First\"}")
                    .post("/api/track")
                    .then()
                    .statusCode(200);

            // then
            PlaywrightAssertions.assertThat(page.locator("#arrival")).containsText("arrived");
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

    /** The page's requests are answered by this test: Playwright does that while it waits. */
    private void arrived(Page page, String type) {
        var key = tenant.environment().value();
        page.waitForCondition(
                () -> tenant.number("select count(*) from event where environment = ? and type = ?", key, type) > 0);
    }
}
