package dev.weir.release;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** From a form in a real browser to the policy that pages load. */
@QuarkusTest
class PublishInBrowserTest {

    /** A bound for a busy machine; a publication is meant to arrive within five seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Environments environments;

    @Test
    void a_parameter_blocked_in_a_form_is_in_the_policy_that_pages_load() {
        var admin = SignedIn.as(Role.ADMIN);
        new Policies(admin, "development").fresh();
        var app = environments
                .find(new EnvironmentKey("development"))
                .orElseThrow()
                .apps()
                .get(0)
                .id();

        try (var window = admin.browser()) {
            var page = window.newPage();
            page.navigate("/console/development/privacy/parameters");
            page.getByLabel("Names, one a line or separated by commas").fill("from_the_browser");
            press(page, "Add to the draft");
            assertThat(page.getByText("Added to the draft")).isVisible();
            page.navigate("/console/development/policy/publish");
            page.getByLabel("Reason").fill("Nobody needs to know where they came from");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Publish revision"))
                    .click();
            assertThat(page.getByText("Every node enforces it within seconds")).isVisible();
        }

        assertThat(served(app.digits(), "from_the_browser")).isTrue();
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .first()
                .click();
    }

    /** Asks again until patience ends: the data plane looks for news on its own. */
    private static boolean served(String app, String word) {
        var until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            if (given().get("/api/policy/" + app).asString().contains(word)) {
                return true;
            }
        }
        return false;
    }
}
