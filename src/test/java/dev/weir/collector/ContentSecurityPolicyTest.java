package dev.weir.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Chromium;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weir's own snippet under the policies that careful sites have. */
class ContentSecurityPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "script-src 'nonce-r4nd0m'; connect-src 'self'; style-src 'none'",
                "script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src 'self'",
                "script-src 'nonce-r4nd0m'; require-trusted-types-for 'script'; trusted-types weir",
                "default-src 'none'; script-src 'nonce-r4nd0m'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types weir"
            })
    void the_snippet_works_under(String policy) throws Exception {
        try (var site = new Site().script(CollectorBundle.open(), Site.OPEN_POLICY);
                var context = Chromium.shared().newContext()) {
            site.page(
                    "/",
                    "<!doctype html><title>Shop</title><script nonce=r4nd0m>" + loader(site)
                            + "\nheap.load('1234567890', {}); heap.track('Early');</script><button>Go</button>",
                    Map.of("Content-Security-Policy", policy));
            var page = context.newPage();
            var complaints = new ArrayList<String>();
            page.onConsoleMessage(message -> complaints.add(message.text()));

            page.navigate(site.origin() + "/");
            site.await("pageview");
            page.click("button");

            site.await("click");
            assertThat(site.await("custom").get("name").asText()).isEqualTo("Early");
            assertThat(complaints)
                    .filteredOn(text -> text.contains("Content Security") || text.contains("Trusted"))
                    .isEmpty();
        }
    }

    @Test
    void a_stop_right_after_the_snippet_throws_nothing_and_nothing_leaves() throws Exception {
        try (var site = new Site().script(CollectorBundle.open(), Site.OPEN_POLICY);
                var context = Chromium.shared().newContext()) {
            site.page("/", """
                    <!doctype html><title>Shop</title><script>
                    %s
                    heap.load("1234567890", {
                    secureCookie: true,
                    disableTextCapture: false
                    });
                    function hasAnalyticsConsent() { return false; }
                    // Check consent status
                    if (!hasAnalyticsConsent()) {
                    // Heap is loaded but not yet tracking
                    heap.stopTracking(); // Pause data collection
                    }
                    // When consent is granted:
                    function onConsentGranted() {
                    heap.startTracking(); // Resume data collection
                    }
                    </script><button>Go</button>""".formatted(loader(site)));
            var page = context.newPage();
            var errors = new ArrayList<String>();
            page.onPageError(errors::add);

            page.navigate(site.origin() + "/");
            page.waitForFunction("heap.loaded");
            page.click("button");
            page.evaluate("dispatchEvent(new Event('pagehide'))");
            assertThat(site.received()).isEmpty();
            assertThat(context.cookies()).isEmpty();

            page.evaluate("onConsentGranted()");
            page.click("button");
            site.await("click");
            assertThat(site.events("click")).hasSize(1);
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void the_snippet_stubs_every_method_and_is_small() throws Exception {
        try (var site = new Site();
                var context = Chromium.shared().newContext()) {
            site.page("/", "<!doctype html><script>" + loader(site) + "</script>");
            var page = context.newPage();
            page.navigate(site.origin() + "/");

            for (String method : java.util.List.of(
                    "load",
                    "track",
                    "trackPageview",
                    "identify",
                    "resetIdentity",
                    "addUserProperties",
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
                    "stopTracking")) {
                assertThat(page.evaluate("typeof heap." + method)).as(method).isEqualTo("function");
            }
            assertThat(loader(site).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1200);
        }
    }

    private static String loader(Site site) throws Exception {
        try (var in = Objects.requireNonNull(
                ContentSecurityPolicyTest.class.getResourceAsStream("/snippet/loader.js"), "the loader's text")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("__WEIR__", site.origin());
        }
    }
}
