package dev.weir.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.Programs;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the founding runbook, as a team that follows it has them on its pages and servers: only Heap's hosts and the
 * placeholder of the App ID are replaced, and the indentation that Python needs stands again. Where the runbook says "same loader
 * code as above" Weir's own loader stands: Heap's, as printed there, has no {@code stopTracking} and throws at the next line.
 */
@QuarkusTest
class RunbookTest {

    private final Tenant tenant = Tenant.development();

    @TempDir
    Path folder;

    @BeforeEach
    void renewed() {
        Renewal.now();
    }

    @Test
    void the_python_client_gets_its_200_with_a_timestamp_of_none() throws Exception {
        var script = Files.writeString(
                folder.resolve("client.py"),
                example("client.py")
                        + "print(track_server_event('USR-12345', 'Order Confirmed'))\n"
                        + "handle_stripe_renewal({'metadata': {'heap_user_id': 'USR-12345'},"
                        + " 'plan': {'id': 'pro', 'amount': 4900, 'interval': 'month'}})\n");
        var python = Programs.python("requests", "python3-requests");
        var process = new ProcessBuilder(python.toString(), script.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();

        assertThat(said.strip()).isEqualTo("True");
        assertThat(process.exitValue()).isZero();
        assertThat(rows("select name, identity from event where environment = ? and name is not null order by name"))
                .containsExactly("Order Confirmed | USR-12345", "Subscription Renewed | USR-12345");
        assertThat(rows("select name, value from subject_property where environment = ? order by name"))
                .containsExactly("customer_tier | gold", "lifetime_orders | 6", "total_spend | 599.94");
    }

    @Test
    void the_snippet_with_consent_is_still_until_consent_is_granted() throws Exception {
        try (var window = Chromium.shared().newContext()) {
            var page = window.newPage();
            var errors = new CopyOnWriteArrayList<String>();
            page.onPageError(errors::add);
            open(
                    page,
                    "<script>function hasAnalyticsConsent() { return false }</script>" + example("consent.html")
                            + "<button>Press</button>");
            page.waitForFunction("window.heap.loaded");
            page.click("button");
            assertThat(events()).isZero();

            page.evaluate("onConsentGranted()");
            page.click("button");

            page.waitForCondition(
                    () -> number("select count(*) from event where environment = ? and type = 'click'") > 0);
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void nothing_of_what_carries_heap_ignore_is_captured() throws Exception {
        try (var window = Chromium.shared().newContext()) {
            var page = window.newPage();
            open(
                    page,
                    "<script>function hasAnalyticsConsent() { return true }</script>" + example("consent.html")
                            + example("ignored.html") + "<button>Press</button>");
            page.waitForFunction("window.heap.loaded");
            page.fill("[type=email]", "jane@example.com");
            // The form's GET would write the fields into the address, which is another matter.
            page.evaluate(
                    "document.querySelector('#sensitive-form').addEventListener('submit', e => e.preventDefault())");
            page.click("span");
            page.click("p >> nth=0");
            page.click("p >> nth=1");
            page.fill("[name=ssn]", "536-22-8917");
            page.fill("[name=medical_info]", "none");
            page.evaluate("document.querySelector('#sensitive-form').requestSubmit()");
            page.click("button");

            page.waitForCondition(
                    () -> number("select count(*) from event where environment = ? and type = 'click'") > 0);
            assertThat(
                            rows(
                                    "select type, body from event where environment = ? and type not in ('session', 'pageview')"))
                    .singleElement()
                    .asString()
                    .contains("Press")
                    .doesNotContain("john", "John", "(555", "123-4567", "sensitive", "ssn", "medical");
        }
    }

    private void open(Page page, String body) {
        page.route(
                "**/runbook-test*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<!doctype html><title>Test</title>" + body)));
        page.navigate(SignedIn.base() + "/runbook-test");
    }

    private String example(String file) throws IOException {
        return Files.readString(Path.of("src/test/resources/runbook", file))
                .replace(
                        "// ... (same loader code as above)",
                        Files.readString(Path.of("src/main/resources/snippet/loader.js"))
                                .replace("__WEIR__", SignedIn.base()))
                .replace("https://cdn.heapanalytics.com", SignedIn.base())
                .replace("https://heapanalytics.com", SignedIn.base())
                .replace("YOUR_APP_ID", tenant.app());
    }

    private long events() {
        return number("select count(*) from event where environment = ?");
    }

    private long number(String sql) {
        return tenant.number(sql, tenant.environment().value());
    }

    private List<String> rows(String sql) {
        return tenant.rows(sql, tenant.environment().value());
    }
}
