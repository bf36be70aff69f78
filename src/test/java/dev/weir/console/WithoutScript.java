package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import dev.weir.access.Role;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.SignedIn;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A Chromium that runs no script, an Admin who uses it, and an environment of each test's own. Each form of the console does there what
 * it says, with its own buttons and links.
 */
abstract class WithoutScript {

    /** Over all classes: they share a database. */
    private static int made;

    final int number = ++made;

    /** Of the environment. */
    final String key = "plain-" + number;

    Page page;

    private BrowserContext window;

    @BeforeEach
    void an_admin_without_scripts_and_an_environment() {
        SignedIn.account("plain", "Plain Admin", Role.ADMIN);
        window = window();
        page = window.newPage();
        page.navigate("/console/environments");
        fill("login", "plain");
        fill("password", SignedIn.PASSWORD);
        press("Sign in");
        assertThat(page).hasURL(Pattern.compile(".*/console/environments"));
        fill("name", "Plain " + number);
        fill("key", key);
        page.selectOption("select[name=kind]", "staging");
        press("Create environment");
        assertThat(page).hasURL(Pattern.compile(".*/console/environments/" + key));
    }

    @AfterEach
    void close() {
        window.close();
    }

    /** Close it after use. */
    static BrowserContext window() {
        return Chromium.shared()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(SignedIn.base())
                        .setJavaScriptEnabled(false));
    }

    void fill(String name, String text) {
        page.locator("main [name='" + name + "']").last().fill(text);
    }

    void press(String name) {
        go(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .last());
    }

    void link(String name) {
        go(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name))
                .last());
    }

    /**
     * Presses it, or follows it, and waits until the page that answers is there. What comes next would else be done on the page before,
     * or be done instead of it.
     */
    static void go(Locator where) {
        var page = where.page();
        var arrived = new AtomicBoolean();
        Consumer<Frame> arriving = frame -> arrived.set(true);
        page.onFrameNavigated(arriving);
        where.click();
        page.waitForCondition(arrived::get);
        page.offFrameNavigated(arriving);
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
    }

    static Page.LocatorOptions has(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    static Locator.LocatorOptions hasText(String text) {
        return new Locator.LocatorOptions().setHasText(text);
    }
}
