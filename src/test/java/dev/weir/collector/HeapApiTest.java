package dev.weir.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.weir.testsupport.Chromium;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code window.heap}, as pages written for Heap use it, of both generations. */
class HeapApiTest {

    private static final String HEAD = "<!doctype html><title>Shop</title><script src=/js/heap-1234567890.js></script>";

    private final Site site = new Site().script(CollectorBundle.open(), Site.OPEN_POLICY);
    private final List<String> console = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeEach
    void open() {
        context = Chromium.shared().newContext();
        page = context.newPage();
        page.onConsoleMessage((ConsoleMessage message) -> console.add(message.text()));
        page.onPageError(errors::add);
    }

    @AfterEach
    void close() {
        context.close();
        site.close();
    }

    private void visit(String html) {
        site.page("/", html);
        page.navigate(site.origin() + "/");
    }

    /** A page of somebody else's host, answered by this site. */
    private void answerForHeapsHost() {
        context.route("https://cdn.heapanalytics.com/**", route -> {
            var url = site.origin() + route.request().url().replaceFirst("https://[^/]+", "");
            var response = context.request()
                    .fetch(
                            url,
                            com.microsoft.playwright.options.RequestOptions.create()
                                    .setMethod(route.request().method())
                                    .setData(
                                            route.request().postData() == null
                                                    ? ""
                                                    : route.request().postData()));
            route.fulfill(new Route.FulfillOptions().setResponse(response));
        });
    }

    /** Playwright answers the requests that this test has routed while it waits. */
    private void awaitRouted(String type) {
        page.waitForCondition(() -> !site.events(type).isEmpty());
    }

    @Test
    void the_classic_snippet_and_its_examples_work_as_they_are() {
        answerForHeapsHost();
        site.pageFile("/", "runbook-classic.html");
        page.navigate(site.origin() + "/?token=1");
        awaitRouted("pageview");

        page.evaluate(
                "onUserLogin({id: 'USR-1', plan: 'pro', company: 'Acme', role: 'admin', createdAt: new Date(0)})");
        page.evaluate("onUserLogout()");
        page.click("#end");
        awaitRouted("click");

        assertThat(errors).isEmpty();
        var purchase = site.events("custom").get(0);
        assertThat(purchase.get("name").asText()).isEqualTo("Purchase Completed");
        assertThat(purchase.get("properties").get("revenue").asDouble()).isEqualTo(129.98);
        assertThat(purchase.get("properties").get("clean_url").asText()).isEqualTo("/");
        var identified = site.events("identify");
        assertThat(identified.get(0).get("identity").asText()).isEqualTo("USR-1");
        assertThat(identified.get(1).has("identity")).isFalse();
        assertThat(identified.get(1).get("properties").get("signup_date").asText())
                .startsWith("1970-01-01T");
        assertThat(identified.get(1).get("properties").has("clean_url")).isFalse();
        assertThat(site.events("reset")).hasSize(1);
        assertThat(site.received())
                .extracting(batch -> batch.json().get("user").asText())
                .satisfies(users -> assertThat(users.stream().distinct()).hasSize(2));
    }

    @Test
    void the_current_snippet_s_queue_is_drained_in_order() {
        site.pageFile("/", "v5.html");
        page.addInitScript("window.config = {disableTextCapture: true}");
        page.addInitScript("addEventListener('DOMContentLoaded', () => {heap.addEventProperties({plan: 'pro'});"
                + "heap.track('First', {n: 1}); heap.onReady(() => heap.track('Ready'))})");

        page.navigate(site.origin() + "/");
        site.await("custom", 2);
        page.click("#b");

        assertThat(site.await("click").has("text")).isFalse();
        assertThat(site.events("custom"))
                .extracting(e -> e.get("name").asText())
                .containsExactly("First", "Ready");
        assertThat(site.events("custom").get(0).get("properties").toString()).isEqualTo("{\"plan\":\"pro\",\"n\":1}");
        assertThat(errors).isEmpty();
        assertThat(
                        (Boolean)
                                page.evaluate(
                                        "heap.loaded === true && heap.envId === '1234567890' && !!heap.serverConfig.sdk.version && !!heap.getSessionId()"))
                .isTrue();
    }

    @Test
    void everything_third_parties_look_for_is_there() {
        visit(HEAD);
        site.await("pageview");

        assertThat((Boolean) page.evaluate("""
                () => heap.loaded === true && heap.appid === '1234567890' && typeof heap.config === 'object'
                  && ['track','identify','resetIdentity','addUserProperties','addEventProperties','setEventProperties','removeEventProperty',
                      'unsetEventProperty','clearEventProperties','startTracking','stopTracking','getUserId','getIdentity','getSessionId',
                      'onReady','trackPageview','addTransformerFn','load','init','push'].every(m => typeof heap[m] === 'function')
                  && /^\\d{1,16}$/.test(heap.userId) && heap.userId === heap.getUserId() && +heap.userId < 2 ** 53
                  && /^\\d{1,16}$/.test(heap.getSessionId()) && heap.getIdentity() === null && heap.identity === null""")).isTrue();
    }

    @Test
    void event_properties_stick_until_they_are_removed() {
        visit(HEAD + "<button>Go</button>");
        page.evaluate("heap.addEventProperties({a: 1, b: 2})");
        page.evaluate("heap.setEventProperties({c: 3}); heap.removeEventProperty('a'); heap.unsetEventProperty('b')");
        page.click("button");
        page.reload();
        page.evaluate("heap.track('Two', {d: 4})");
        page.evaluate("heap.clearEventProperties(); heap.track('Three')");

        var custom = site.await("custom", 2);
        assertThat(site.await("click").get("properties").toString()).isEqualTo("{\"c\":3}");
        assertThat(custom.get(0).get("properties").toString()).isEqualTo("{\"c\":3,\"d\":4}");
        assertThat(custom.get(1).path("properties").size()).isZero();
    }

    @Test
    void another_identity_on_the_same_device_gets_a_new_anonymous_id_first() {
        visit(HEAD);
        site.await("pageview");

        page.evaluate("heap.identify('one')");
        var first = page.evaluate("heap.userId");
        page.evaluate("heap.identify('one'); heap.identify('two')");
        var second = page.evaluate("heap.userId");
        site.await("identify", 2);

        assertThat(first).isNotEqualTo(second);
        assertThat(page.evaluate("heap.getIdentity()")).isEqualTo("two");
        assertThat(page.evaluate("heap.identity")).isEqualTo("two");
        assertThat(site.events("reset")).hasSize(1);
        assertThat(site.events("identify")).hasSize(2);
    }

    @Test
    void a_second_copy_does_nothing() {
        visit(HEAD + "<script src=/js/heap-1234567890.js></script><button>Go</button>");
        page.click("button");

        site.await("click");
        assertThat(site.events("pageview")).hasSize(1);
        assertThat(site.events("click")).hasSize(1);
        assertThat(console).filteredOn(line -> line.contains("twice")).hasSize(1);
    }

    @Test
    void rewrite_and_transformers_can_only_take_away() {
        visit(
                "<!doctype html><title>Shop</title><script>window.heap = []; heap.config = {rewrite: e => { window.seen = (window.seen || 0) + 1;"
                        + "if (e.name === 'Drop') return null; if (e.name === 'Throw') throw 1;"
                        + "e.text = e.text && e.text.replace('Jane', '***') ; e.properties = {a: e.properties && e.properties.a, added: document.title};"
                        + "e.path && (e.path[0].i = 'invented'); e.page.url = e.page.url + '#added'; return e; }};"
                        + "heap.push(['addTransformerFn', 'x', e => { if (e.name === 'Kept') e.name = 'Changed'; return e; }])</script>"
                        + "<script src=/js/heap-1234567890.js></script><button id=b class=c>Hello Jane</button>");
        page.click("button");
        page.evaluate("heap.track('Drop'); heap.track('Throw'); heap.track('Kept'); heap.track('Other', {a: 1, b: 2})");

        var custom = site.await("custom");
        var click = site.await("click");
        assertThat(click.get("text").asText()).isEqualTo("Hello ***");
        assertThat(click.get("path").get(0).has("i")).isFalse();
        assertThat(click.get("path").get(0).get("c").get(0).asText()).isEqualTo("c");
        assertThat(click.path("properties")).isEmpty();
        assertThat(site.events("custom").toString())
                .doesNotContain("Drop")
                .doesNotContain("Throw")
                .doesNotContain("Changed");
        var other = site.events("custom").stream()
                .filter(e -> e.path("name").asText().equals("Other"))
                .findFirst()
                .orElseThrow();
        assertThat(other.get("properties").toString()).isEqualTo("{\"a\":1}");
        assertThat(custom).isNotNull();
        for (Site.Received batch : site.received()) {
            assertThat(batch.json().get("page").has("url")).isFalse();
        }
    }

    @Test
    void a_property_bag_that_can_t_be_copied_costs_its_event_and_nothing_else() {
        visit(HEAD + "<button>Go</button>");
        page.evaluate(
                "const cyclic = {}; cyclic.self = cyclic; heap.track('Bad', cyclic); heap.track('Bad2', 7n); heap.track('Good', [1])");

        site.await("custom");
        assertThat(errors).isEmpty();
        assertThat(site.events("custom"))
                .extracting((JsonNode e) -> e.get("name").asText())
                .contains("Good")
                .doesNotContain("Bad");
    }

    @Test
    void without_a_valid_policy_it_captures_nothing_and_breaks_nothing() {
        var unwrapped = CollectorBundle.open();
        var invalid = List.of(
                CollectorBundle.served(unwrapped, "1234567890", "{\"version\":2}"),
                CollectorBundle.served(unwrapped, "1234567890", "null"));
        for (String script : invalid) {
            console.clear();
            site.rawScript(script);
            visit(
                    "<!doctype html><script>window.heap = []; heap.push(['track', 'Early'])</script><script src=/js/heap-1234567890.js></script>"
                            + "<button>Go</button>");
            page.evaluate(
                    "heap.track('x'); heap.identify('y'); heap.addEventProperties({a: 1}); heap.startTracking(); heap.getUserId()");
            page.click("button");
            page.navigate("about:blank");

            assertThat(console)
                    .filteredOn(line -> line.contains("no valid policy"))
                    .hasSize(1);
        }
        assertThat(site.received()).isEmpty();
        assertThat(errors).isEmpty();
    }
}
