package dev.weir.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.weir.testsupport.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's road in five steps, walked in Chromium through the packaged program. */
class StoryIT {

    private static final double PATIENCE_MS = 30_000;

    private static final Pattern HASH = Pattern.compile("^[0-9a-f]{64}$");
    private static final Pattern TEN_DIGITS = Pattern.compile("\\b\\d{10}\\b");

    /** What the shop plants and these walks touch; none of it may be seen in the console or stand in the log. */
    private static final List<String> PLANTED = List.of(
            "jane.doe@example.com",
            "jane.doe%40example.com",
            "4111 1111 1111 1111",
            "4f3a2b1c0d9e8f7a",
            "SPRING-JANE",
            "83920017");

    @TempDir
    Path folder;

    @Test
    void a_newcomer_sets_up_decides_publishes_and_sees_it_enforced() throws IOException {
        try (var weir = Node.start(folder, Map.of());
                var person = Chromium.shared().newContext(new Browser.NewContextOptions().setViewportSize(1280, 900))) {
            person.setDefaultTimeout(PATIENCE_MS);
            var console = setUpAndSignIn(weir, person);

            block("coupon", console, weir);
            publish("Coupons name the customer", console, weir);
            var live = person.newPage();
            live.navigate(weir.address() + "/console/development/live");
            visitTheShop("/sample/", weir, person);
            visitTheShop("/sample/app", weir, person);

            var list = live.locator("#live-list");
            see(list, "/sample/?utm_source=story");
            see(list, "/sample/app?utm_source=story");
            see(list, "[email]");
            see(list, "Add lantern");
            assertThat(list.innerText()).doesNotContain(PLANTED).doesNotContain("coupon");
            passByTheCollector("coupon=SPRING-JANE&email=jane.doe@example.com", weir, person);
            see(list, "urls.parameters.coupon");
            see(list, "urls.parameters.email");
            assertThat(list.innerText()).doesNotContain(PLANTED);
            live.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/live.png")));

            block("voucher", console, weir);
            publish("So do vouchers", console, weir);
            passByTheCollector("voucher=V-1234", weir, person);
            see(list, "urls.parameters.voucher");
            assertThat(list.innerText()).doesNotContain("V-1234");
            assertThat(weir.log()).doesNotContain(PLANTED).doesNotContain("V-1234");
        }
    }

    private static Page setUpAndSignIn(Node weir, BrowserContext person) {
        var link = weir.setUpLink();
        var page = person.newPage();
        page.navigate(link);
        page.getByLabel("Your name").fill("Ada Admin");
        page.getByLabel("Sign-in name").fill("ada");
        page.getByLabel("Password").fill("otter on the far bank");
        press(page, "Create the Admin and sign in");
        page.waitForURL(Pattern.compile(".*/console(\\?.*)?$"));

        // The link is dead now, and the password works.
        assertThat(page.request().get(link).status()).isEqualTo(404);
        person.clearCookies();
        page.navigate(weir.address() + "/console");
        page.getByLabel("Sign-in name").fill("ada");
        page.getByLabel("Password").fill("otter on the far bank");
        press(page, "Sign in");
        page.waitForURL(Pattern.compile(".*/console(\\?.*)?$"));
        return page;
    }

    private static void block(String parameter, Page console, Node weir) {
        console.navigate(weir.address() + "/console/development/privacy/parameters");
        console.locator("#values").fill(parameter);
        press(console, "Add to the draft");
        assertThat(console.getByText(parameter, new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
    }

    private static void publish(String reason, Page console, Node weir) {
        console.navigate(weir.address() + "/console/development/policy/publish");
        console.getByLabel("Reason").fill(reason);
        console.getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Publish revision \\d+")))
                .click();
        console.waitForURL(Pattern.compile(".*/policy/\\d+(\\?.*)?$"));
        console.navigate(weir.address() + "/console/development/policy");
        assertThat(console.getByText(reason).first()).isVisible();
        var hash = console.locator("code")
                .filter(new Locator.FilterOptions().setHasText(HASH))
                .first()
                .innerText();
        inForce(hash.strip(), console, weir);
    }

    /** What browsers are given has the hash that the console names. */
    private static void inForce(String hash, Page console, Node weir) {
        var app = TEN_DIGITS.matcher(
                console.request().get(weir.address() + "/sample/weir.js").text());
        assertThat(app.find()).isTrue();
        var policy = weir.address() + "/api/policy/" + app.group();
        console.waitForCondition(
                () -> console.request().get(policy).headers().get("etag").contains(hash));
    }

    private static void visitTheShop(String base, Node weir, BrowserContext person) {
        var shop = visit(base + "?coupon=SPRING-JANE&utm_source=story", weir, person);
        press(shop, "Add lantern");
        press(shop, "Invite jane.doe@example.com");
        shop.locator(".shop-nav >> text=Search").click();
        shop.locator("#search-form button").first().click();
        shop.locator(".shop-nav >> text=Account").click();
        shop.waitForURL(Pattern.compile(".*83920017.*"));
        shop.close();
    }

    /** A browser can send anything: this one sends an address as it is, and the server does what the collector would have done. */
    private static void passByTheCollector(String query, Node weir, BrowserContext person) {
        var shop = visit("/sample/", weir, person);
        var status = shop.evaluate("""
                async query => {
                  const event = {id: crypto.randomUUID(), at: Date.now(), type: 'pageview'};
                  const page = {id: '1', at: Date.now(), url: location.origin + '/sample/?' + query};
                  const batch = {v: 1, sent: Date.now(), consent: 'granted', user: '12345', page, events: [event]};
                  const answer = await fetch('/api/collect/' + heap.appid, {method: 'POST', body: JSON.stringify(batch)});
                  return answer.status;
                }
                """, query);
        shop.close();
        assertThat(status).isEqualTo(200);
    }

    private static Page visit(String path, Node weir, BrowserContext person) {
        var page = person.newPage();
        page.navigate(weir.address() + path);
        page.waitForFunction("() => window.heap && window.heap.loaded");
        return page;
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    private static void see(Locator list, String text) {
        assertThat(list).containsText(text);
    }
}
