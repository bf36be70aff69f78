package dev.weir.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.weir.policy.PolicyDocument;
import dev.weir.testsupport.Chromium;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event arrives once, whatever happens to the network, the server or the page; or the next batch says that it is lost. */
class DeliveryTest {

    private static final String HTML =
            "<!doctype html><title>Shop</title><script src=/js/heap-1234567890.js></script><button>Go</button>";
    private static final String STORED = "Object.keys(localStorage).filter(k => k.includes('-batch-')).length";

    private final Site site =
            new Site().script(CollectorBundle.open(), Site.OPEN_POLICY).page("/", HTML);
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

    private void visit() {
        page.navigate(site.origin() + "/");
    }

    private int stored() {
        return ((Number) page.evaluate(STORED)).intValue();
    }

    private List<String> ids(String type) {
        return site.events(type).stream().map(e -> e.get("id").asText()).toList();
    }

    @Test
    void a_closing_page_still_delivers() {
        visit();
        site.await("pageview");

        for (int i = 0; i < 5; i++) {
            page.click("button");
            page.evaluate("heap.track('Leaving')");
            page.navigate(site.origin() + "/nowhere");
            page.navigate(site.origin() + "/");
        }

        site.await("custom", 5);
        assertThat(new HashSet<>(ids("custom"))).hasSize(5);
    }

    @Test
    void a_hidden_page_delivers_at_once() {
        visit();
        page.evaluate("heap.track('x'); Object.defineProperty(document, 'hidden', {get: () => true});"
                + "document.dispatchEvent(new Event('visibilitychange'))");

        site.await("custom");
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 408})
    void what_a_server_that_is_away_or_impatient_refuses_comes_again_and_once(int status) {
        site.answers(status, "1");
        visit();
        page.evaluate("heap.track('x')");
        site.until(() -> site.received().size() >= 2, () -> "a second try");
        assertThat(stored()).isEqualTo(1);
        site.answersOk();

        site.await("custom");

        page.waitForFunction(STORED + " == 0");
        assertThat(site.accepted())
                .extracting(event -> event.get("id").asText())
                .doesNotHaveDuplicates();
        assertThat(ids("custom")).hasSize(1);
        assertThat(ids("pageview")).hasSize(1);
    }

    @Test
    void the_server_s_pause_is_kept() {
        site.answers(429, "3600");
        visit();
        site.until(() -> site.received().size() == 1, () -> "a first try");

        page.evaluate("for (let i = 0; i < 5; i++) { heap.track('x' + i); history.pushState({}, '', '/p' + i); }");
        page.evaluate("dispatchEvent(new Event('pagehide'))");
        page.waitForFunction(STORED + " > 1");

        assertThat(site.received()).hasSize(1);
    }

    @Test
    void a_refusal_for_good_is_not_tried_again() {
        site.answers(400, null);
        visit();
        site.until(() -> site.received().size() == 1, () -> "a first try");
        page.waitForFunction(STORED + " == 0");
        site.answersOk();

        page.evaluate("heap.track('x')");

        site.await("custom");
        assertThat(site.events("pageview")).isEmpty();
    }

    @Test
    void what_could_not_be_sent_is_sent_by_the_next_page() {
        visit();
        site.await("pageview");
        site.answers(0, null);
        page.evaluate("heap.track('Offline')");
        site.until(() -> site.received().size() >= 2, () -> "a try in vain");
        site.answersOk();

        page.navigate(site.origin() + "/");

        assertThat(site.await("custom").get("name").asText()).isEqualTo("Offline");
        assertThat(new HashSet<>(ids("custom"))).hasSize(1);
    }

    @Test
    void offline_and_online_again() {
        visit();
        site.await("pageview");
        context.setOffline(true);
        page.evaluate("heap.track('Offline')");
        page.waitForFunction(STORED + " == 1");

        context.setOffline(false);

        site.await("custom");
    }

    @Test
    void no_request_is_larger_than_the_wire_allows() {
        visit();
        page.evaluate(
                "() => { for (let i = 0; i < 50; i++) heap.track('Big', {n: i, text: 'é'.repeat(1000), kanji: '漢'.repeat(300)}); }");

        var events = site.await("custom", 50);

        assertThat(events.stream()
                        .map(e -> e.get("properties").get("n").asInt())
                        .distinct())
                .hasSize(50);
        assertThat(site.received())
                .allSatisfy(request -> assertThat(request.body().getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(50_000));
    }

    @Test
    void an_event_too_large_for_any_request_is_counted_as_lost() {
        visit();
        page.evaluate("heap.track('Huge', {text: 'x'.repeat(60000)}); heap.track('Small')");

        site.await("custom");
        assertThat(site.events("custom")).hasSize(1);
        assertThat(lost()).isEqualTo(1);
    }

    @Test
    void what_was_lost_is_said_once_when_several_batches_leave_together() {
        visit();
        site.await("pageview");
        site.forget();

        page.evaluate("""
                () => {
                  heap.track('Huge', {text: 'x'.repeat(60000)});
                  for (let i = 0; i < 3; i++) { heap.track('x' + i); history.pushState({}, '', '/p' + i); }
                  dispatchEvent(new Event('pagehide'));
                }
                """);

        site.await("custom", 3);
        page.waitForFunction(STORED + " == 0");
        page.evaluate("heap.track('Later')");
        site.await("custom", 4);
        assertThat(site.received().stream()
                        .map(request -> request.json().path("lost").asInt()))
                .filteredOn(said -> said != 0)
                .containsExactly(1);
    }

    @Test
    void the_box_is_bounded_and_says_what_fell_out() {
        site.answers(503, "2");
        visit();
        page.evaluate(
                "() => { for (let i = 0; i < 30; i++) { heap.track('x' + i); history.pushState({}, '', '/p' + i); } }");
        site.until(() -> site.received().size() >= 1, () -> "a first try");
        assertThat(stored()).isLessThanOrEqualTo(20);
        site.answersOk();

        site.until(() -> arrived() + lost() == 1 + 31 + 30, () -> arrived() + " arrived, " + lost() + " lost");

        assertThat(lost()).isPositive();
        assertThat(site.events("custom").toString()).contains("x29").doesNotContain("x5\"");
    }

    private int arrived() {
        return new HashSet<>(ids("custom")).size()
                + new HashSet<>(ids("pageview")).size()
                + ids("session").size();
    }

    private int lost() {
        return site.received().stream()
                .filter(request -> request.answered() == 200)
                .mapToInt(request -> request.json().path("lost").asInt())
                .sum();
    }

    @Test
    void a_batch_of_an_older_policy_is_judged_again_before_it_is_sent() {
        site.script(CollectorBundle.governed(), PolicyDocument.balanced().canonical());
        site.answers(503, "3600");
        visit();
        page.evaluate("heap.track('x')");
        page.click("button");
        site.until(() -> site.received().size() == 1, () -> "a first try");
        site.answersOk();
        site.forget();

        site.script(
                CollectorBundle.governed(),
                PolicyDocument.balanced()
                        .canonical()
                        .replace("\"elements\":[]", "\"elements\":[{\"action\":\"ignore\",\"selector\":\"button\"}]"));
        visit();

        site.await("custom");
        assertThat(site.events("click")).isEmpty();
        var hashes = site.received().stream()
                .map(request -> request.json().get("policy").asText())
                .distinct();
        assertThat(hashes).hasSize(1);
    }

    @Test
    void a_box_somebody_else_wrote_to_does_no_harm() {
        visit();
        site.await("pageview");
        page.evaluate(
                "localStorage['weir.1234567890-batch-0'] = '{broken'; localStorage['weir.1234567890-batch-1'] = '7';"
                        + "localStorage['weir.1234567890'] = '[]'");

        page.reload();

        site.await("pageview", 2);
        page.waitForFunction(STORED + " == 0");
        assertThat(site.received())
                .allSatisfy(request -> assertThat(request.json().get("events"))
                        .extracting(JsonNode::isObject)
                        .doesNotContain(false));
    }

    @Test
    void another_origin_needs_no_preflight() {
        site.page(
                "/",
                "<!doctype html><title>Shop</title><script src=" + site.otherOrigin()
                        + "/js/heap-1234567890.js></script><button>Go</button>");
        visit();

        site.await("pageview");
        assertThat(site.received()).hasSize(1);
        assertThat(site.received().get(0).headers().get("Origin")).containsExactly(site.origin());
        assertThat(site.received().get(0).headers()).doesNotContainKey("Referer");
    }
}
