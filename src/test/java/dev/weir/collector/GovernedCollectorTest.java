package dev.weir.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.weir.policy.PolicyDocument;
import dev.weir.testsupport.Chromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The collector as it is served, with a policy in force. */
class GovernedCollectorTest {

    private static final String HEAD = "<!doctype html><title>Shop</title><script src=/js/heap-1234567890.js></script>";

    private final Site site = new Site()
            .script(CollectorBundle.governed(), PolicyDocument.balanced().canonical());
    private BrowserContext context;
    private Page page;

    @BeforeEach
    void open() {
        context = Chromium.shared().newContext();
        page = context.newPage();
    }

    @AfterEach
    void close() {
        context.close();
        site.close();
    }

    private void govern(Map<String, @Nullable Object> members) {
        var json = new LinkedHashMap<String, @Nullable Object>(
                PolicyDocument.balanced().json());
        json.putAll(members);
        var policy = PolicyDocument.parse(json).match(valid -> valid, errors -> {
            throw new AssertionError(errors);
        });
        site.script(CollectorBundle.governed(), policy.canonical());
    }

    private void visit(String body) {
        site.page("/", HEAD + body);
        page.navigate(site.origin() + "/");
    }

    @Test
    void the_runbook_s_heap_ignore_markup_keeps_everything_inside_to_itself() throws IOException {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/pages/runbook-classic.html"))) {
            site.page(
                    "/",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("https://cdn.heapanalytics.com", site.origin()));
        }
        page.navigate(site.origin() + "/");
        site.await("pageview");

        page.fill("input[type=email]", "john.doe@example.com");
        page.click("span.heap-ignore");
        page.click("text=Customer: John Doe");
        page.click("text=Phone: (555) 123-4567");
        page.fill("input[name=ssn]", "536-22-8917");
        page.fill("input[name=medical_info]", "asthma");
        page.keyboard().press("Enter");
        page.click("#end");

        site.await("click");
        assertThat(site.events("click")).hasSize(1);
        assertThat(site.events("change")).isEmpty();
        assertThat(site.events("submit")).isEmpty();
        assertThat(site.received().toString())
                .doesNotContain("john.doe")
                .doesNotContain("John Doe")
                .doesNotContain("123-4567")
                .doesNotContain("536-22-8917")
                .doesNotContain("asthma");
    }

    @Test
    void a_password_that_was_shown_stays_protected() {
        visit("<input id=p type=password><input id=n><button onclick=\"p.type = 'text'\">Show</button>");

        page.click("button");
        page.fill("#p", "hunter2");
        page.click("#p");
        page.fill("#n", "x");
        page.click("button");

        site.await("change");
        site.await("click", 2);
        assertThat(site.events("change")).hasSize(1);
        assertThat(site.events().toString()).doesNotContain("\"i\":\"p\"");
    }

    @Test
    void an_ignored_part_hit_inside_a_button_or_around_its_slot_is_ignored() {
        visit("""
                <button>Send <b class=heap-ignore>to Jane</b></button><x-card><button id=s>Slotted</button></x-card><button id=end>End</button>
                <script>document.querySelector('x-card').attachShadow({mode: 'open'}).innerHTML = '<div class=heap-ignore><slot></slot></div>'</script>""");

        page.click("b");
        page.click("#s");
        page.click("#end");

        assertThat(site.await("click").get("text").asText()).isEqualTo("End");
        assertThat(site.events("click")).hasSize(1);
    }

    @Test
    void a_blocked_page_is_not_captured_and_not_named_on_other_pages() {
        govern(Map.of("pages", List.of("/medical/*")));
        site.page("/medical/hiv", HEAD + "<button>Secret</button>");
        page.navigate(site.origin() + "/medical/hiv");
        page.click("button");
        page.evaluate("heap.track('Secret')");
        assertThat(page.evaluate("Object.keys(localStorage).length")).isEqualTo(0);

        page.evaluate("history.pushState({}, '', '/home')");

        site.await("pageview");
        assertThat(site.received().toString()).doesNotContain("medical").doesNotContain("Secret");
        assertThat(site.received().get(0).json().get("session").get("landing").asText())
                .isEqualTo(site.origin() + "/home");
    }

    @Test
    void a_rule_that_ignores_elements_is_decided_on_the_page() {
        govern(Map.of("elements", List.of(Map.of("selector", ".patient > button:not(.ok)", "action", "ignore"))));
        visit("<div class=patient><button id=a>One</button><button id=b class=ok>Two</button></div>");

        page.click("#a");
        page.click("#b");

        assertThat(site.await("click").get("text").asText()).isEqualTo("Two");
        assertThat(site.events("click")).hasSize(1);
    }

    @Test
    void a_refused_identity_is_not_remembered_and_not_sent() {
        visit("");
        site.await("pageview");

        for (String value : List.of("null", "undefined", "user", "jane@example.com", "")) {
            page.evaluate("value => heap.identify(value)", value);
        }
        page.evaluate("heap.identify(undefined); heap.identify({}); heap.identify(4711)");

        assertThat(site.await("identify").get("identity").asText()).isEqualTo("4711");
        assertThat(site.events("identify")).hasSize(1);
        assertThat(page.evaluate("heap.getIdentity()")).isEqualTo("4711");
    }

    @Test
    void what_is_stored_between_pages_has_passed_the_policy() {
        site.page("/landing", HEAD);
        page.navigate(site.origin() + "/landing?token=Secret#Secret");
        page.evaluate("heap.addEventProperties({contact: 'jane@example.com', plan: 'pro'})");
        site.await("pageview");

        assertThat((String) page.evaluate("JSON.stringify(localStorage)"))
                .contains("pro")
                .doesNotContain("jane@example.com")
                .doesNotContain("Secret");
    }
}
