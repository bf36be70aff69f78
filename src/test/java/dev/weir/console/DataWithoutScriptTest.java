package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.options.AriaRole;
import dev.weir.jobs.JobsAtWork;
import dev.weir.store.Renewal;
import dev.weir.testsupport.FreshInstallation;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is stored is released, redacted, deleted and set right in a Chromium that runs no script. */
@QuarkusTest
@TestProfile(FreshInstallation.class)
class DataWithoutScriptTest extends WithoutScript {

    @Test
    void what_was_set_aside_is_released_or_deleted() {
        page.navigate("/console/environments/" + key);
        var app = String.valueOf(page.locator("section[id^=app-]").first().getAttribute("id"))
                .substring("app-".length());
        Renewal.now();
        for (int i = 0; i < 2; i++) {
            given().contentType("application/json")
                    .body("{\"app_id\":\"" + app + "\",\"event\":\"Bought\",\"identity\":\"undefined\"}")
                    .post("/api/track")
                    .then()
                    .statusCode(200);
        }

        page.navigate("/console/" + key + "/quarantine");
        page.locator("input[name=event]").first().check();
        fill("why", "They were our own");
        press("Release");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Kept: 1.");
        page.locator("input[name=scope][value=all]").check();
        fill("why", "They were not");
        press("Delete for good");
        assertThat(page.locator("main")).containsText("Nothing is set aside");
    }

    @Test
    void rules_are_applied_to_what_is_stored() {
        page.navigate("/console/" + key + "/redaction");
        press("Count what would change");
        JobsAtWork.all();
        page.reload();
        assertThat(page.locator("#progress")).containsText("done");
        page.navigate("/console/" + key + "/redaction");
        fill("why", "A new rule");
        press("Apply to what is stored");
        JobsAtWork.all();
        page.reload();
        assertThat(page.locator("#progress")).containsText("Events looked at");
    }

    @Test
    void users_are_deleted_and_the_job_is_watched_and_cancelled() {
        page.navigate("/console/erasure");
        fill("names", "otter-7\notter-8");
        fill("why", "They asked for it");
        press("Have it counted");
        assertThat(page).hasURL(Pattern.compile(".*/console/jobs/[0-9a-f-]{36}"));
        JobsAtWork.all();
        page.navigate("/console/erasure");
        assertThat(page.locator("#waiting")).isVisible();
        go(page.locator("main")
                .locator("button", hasText("Delete in all environments"))
                .first());
        assertThat(page).hasURL(Pattern.compile(".*/console/jobs/[0-9a-f-]{36}"));
        assertThat(page.locator("#progress")).containsText("waiting");
        page.locator("summary", has("Cancel")).click();
        press("Cancel");
        assertThat(page.locator("#progress")).containsText("cancelled");
        page.navigate("/console/jobs");
        assertThat(page.locator("main")).containsText("Delete users");

        page.navigate("/console/erasure");
        fill("names", "otter-9");
        fill("why", "They asked for it");
        press("Have it counted");
        assertThat(page).hasURL(Pattern.compile(".*/console/jobs/[0-9a-f-]{36}"));
        JobsAtWork.all();
        page.navigate("/console/erasure");
        var declining = page.locator("main").locator("button", hasText("Decline"));
        int waiting = declining.count();
        go(declining.first());
        assertThat(declining).hasCount(waiting - 1);

        go(page.locator("form[action='/console/erasure/keys'] button").first());
        assertThat(page.locator("#key-text")).containsText("wdk_");
        go(page.locator("form[action='/console/erasure/keys/drop'] button").first());
        assertThat(page).hasURL(Pattern.compile(".*/console/erasure"));
    }

    @Test
    void a_link_is_looked_up_cut_and_restored() {
        linked("4711", "otter-12");
        page.navigate("/console/" + key + "/identities");
        lookedUp("otter-12");
        fill("why", "It was a shared device");
        press("Ask to cut it");
        assertThat(page).hasURL(Pattern.compile(".*/console/jobs/[0-9a-f-]{36}"));
        JobsAtWork.all();
        page.navigate("/console/" + key + "/identities");
        go(page.locator("main").locator("button", hasText("Cut the link")));
        assertThat(page.locator("main")).containsText("Nothing waits to be decided.");

        lookedUp("otter-12");
        assertThat(page.locator("td .badge")).hasText("cut");
        fill("why", "It was theirs");
        press("Restore it");
        assertThat(page.locator("main")).containsText("The link is there again");
        assertThat(page.locator("td .badge")).hasText("linked");

        lookedUp("otter-12");
        fill("why", "It was not");
        press("Ask to cut it");
        assertThat(page).hasURL(Pattern.compile(".*/console/jobs/[0-9a-f-]{36}"));
        JobsAtWork.all();
        page.navigate("/console/" + key + "/identities");
        go(page.locator("main").locator("button", hasText("Decline")));
        assertThat(page.locator("main")).containsText("Nothing waits to be decided.");
    }

    private void lookedUp(String name) {
        page.locator("#name").fill(name);
        press("Look up");
        page.locator("input[name=link]").check();
    }

    private void linked(String user, String identity) {
        page.navigate("/console/" + key + "/snippet");
        var app = page.locator("select[name=app]").inputValue();
        Renewal.now();
        given().contentType("application/json")
                .body(Map.of("app_id", app, "user_id", user, "identity", identity))
                .post("/api/v1/identify")
                .then()
                .statusCode(200);
    }
}
