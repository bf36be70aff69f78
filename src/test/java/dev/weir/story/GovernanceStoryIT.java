package dev.weir.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.weir.testsupport.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Admins in Chromium govern Production through the packaged program; then somebody who owns the database changes one byte. */
class GovernanceStoryIT {

    private static final double PATIENCE_MS = 60_000;
    private static final String PASSWORD = "otter on the far bank";
    private static final String ORIGIN = "https://shop.example";

    private static final Pattern APP = Pattern.compile("id=\"app-(\\d{10})\"");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** As Weir opens it (dev.weir.database.DatabaseChoice). */
    private static final String H2 =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;NON_KEYWORDS=KEY,VALUE";

    @TempDir
    Path folder;

    @Test
    void two_people_govern_what_happens_and_nobody_edits_what_happened() throws IOException, SQLException {
        long broken;
        try (var weir = Node.start(folder, Map.of());
                var hers = window(weir);
                var his = window(weir);
                var newcomers = window(weir)) {
            var ada = setUp(weir, hers);
            var bob = joined(ada, his, "Bob Second", "bob", "admin");
            var nora = joined(ada, newcomers, "Nora Newcomer", "nora", "auditor");
            var app = appWithOrigin(ada);

            block(ada, "utm_id");
            block(ada, "coupon_owner");
            publish(ada, "It names the reader", "Publish revision 2");
            inForce(ada, app, 2);
            assertThat(redacted(ada, app)).isOne();

            unblock(ada, "utm_id");
            unblock(ada, "coupon_owner");
            simulate(ada);
            ask(ada, "The campaign in May is paid by it");
            var day = today();
            agree(bob);
            inForce(ada, app, 3);
            assertThat(redacted(ada, app)).isZero();

            whoAllowedIt(nora, day + "|" + today());

            rollBack(ada, 2, "It does name the reader");
            inForce(ada, app, 4);
            assertThat(redacted(ada, app)).isOne();

            promoted(ada, bob);
            restored(ada);
            broken = verified(ada);
        }

        changeOneByte(broken);

        try (var weir = Node.start(folder, Map.of());
                var hers = window(weir)) {
            var ada = hers.newPage();
            ada.navigate("/console");
            ada.getByLabel("Sign-in name").fill("ada");
            ada.getByLabel("Password").fill(PASSWORD);
            press(ada, "Sign in");
            ada.waitForURL(Pattern.compile(".*/console(\\?.*)?$"));
            ada.navigate("/console/changelog/verify");
            assertThat(ada.getByRole(AriaRole.ALERT)).containsText("The log is broken at row " + broken);
        }
    }

    private static BrowserContext window(Node weir) {
        var window = Chromium.shared()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(weir.address())
                        .setViewportSize(1280, 900));
        window.setDefaultTimeout(PATIENCE_MS);
        return window;
    }

    private static Page setUp(Node weir, BrowserContext window) {
        var page = window.newPage();
        page.navigate(weir.setUpLink());
        page.getByLabel("Your name").fill("Ada Admin");
        page.getByLabel("Sign-in name").fill("ada");
        page.getByLabel("Password").fill(PASSWORD);
        press(page, "Create the Admin and sign in");
        page.waitForURL(Pattern.compile(".*/console(\\?.*)?$"));
        return page;
    }

    /** By the one-time link that Ada gives them. */
    private static Page joined(Page ada, BrowserContext window, String name, String login, String role) {
        ada.navigate("/console/people");
        ada.locator("#new")
                .getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                .fill(name);
        ada.locator("#new input[name=login]").fill(login);
        ada.locator("#new select[name=role]").selectOption(role);
        press(ada, "Create the link");
        var link = ada.locator("#link").textContent();

        var page = window.newPage();
        page.navigate(link);
        page.locator("#password").fill(PASSWORD);
        page.locator("main button").click();
        page.waitForURL(Pattern.compile(".*/console/login.*"));
        page.getByLabel("Sign-in name").fill(login);
        page.getByLabel("Password").fill(PASSWORD);
        press(page, "Sign in");
        page.waitForURL(Pattern.compile(".*/console(\\?.*)?$"));
        return page;
    }

    private static String appWithOrigin(Page ada) {
        ada.navigate("/console/environments/production");
        ada.locator("input[name=origin]").first().fill(ORIGIN);
        press(ada, "Add");
        assertThat(ada.locator("main")).containsText(ORIGIN);
        var found = APP.matcher(ada.content());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static void block(Page ada, String parameter) {
        ada.navigate("/console/production/privacy/parameters");
        ada.locator("#values").fill(parameter);
        press(ada, "Add to the draft");
        assertThat(ada.getByRole(AriaRole.BUTTON, named("Remove " + parameter))).isVisible();
    }

    private static void unblock(Page ada, String parameter) {
        ada.navigate("/console/production/privacy/parameters");
        press(ada, "Remove " + parameter);
        assertThat(ada.getByRole(AriaRole.BUTTON, named("Remove " + parameter))).hasCount(0);
    }

    private static void publish(Page ada, String reason, String button) {
        ada.navigate("/console/production/policy/publish");
        ada.locator("#reason").fill(reason);
        ada.locator("#key").fill("production");
        press(ada, button);
        assertThat(ada.getByText("Published. Every node enforces it")).isVisible();
    }

    /** The page that shows how far it is fetches itself again until it is done. */
    private static void simulate(Page ada) {
        ada.navigate("/console/production/policy/publish");
        press(ada, "Simulate");
        ada.waitForURL(Pattern.compile(".*/simulations/[0-9a-f-]{36}$"));
        // Some node takes the job, and then does it.
        assertThat(ada.locator("#simulation header .badge").first()).hasText("done");
        assertThat(ada.locator("#simulation")).containsText("1 of 1 events");
        ada.navigate("/console/production/policy/publish");
        assertThat(ada.getByText("Treated differently")).isVisible();
    }

    private static void ask(Page ada, String reason) {
        ada.locator("#ask-reason").fill(reason);
        press(ada, "Ask for this change");
        assertThat(ada.getByText("an Admin who isn't you has to approve it")).isVisible();
        ada.getByLabel("Bob Second").check();
        press(ada, "Ask them");
        assertThat(ada.locator("section:has(#reviewers)")).containsText("waiting");
    }

    private static void agree(Page bob) {
        bob.navigate("/console/production/changes?show=mine");
        bob.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Request 1"))
                .click();
        assertThat(bob.locator("section:has(#trial)")).containsText("Treated differently");
        press(bob, "Approve");
        assertThat(bob.locator("h1")).containsText("approved");
        bob.locator("#key").fill("production");
        press(bob, "Publish what was approved");
        assertThat(bob.getByText("Published. Every node enforces it")).isVisible();
    }

    /** What browsers are given is what the console calls the revision in force. */
    private static void inForce(Page page, String app, int revision) {
        var hash = HASH.matcher(page.request()
                .get("/console/production/policy/" + revision + ".json")
                .headers()
                .get("etag"));
        assertThat(hash.find()).isTrue();
        page.waitForCondition(() ->
                page.request().get("/api/policy/" + app).headers().get("etag").contains(hash.group()));
    }

    private static int redacted(Page page, String app) {
        var batch =
                "{\"v\":1,\"sent\":1764000000000,\"consent\":\"granted\",\"user\":\"12345\",\"page\":{\"id\":\"1\",\"at\":1764000000000,"
                        + "\"url\":\"" + ORIGIN + "/?utm_id=4711\"},\"events\":[{\"id\":\""
                        + java.util.UUID.randomUUID()
                        + "\",\"at\":1764000000000,\"type\":\"pageview\"}]}";
        var answer = page.request()
                .post(
                        "/api/collect/" + app,
                        RequestOptions.create()
                                .setHeader("Origin", ORIGIN)
                                .setHeader("Content-Type", "text/plain")
                                .setData(batch));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains("\"accepted\":1");
        return Integer.parseInt(answer.text().replaceFirst("(?s).*\"redacted\":(\\d+).*", "$1"));
    }

    /**
     * Who allowed utm_id in production, when, why, and who agreed? One click from the overview of somebody who had no part in it, among
     * what else was allowed; a second one, to search, leaves this alone.
     */
    private static void whoAllowedIt(Page nora, String days) {
        nora.navigate("/console?environment=development");
        nora.getByRole(AriaRole.LINK, named("who allowed what in Production")).click();
        assertThat(nora.locator("tbody tr")).hasCount(2);
        told(nora.locator("tbody tr", new Page.LocatorOptions().setHasText("utm_id")), days);

        nora.locator("#q").fill("utm_id");
        press(nora, "Show");
        assertThat(nora.locator("tbody tr")).hasCount(1);
        told(nora.locator("tbody tr"), days);
    }

    private static void told(Locator answer, String days) {
        assertThat(answer).hasCount(1);
        assertThat(answer).containsText("utm_id");
        assertThat(answer.locator("td").nth(0)).containsText(Pattern.compile(days));
        assertThat(answer.locator("td").nth(2)).hasText("The campaign in May is paid by it");
        assertThat(answer.locator("td").nth(3)).containsText("Ada Admin");
        assertThat(answer.locator("td").nth(4)).containsText("Bob Second");
        assertThat(answer.locator("td").nth(5)).containsText("Bob Second");
    }

    /** As pages write it. */
    private static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    private static void rollBack(Page ada, int revision, String reason) {
        ada.navigate("/console/production/policy/" + revision + "/restore");
        ada.locator("#reason").fill(reason);
        ada.locator("#key").fill("production");
        press(ada, "Roll back to revision " + revision);
        assertThat(ada.getByText("Published. Every node enforces it")).isVisible();
    }

    /** From Development, where one Admin decides alone. */
    private static void promoted(Page ada, Page bob) {
        ada.navigate("/console/development/privacy/parameters");
        ada.locator("#values").fill("voucher");
        press(ada, "Add to the draft");
        assertThat(ada.getByRole(AriaRole.BUTTON, named("Remove voucher"))).isVisible();
        ada.navigate("/console/development/policy/publish");
        ada.locator("#reason").fill("Vouchers name the customer");
        press(ada, "Publish revision 2");
        assertThat(ada.getByText("Published. Every node enforces it")).isVisible();

        ada.navigate("/console/production/promote");
        ada.locator("#from").selectOption("development");
        press(ada, "Compare");
        assertThat(ada.locator("tr", new Page.LocatorOptions().setHasText("voucher")))
                .containsText("Development");
        ada.locator("#reason").fill("It was tried in Development");
        press(ada, "Ask for this promotion");
        assertThat(ada.locator("main")).containsText("Revision 2 of development");

        bob.navigate("/console/production/changes/2");
        press(bob, "Approve");
        assertThat(bob.locator("h1")).containsText("approved");
        bob.locator("#key").fill("production");
        press(bob, "Publish what was approved");
        assertThat(bob.getByText("Published. Every node enforces it")).isVisible();
    }

    /** From the History tab: what was in force before the promotion. It loosens, so it is asked for. */
    private static void restored(Page ada) {
        ada.navigate("/console/production/policy");
        ada.locator("nav.tabs a", new Page.LocatorOptions().setHasText("History"))
                .click();
        ada.locator("a[href*='/policy/history?row=']").first().click();
        assertThat(ada.locator("#chosen")).containsText("back to revision 4");
        ada.locator("#reason").fill("Vouchers are anonymous again");
        press(ada, "Restore this version…");
        assertThat(ada.locator("h1")).containsText("Change request 3");
    }

    /** The log is whole; gives a row of it. */
    private static long verified(Page ada) {
        ada.navigate("/console/changelog/verify");
        assertThat(ada.getByText("The log is intact.")).isVisible();
        ada.navigate("/console/changelog?kind=policy&environment=production");
        var row = ada.locator("a[aria-label^='Row ']").first().textContent();
        return Long.parseLong(row.strip());
    }

    /** What an owner of the database can do: take the trigger away, and change what was written. */
    private void changeOneByte(long row) throws SQLException {
        try (var database = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("weir") + H2, "", "");
                var statement = database.createStatement()) {
            statement.execute("drop trigger changelog_is_final");
            int changed = statement.executeUpdate(
                    "update changelog set content = insert(content, length(content) / 2, 1, '#') where sequence = "
                            + row);
            assertThat(changed).isOne();
        }
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static void press(Page page, String name) {
        page.locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }
}
