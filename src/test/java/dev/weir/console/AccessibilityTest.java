package dev.weir.console;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.weir.access.Role;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Walks every page, in both themes, one on a desk and one on a phone: axe finds nothing, and nothing is wider than a phone. A new page adds its address. */
@QuarkusTest
class AccessibilityTest {

    private static final List<String> CONSOLE = List.of(
            "/console",
            "/console?environment=production",
            "/console/development/live",
            "/console/development/live?outcome=dropped&type=reset",
            "/console/production/live",
            "/console/development/snippet",
            "/console/development/snippet?way=java",
            "/console/production/snippet?way=consent",
            "/console/environments",
            "/console/people",
            "/console/account",
            "/console/development/privacy",
            "/console/development/privacy/parameters",
            "/console/development/privacy/paths",
            "/console/development/privacy/pages",
            "/console/development/privacy/elements",
            "/console/development/privacy/text",
            "/console/development/privacy/properties",
            "/console/development/privacy/events",
            "/console/development/privacy/consent",
            "/console/development/privacy/capture",
            "/console/development/privacy/identity",
            "/console/development/privacy/retention",
            "/console/development/privacy/origins",
            "/console/development/privacy/preset/strict",
            "/console/production/policy",
            "/console/production/policy/1",
            "/console/production/policy/publish",
            "/console/production/policy/1/restore",
            "/console/development/bench",
            "/console/development/bench?example=click",
            "/console/development/bench?example=html");

    private static final List<String> OPEN = List.of(
            "/console/login",
            "/sample/",
            "/sample/search",
            "/sample/sign-up",
            "/sample/welcome",
            "/sample/cart",
            "/sample/checkout",
            "/sample/thanks",
            "/sample/account/83920017",
            "/sample/app",
            "/sample/app/checkout");

    @BeforeEach
    void there_is_something_to_show() {
        var app = RestAssured.get("/sample/weir.js").asString().replaceFirst("(?s).*heap\\.load\\(\"(\\d{10}).*", "$1");
        for (var event : List.of("Order Placed", "Renewal Failed")) {
            RestAssured.given()
                    .contentType("application/json")
                    .body(Map.of(
                            "app_id",
                            app,
                            "identity",
                            "4711",
                            "event",
                            event,
                            "properties",
                            Map.of("contact", "jane.doe@example.com")))
                    .post("/api/track");
        }
    }

    @ParameterizedTest
    @CsvSource({"light,1280", "dark,390"})
    void axe_finds_nothing(String theme, int width) {
        // All pages before the verdict: one look at the report shows everything that is to be done.
        var verdict = new SoftAssertions();
        try (var window = SignedIn.as(Role.ADMIN).browser()) {
            window.addCookies(List.of(new Cookie("weir-theme", theme).setUrl(SignedIn.base() + "/console")));
            CONSOLE.forEach(path -> check(verdict, window, path, theme, width));
        }
        try (var window = Chromium.shared().newContext(new Browser.NewContextOptions().setBaseURL(SignedIn.base()))) {
            window.addCookies(List.of(new Cookie("weir-theme", theme).setUrl(SignedIn.base() + "/console")));
            OPEN.forEach(path -> check(verdict, window, path, theme, width));
        }
        verdict.assertAll();
    }

    @Test
    void axe_finds_nothing_on_what_somebody_sees_who_may_only_read() {
        var verdict = new SoftAssertions();
        try (var window = SignedIn.as(Role.AUDITOR).browser()) {
            CONSOLE.forEach(path -> check(verdict, window, path, "light", 1280));
        }
        verdict.assertAll();
    }

    private static void check(SoftAssertions verdict, BrowserContext window, String path, String theme, int width) {
        try (var page = window.newPage()) {
            page.emulateMedia(new Page.EmulateMediaOptions()
                    .setColorScheme(ColorScheme.valueOf(theme.toUpperCase(java.util.Locale.ROOT))));
            page.setViewportSize(width, 900);
            var answer = page.navigate(path);
            picture(page, path, theme, width);
            verdict.assertThat(answer.status()).as(path).isEqualTo(200);
            // Legacy means: in the page itself. These pages have no frames, for which the other way opens a second page
            // each time.
            var violations = new AxeBuilder(page)
                    .setLegacyMode(true).analyze().getViolations().stream()
                            .map(violation -> violation.getId() + ": "
                                    + violation.getNodes().stream()
                                            .map(node -> String.valueOf(node.getTarget()))
                                            .limit(3)
                                            .collect(Collectors.joining(" ")))
                            .toList();
            verdict.assertThat(violations).as(path + " " + theme + " " + width).isEmpty();
            verdict.assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as(path + " fits into " + width)
                    .isTrue();
        }
    }

    /** Kept for eyes: {@code target/pictures}. */
    private static void picture(Page page, String path, String theme, int width) {
        var name = path.replaceAll("[^A-Za-z0-9]+", "-") + "-" + theme + "-" + width + ".png";
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "pictures", name))
                .setFullPage(true));
    }
}
