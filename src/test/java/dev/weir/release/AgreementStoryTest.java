package dev.weir.release;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.weir.access.Role;
import dev.weir.store.Renewal;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** In Chromium, two Admins in two windows: draft, request, approval, publication; events judged by it; roll back. */
@QuarkusTest
class AgreementStoryTest {

    private static final String HOME = "/console/agreement";

    @Test
    void a_loosening_is_drafted_asked_for_agreed_to_published_and_rolled_back() {
        SignedIn.account("story-bob", "Bob Second", Role.ADMIN);
        try (var hers = SignedIn.as(Role.ADMIN).browser();
                var his = SignedIn.signIn("story-bob", SignedIn.PASSWORD).browser()) {
            var ada = hers.newPage();
            var bob = his.newPage();
            var app = environment(ada);

            block(ada);
            publish(ada, "It names customers", "Publish revision 2");
            Assertions.assertThat(told(app)).isEqualTo("{EVENT_BLOCKED=1}");

            unblock(ada);
            ada.navigate(HOME + "/policy/publish");
            ada.getByLabel("Reason").fill("It names nobody any more");
            press(ada, "Ask for this change");
            assertThat(ada.getByText("an Admin who isn't you has to approve it"))
                    .isVisible();
            Assertions.assertThat(told(app)).isEqualTo("{EVENT_BLOCKED=1}");

            bob.navigate(HOME + "/changes");
            bob.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Request 1"))
                    .click();
            assertThat(bob.getByText("No longer: The custom event “order placed” is dropped."))
                    .isVisible();
            press(bob, "Approve");
            bob.getByLabel("Type agreement to confirm").fill("agreement");
            press(bob, "Publish what was approved");
            assertThat(bob.getByText("Change request 1")).isVisible();
            Assertions.assertThat(told(app)).isEqualTo("{}");

            ada.navigate(HOME + "/policy/2/restore");
            ada.getByLabel("Reason").fill("It does name them");
            ada.getByLabel("Type agreement to confirm").fill("agreement");
            press(ada, "Roll back to revision 2");
            assertThat(ada.getByText("Published. Every node enforces it")).isVisible();
            Assertions.assertThat(told(app)).isEqualTo("{EVENT_BLOCKED=1}");
        }
    }

    private static String environment(Page ada) {
        ada.navigate("/console/environments");
        SignedIn.as(Role.ADMIN)
                .request()
                .formParams(
                        Map.of("key", "agreement", "name", "Agreement", "kind", "production", "critical", "critical"))
                .post("/console/environments")
                .then()
                .statusCode(303);
        ada.navigate("/console/environments/agreement");
        return ada.content().replaceFirst("(?s).*id=\"app-(\\d{10})\".*", "$1");
    }

    private static void block(Page ada) {
        ada.navigate(HOME + "/privacy/events");
        ada.locator("#values").fill("Order Placed");
        press(ada, "Add to the draft");
        assertThat(ada.getByText("order placed").first()).isVisible();
    }

    private static void unblock(Page ada) {
        ada.navigate(HOME + "/privacy/events");
        press(ada, "Remove");
        assertThat(ada.locator("main").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove")))
                .hasCount(0);
    }

    private static void publish(Page ada, String reason, String button) {
        ada.navigate(HOME + "/policy/publish");
        ada.getByLabel("Reason").fill(reason);
        ada.getByLabel("Type agreement to confirm").fill("agreement");
        press(ada, button);
        assertThat(ada.getByText("Published. Every node enforces it")).isVisible();
    }

    private static void press(Page page, String name) {
        page.locator("main")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name))
                .first()
                .click();
    }

    /** What became of an event now. */
    private static String told(String app) {
        Renewal.now();
        return RestAssured.given()
                .contentType("application/json")
                .body(Map.of("app_id", app, "identity", "4711", "event", "Order Placed"))
                .post("/api/track")
                .jsonPath()
                .getMap("dropped")
                .toString();
    }
}
