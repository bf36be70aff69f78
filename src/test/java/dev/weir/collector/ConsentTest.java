package dev.weir.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.weir.testsupport.Chromium;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing leaves and nothing is stored but with the visitor's leave. */
class ConsentTest {

    private static final String STUB = "<!doctype html><title>Shop</title><script>window.heap = [];"
            + "['track','identify','startTracking','stopTracking'].forEach(m => heap[m] = (...a) => heap.push([m, ...a]))</script>";
    private static final String SCRIPT = "<script src=/js/heap-1234567890.js></script>";
    private static final String REQUIRED = "{\"version\":1,\"consent\":{\"required\":true}}";
    private static final String STORED =
            "Object.keys(localStorage).concat(Object.keys(sessionStorage)).concat(document.cookie).join(' ').trim()";
    private static final String FLAG = "weir.1234567890-consent";

    private final Site site = new Site().script(CollectorBundle.open(), Site.OPEN_POLICY);
    private final List<String> errors = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeEach
    void open() {
        context = Chromium.shared().newContext();
        page = context.newPage();
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

    /** Leaves the page, so that whatever it wanted to send at the end would have been sent. */
    private void leave() {
        page.navigate(site.origin() + "/elsewhere");
    }

    @Test
    void a_stop_before_the_script_arrives_means_nothing_leaves_and_only_the_refusal_is_kept() {
        visit(STUB + "<script>heap.track('Early'); heap.identify('me'); heap.stopTracking()</script>" + SCRIPT
                + "<button>Go</button>");
        page.click("button");
        page.evaluate("heap.track('Late'); heap.identify('me'); heap.addEventProperties({a: 1})");

        assertThat(page.evaluate(STORED)).isEqualTo(FLAG);
        assertThat(page.evaluate("heap.userId")).isNull();
        leave();
        assertThat(site.received()).isEmpty();
        assertThat(errors).isEmpty();
    }

    @Test
    void a_refusal_is_kept_even_where_storage_was_full() {
        var fill =
                "<script>let x = 'x'.repeat(1 << 20); try { for (let n = 0; ; n++) localStorage['full' + n] = x } catch (e) {}"
                        + "x = 'x'; try { for (let n = 0; ; n++) localStorage['rest' + n] = x.repeat(1000) } catch (e) {}"
                        + "try { for (let n = 0; ; n++) localStorage['last' + n] = x } catch (e) {}</script>";
        visit(fill + STUB + SCRIPT + "<button>Go</button>");
        page.click("button");
        page.evaluate(
                "Object.keys(localStorage).filter(k => k.startsWith('rest')).forEach(k => delete localStorage[k])");
        page.evaluate("heap.stopTracking()");

        assertThat(page.evaluate("localStorage['" + FLAG + "']")).isEqualTo("\"denied\"");
        assertThat(page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('weir.')).join()"))
                .isEqualTo(FLAG);
    }

    @Test
    void a_refusal_holds_on_the_next_page_until_it_is_taken_back() {
        visit(STUB + "<script>heap.stopTracking()</script>" + SCRIPT);
        visit(STUB + SCRIPT + "<button>Go</button>");
        page.click("button");
        leave();
        assertThat(site.received()).isEmpty();

        visit(STUB + SCRIPT + "<button>Go</button>");
        page.evaluate("heap.startTracking()");
        page.click("button");

        site.await("click");
        assertThat(site.events("pageview")).hasSize(1);
        assertThat(site.received().get(0).json().get("consent").asText()).isEqualTo("granted");
    }

    @Test
    void where_consent_is_required_nothing_happens_before_it_is_given() {
        site.script(CollectorBundle.open(), REQUIRED);
        visit(STUB + SCRIPT + "<button>Go</button>");
        page.click("button");
        page.evaluate("heap.track('Early'); heap.addEventProperties({plan: 'pro'})");
        assertThat(page.evaluate(STORED)).isEqualTo("");
        assertThat(site.received()).isEmpty();

        page.evaluate("heap.startTracking()");
        page.evaluate("heap.track('Now')");

        var now = site.await("custom");
        assertThat(now.get("name").asText()).isEqualTo("Now");
        assertThat(now.get("properties").get("plan").asText()).isEqualTo("pro");
        assertThat(site.events("pageview")).hasSize(1);
        assertThat(site.events()).hasSize(3);
        assertThat(site.received().get(0).json().get("consent").asText()).isEqualTo("granted");
    }

    @Test
    void a_stop_erases_what_waits_and_who_it_was() {
        site.answers(503, "3600");
        visit("<!doctype html><script>window.heap = []; heap.config = {secureCookie: true}</script>" + SCRIPT
                + "<button>Go</button>");
        page.evaluate("heap.identify('me'); heap.addEventProperties({a: 1})");
        page.click("button");
        site.until(() -> !site.received().isEmpty(), () -> "a first try");
        assertThat((String) page.evaluate(STORED)).contains("-batch-").contains("_weir.");

        page.evaluate("heap.stopTracking()");

        assertThat(page.evaluate(STORED)).isEqualTo(FLAG);
        site.answersOk();
        site.forget();
        visit(STUB + SCRIPT);
        leave();
        assertThat(site.received()).isEmpty();
    }

    @Test
    void a_stop_in_one_tab_is_a_stop_in_all() {
        visit(STUB + SCRIPT + "<button>Go</button>");
        site.await("pageview");
        site.forget();
        var other = context.newPage();
        other.navigate(site.origin() + "/");
        site.await("pageview");
        site.forget();

        other.evaluate("heap.stopTracking()");
        page.click("button");
        leave();

        assertThat(site.events("click")).isEmpty();
    }

    @Test
    void global_privacy_control_counts_where_the_policy_says_so() {
        context.addInitScript("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})");
        site.script(CollectorBundle.open(), "{\"version\":1,\"consent\":{\"honourGpc\":true}}");
        visit(STUB + SCRIPT + "<button>Go</button>");
        page.click("button");
        page.evaluate("heap.track('x')");
        assertThat(page.evaluate(STORED)).isEqualTo("");
        leave();
        assertThat(site.received()).isEmpty();

        site.script(CollectorBundle.open(), Site.OPEN_POLICY);
        visit(STUB + SCRIPT);
        site.await("pageview");
    }

    @Test
    void a_secure_cookie_holds_the_user_s_id_and_nothing_else() {
        visit("<!doctype html><script>window.heap = []; heap.config = {secureCookie: true}</script>" + SCRIPT);
        site.await("pageview");

        var cookies = context.cookies();
        assertThat(cookies).hasSize(1);
        assertThat(cookies.get(0).secure).isTrue();
        assertThat(cookies.get(0).value).isEqualTo(page.evaluate("heap.userId"));
        assertThat(cookies.get(0).sameSite).isEqualTo(com.microsoft.playwright.options.SameSiteAttribute.LAX);
        page.reload();
        site.await("pageview", 2);
        assertThat(page.evaluate("heap.userId")).isEqualTo(cookies.get(0).value);
    }

    @Test
    void where_the_cookie_does_not_take_the_user_stays_the_same() {
        visit("<!doctype html><script>window.heap = []; heap.config = {secureCookie: true}</script>"
                + "<script>Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}})</script>"
                + SCRIPT);
        page.evaluate("heap.track('One')");
        var first = page.evaluate("heap.userId");
        page.evaluate("heap.track('Two')");

        assertThat(page.evaluate("heap.userId")).isEqualTo(first);
        site.await("custom", 2);
        assertThat(site.received())
                .extracting(batch -> batch.json().get("user").asText())
                .containsOnly(String.valueOf(first));
    }
}
