package dev.weir.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.weir.testsupport.Chromium;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes an event, and what its hierarchy and its text hold before any policy: the policy is switched off here. */
class CaptureTest {

    private static final String HEAD = "<!doctype html><title>Shop</title><script src=/js/heap-1234567890.js></script>";

    private final Site site = new Site().script(CollectorBundle.open(), Site.OPEN_POLICY);
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

    private void visit(String body) {
        site.page("/", HEAD + body);
        page.navigate(site.origin() + "/");
    }

    private static List<String> tags(JsonNode event) {
        var tags = new ArrayList<String>();
        event.get("path").forEach(node -> tags.add(node.get("t").asText()));
        return tags;
    }

    @Test
    void a_visit_is_a_session_and_a_pageview_in_one_batch() {
        visit("<p>Hello</p>");

        site.await("pageview");

        var batch = site.received().get(0);
        assertThat(batch.path()).isEqualTo("/api/collect/1234567890");
        assertThat(batch.headers().get("Content-type").get(0)).startsWith("text/plain");
        assertThat(batch.headers()).doesNotContainKey("Referer").doesNotContainKey("Cookie");
        var json = batch.json();
        assertThat(json.get("v").asInt()).isEqualTo(1);
        assertThat(json.get("policy").asText()).isNotEmpty();
        assertThat(json.get("sent").asLong()).isPositive();
        assertThat(json.has("consent")).isFalse();
        assertThat(json.get("user").asText()).matches("\\d{1,16}");
        assertThat(json.get("session").get("id").asText()).matches("\\d{1,16}");
        assertThat(json.get("session").get("landing").asText()).isEqualTo(site.origin() + "/");
        assertThat(json.get("page").get("url").asText()).isEqualTo(site.origin() + "/");
        assertThat(json.get("page").get("title").asText()).isEqualTo("Shop");
        assertThat(json.get("events")).hasSize(2);
        assertThat(json.get("events").get(0).get("type").asText()).isEqualTo("session");
        var ids = json.get("events").findValuesAsText("id");
        assertThat(ids)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"));
        var begun = json.get("events").get(0).get("at").asLong();
        assertThat(ids)
                .as("ids that name the time of their batch, " + begun)
                .allMatch(id -> Long.parseLong(id.substring(0, 13).replace("-", ""), 16) == begun);
    }

    @Test
    void a_click_on_a_nested_icon_is_a_click_on_its_button() {
        visit("<main id=m><p>a</p><button id=cta class='btn primary' data-testid=go data-secret=x>"
                + "<svg width=20 height=20><rect width=20 height=20 /></svg><b>Sign</b> <i>up</i></button></main>");

        page.locator("rect").click();

        var click = site.await("click");
        assertThat(click.get("text").asText()).isEqualTo("Sign up");
        assertThat(tags(click)).containsExactly("button", "main", "body", "html");
        var target = click.get("path").get(0);
        assertThat(target.get("i").asText()).isEqualTo("cta");
        assertThat(target.get("c").toString()).isEqualTo("[\"btn\",\"primary\"]");
        assertThat(target.get("a").toString()).isEqualTo("{\"data-testid\":\"go\"}");
        assertThat(target.get("n").asInt()).isEqualTo(2);
        assertThat(target.get("k").asInt()).isEqualTo(1);
    }

    @Test
    void a_link_tells_where_it_leads_and_a_form_where_it_sends() {
        visit("<a href='next?a=1' onclick='event.preventDefault()'>Next</a>"
                + "<form action='/search' onsubmit='event.preventDefault()'><input name=q><button>Go</button></form>");

        page.click("a");
        page.click("form button");

        assertThat(site.await("click").get("href").asText()).isEqualTo(site.origin() + "/next?a=1");
        var submit = site.await("submit");
        assertThat(submit.get("href").asText()).isEqualTo(site.origin() + "/search");
        assertThat(submit.has("text")).isFalse();
    }

    @Test
    void a_click_beside_buttons_and_links_has_a_place_but_no_text() {
        visit("<div class=row><span>Jane Doe</span></div>");

        page.click("span");

        var click = site.await("click");
        assertThat(tags(click)).containsExactly("span", "div", "body", "html");
        assertThat(click.has("text")).isFalse();
    }

    @Test
    void a_click_on_the_background_and_the_click_that_a_label_repeats_are_nothing() {
        visit("<body style='height:600px'><label for=f>Name</label><input id=f><button>End</button>");

        page.mouse().click(400, 500);
        page.click("label");
        page.click("button");

        site.until(() -> site.events("click").size() >= 2, () -> "two clicks");
        assertThat(site.events("click")).hasSize(2);
        assertThat(tags(site.events("click").get(0)).get(0)).isEqualTo("input");
    }

    @Test
    void a_change_says_that_and_where_and_nothing_else() {
        visit(
                "<select name=size><option>Secret S<option value=xl>Secret XL</select><input name=first><textarea name=t></textarea>");

        page.selectOption("select", "xl");
        page.fill("input", "Secret Jane");
        page.fill("textarea", "Secret text");
        page.click("select");

        var changes = site.await("change", 3);
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.has("text")).isFalse();
            assertThat(change.toString()).doesNotContain("Secret");
        });
    }

    @Test
    void fields_in_shadow_trees_are_heard_although_their_events_never_leave_them() {
        visit("""
                <x-outer></x-outer><script>
                const outer = document.querySelector('x-outer').attachShadow({mode: 'open'});
                outer.innerHTML = '<x-inner></x-inner>';
                const inner = outer.firstChild.attachShadow({mode: 'open'});
                inner.innerHTML = '<form id=f><input name=deep><button type=submit>Send <slot></slot></button></form>';
                inner.querySelector('form').addEventListener('submit', e => e.preventDefault());
                </script>""");

        page.fill("input", "Secret");
        page.click("button");

        assertThat(tags(site.await("change"))).containsExactly("input", "form", "x-inner", "x-outer", "body", "html");
        var submit = site.await("submit");
        assertThat(tags(submit)).startsWith("form", "x-inner", "x-outer");
        assertThat(submit.get("path").get(1).get("h").asInt()).isEqualTo(1);
        assertThat(submit.get("path").get(3).has("h")).isFalse();
        assertThat(site.await("click").get("text").asText()).isEqualTo("Send");
        assertThat(site.events("change")).hasSize(1);
    }

    @Test
    void a_closed_shadow_tree_shows_its_host_only() {
        visit("""
                <x-closed role=button></x-closed><script>
                document.querySelector('x-closed').attachShadow({mode: 'closed'}).innerHTML = '<b>Secret label</b>';
                </script>""");

        page.click("x-closed");

        var click = site.await("click");
        assertThat(tags(click)).startsWith("x-closed", "body");
        assertThat(click.toString()).doesNotContain("Secret");
    }

    @Test
    void slotted_text_belongs_to_the_button_around_the_slot() {
        visit("""
                <x-button>Buy <b>now</b></x-button><script>
                document.querySelector('x-button').attachShadow({mode: 'open'}).innerHTML = '<button><slot></slot></button>';
                </script>""");

        page.click("b");

        var click = site.await("click");
        assertThat(tags(click)).startsWith("button", "x-button");
        assertThat(click.get("text").asText()).isEqualTo("Buy now");
    }

    @Test
    void a_form_whose_fields_take_the_names_of_its_own_properties_is_still_read_right() {
        visit("""
                <div class=ok><form id=real class=f name=form onsubmit='event.preventDefault()'>
                <input name=id><input name=parentNode><input name=attributes><input name=getAttribute><input name=localName>
                <input name=nodeType><input name=matches><input name=className><input name=previousElementSibling>
                <input name=action><input name=children><input name=isContentEditable><button>Go</button></form></div>""");

        page.evaluate("document.querySelector('button').click()");

        var submit = site.await("submit");
        assertThat(tags(submit)).containsExactly("form", "div", "body", "html");
        assertThat(submit.get("path").get(0).get("i").asText()).isEqualTo("real");
        assertThat(submit.has("href")).isFalse();
        assertThat(site.await("click").get("text").asText()).isEqualTo("Go");
    }

    @Test
    void the_text_of_a_button_leaves_out_what_is_not_its_label() {
        visit("""
                <button>Pay<span hidden> A1</span><span style='display:none'> A2</span><span style='visibility:hidden'> A3</span>
                <span class=heap-ignore> A4</span><span heap-ignore=true> A5</span><span data-heap-redact-text> A6</span>
                <svg><title>A7</title><text>A8</text></svg><script>/*A9*/</script><style>/*B1*/</style>
                <span contenteditable>B2</span><select><option>B3</select><textarea>B4</textarea><!--B5-->
                <noscript>B6</noscript><template>B7</template></button>
                <button id=form><form><b>B8</b></form>Ok</button><a href='#' id=large></a><a href='#' id=long></a>
                <div contenteditable><a href='#' id=edit>B9</a></div>
                <script>large.innerHTML = '<b>C1</b>'.repeat(300); long.textContent = 'C2 '.repeat(3000)</script>""");

        page.click("button");
        for (String id : List.of("#form", "#large", "#long", "#edit")) {
            page.locator(id).dispatchEvent("click");
        }

        var clicks = site.await("click", 5);
        assertThat(clicks.get(0).get("text").asText()).isEqualTo("Pay");
        assertThat(clicks.toString()).doesNotContainPattern("[ABC][1-9]");
        assertThat(clicks.get(1).get("text").asText()).isEqualTo("Ok");
    }

    @Test
    void a_field_that_was_a_password_once_is_reported_as_one() {
        visit("""
                <input id=p type=password><button onclick="p.type='text'">Show</button><x-login></x-login><script>
                const root = document.querySelector('x-login').attachShadow({mode: 'open'});
                root.innerHTML = '<input id=q type=PASSWORD><button>Reveal</button>';
                root.querySelector('button').onclick = () => root.querySelector('input').type = 'text';
                </script>""");

        page.click("text=Show");
        page.fill("#p", "hunter2");
        page.click("text=Reveal");
        page.fill("#q", "hunter3");
        page.click("text=Show");

        var changes = site.await("change", 2);
        assertThat(changes)
                .allSatisfy(change -> assertThat(
                                change.get("path").get(0).get("a").get("type").asText())
                        .isEqualTo("password"));
    }

    @Test
    void handlers_that_stop_the_event_or_remove_the_element_come_too_late() {
        visit("""
                <div id=box><button id=b>Gone</button></div><script>
                document.addEventListener('click', e => { e.stopImmediatePropagation(); box.remove(); }, true);
                </script>""");

        page.click("#b");

        assertThat(tags(site.await("click"))).containsExactly("button", "div", "body", "html");
    }

    @Test
    void an_element_whose_ancestors_can_t_be_seen_is_not_captured() {
        site.page(
                "/",
                "<!doctype html><title>x</title><script>addEventListener('click', e => document.querySelector('#box').remove(), true)</script>"
                        + "<script src=/js/heap-1234567890.js></script>"
                        + "<div class=heap-ignore><p id=box><button>One</button></p></div><button id=two>Two</button>");
        page.navigate(site.origin() + "/");

        page.click("text=One");
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p id=box></p>')");
        page.click("#two");

        assertThat(site.await("click").get("text").asText()).isEqualTo("Two");
    }

    @Test
    void parents_that_run_in_circles_end_somewhere() {
        visit("""
                <div id=a><button id=b>Go</button></div><script>
                Object.defineProperty(a, 'parentNode', {get: () => b});
                </script>""");

        page.click("#b");

        assertThat(tags(site.await("click"))).containsExactly("button", "div", "body", "html");
    }

    @Test
    void a_multi_select_option_gives_its_place_and_never_its_text() {
        visit("<select multiple size=3><option id=o value=s1>Secret one<option>Secret two</select>");

        page.locator("#o").dispatchEvent("click");

        var click = site.await("click");
        assertThat(tags(click)).startsWith("option", "select");
        assertThat(click.toString()).doesNotContain("Secret").doesNotContain("s1");
    }

    @Test
    void the_right_button_is_nothing_and_a_click_by_script_is_a_click() {
        visit("<button id=b>Go</button>");

        page.click("#b", new Page.ClickOptions().setButton(com.microsoft.playwright.options.MouseButton.RIGHT));
        page.evaluate("b.click()");

        site.await("click");
        page.evaluate("heap.track('end')");
        site.await("custom");
        assertThat(site.events("click")).hasSize(1);
    }

    @Test
    void routes_are_pages_where_the_address_really_changed() {
        visit("<button id=b>Go</button>");
        site.await("pageview");

        page.evaluate("""
                () => {
                  history.pushState({}, '', '/products?q=1');
                  history.pushState({}, '', '/products?q=1');
                  history.replaceState({}, '', '/products?q=2');
                  history.replaceState({}, '', '/cart');
                  location.hash = '#/pay';
                }""");
        site.await("pageview", 4);
        page.goBack();
        site.await("pageview", 5);
        page.click("#b");
        site.await("click");

        var urls = new ArrayList<String>();
        var previous = new ArrayList<String>();
        for (Site.Received batch : site.received()) {
            for (JsonNode event : batch.json().get("events")) {
                if (event.get("type").asText().equals("pageview")) {
                    urls.add(batch.json().get("page").get("url").asText().replace(site.origin(), ""));
                    previous.add(
                            batch.json().get("page").path("previous").asText("").replace(site.origin(), ""));
                }
            }
        }
        assertThat(urls).containsExactly("/", "/products?q=1", "/cart", "/cart#/pay", "/cart");
        assertThat(previous).containsExactly("", "/", "/products?q=2", "/cart", "/cart#/pay");
        assertThat(site.events("session")).hasSize(1);
    }

    @Test
    void a_title_that_comes_after_the_route_is_the_page_s_title() {
        visit("");
        site.await("pageview");

        page.evaluate("history.pushState({}, '', '/next'); setTimeout(() => document.title = 'Next page', 100)");

        site.until(() -> site.events("pageview").size() == 2, () -> "two pages");
        assertThat(site.batchOf("/next").get("page").get("title").asText()).isEqualTo("Next page");
    }

    @Test
    void a_title_marked_as_private_is_not_read_and_a_field_that_takes_its_name_neither() {
        site.page("/", HEAD.replace("<title>", "<title data-heap-redact-text>") + "<button>Go</button>");
        page.navigate(site.origin() + "/");
        site.await("pageview");
        assertThat(site.received().toString()).doesNotContain("Shop");
        site.page(
                "/clobbered",
                HEAD
                        + "<form name=title><input value=Secret></form><form name=referrer></form><img name=currentScript>");
        page.navigate(site.origin() + "/clobbered");
        site.await("pageview", 2);

        assertThat(site.batchOf("/clobbered").get("page").get("title").asText()).isEqualTo("Shop");
        assertThat(site.received().toString()).doesNotContain("Secret");
    }

    @Test
    void a_page_that_comes_back_from_the_cache_is_viewed_again() {
        visit("");
        site.await("pageview");

        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");

        site.await("pageview", 2);
    }

    @Test
    void half_an_hour_of_rest_ends_a_session() {
        visit("<button>Go</button>");
        site.await("pageview");

        page.evaluate("""
                () => {
                  const state = JSON.parse(localStorage['weir.1234567890']);
                  state.last -= 1800000;
                  localStorage['weir.1234567890'] = JSON.stringify(state);
                }""");
        page.click("button");

        site.await("click");
        assertThat(site.events("session")).hasSize(2);
        var batches = site.received();
        assertThat(batches.get(0).json().get("session").get("id"))
                .isNotEqualTo(
                        batches.get(batches.size() - 1).json().get("session").get("id"));
        assertThat(batches.get(0).json().get("user"))
                .isEqualTo(batches.get(batches.size() - 1).json().get("user"));
    }

    @Test
    void frames_are_documents_of_their_own() {
        visit("<iframe srcdoc=\"<button>Secret frame</button>\"></iframe><button id=b>Go</button>");

        page.frameLocator("iframe").locator("button").click();
        page.click("#b");

        assertThat(site.await("click").get("text").asText()).isEqualTo("Go");
        assertThat(site.received().toString()).doesNotContain("Secret");
    }

    @Test
    void a_sandboxed_frame_without_storage_is_captured_from_memory() {
        site.page("/frame", HEAD + "<button>Inside</button>");
        site.page("/", "<!doctype html><iframe sandbox='allow-scripts' src=/frame></iframe>");
        page.navigate(site.origin() + "/");

        page.frameLocator("iframe").locator("button").click();

        assertThat(site.await("click").get("text").asText()).isEqualTo("Inside");
        assertThat(site.events("session")).hasSize(1);
    }
}
