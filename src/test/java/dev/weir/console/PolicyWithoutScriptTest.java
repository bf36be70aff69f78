package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.weir.simulation.Finished;
import dev.weir.testsupport.FreshInstallation;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A policy is written, tried and published in a Chromium that runs no script. */
@QuarkusTest
@TestProfile(FreshInstallation.class)
class PolicyWithoutScriptTest extends WithoutScript {

    @Test
    void a_file_is_compared_and_asked_for() {
        page.navigate("/console/" + key + "/code");
        fill("file", "weir: 1\npolicy:\n  version: 1\n  retention: {days: 1}\n");
        press("Compare");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();

        fill("file", "weir: 1\npolicy:\n  version: 1\n  retention: {events: 1}\n  pages: [/" + key + "]\n");
        press("Compare");
        page.locator("textarea[name=reason]").fill("One day is enough");
        press("Ask for this change");

        assertThat(page).hasURL(Pattern.compile(".*/console/" + key + "/changes/1"));
        assertThat(page.locator("main")).containsText("A file that was imported");
        press("Publish at once");
        assertThat(page).hasURL(Pattern.compile(".*/console/" + key + "/policy/2.*"));
    }

    @Test
    void entries_are_added_changed_and_removed() {
        entry("parameters", "plain_token", "plain_secret");
        entry("paths", "/plain/{id}", "/plain/{order}");
        entry("pages", "/plain*", "/simple*");
        entry("events", "plain event", "simple event");
        entry("identity", "plainly nobody", "simply nobody");
        entry("origins", "https://plain.example", "https://simple.example");
    }

    private void entry(String section, String typed, String changed) {
        page.navigate("/console/" + key + "/privacy/" + section);
        fill("values", typed);
        press("Add to the draft");
        assertThat(page.locator("ul.names")).containsText(typed);
        link("Edit " + typed);
        fill("value", changed);
        press("Save to the draft");
        assertThat(page.locator("ul.names")).containsText(changed);
        press("Remove " + changed);
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("Removed from the draft");
        assertThat(page.getByText(changed, new Page.GetByTextOptions().setExact(true)))
                .hasCount(0);
    }

    @Test
    void rules_are_added_changed_and_removed() {
        rule("elements", "selector", ".plain", ".simple", "maskText");
        rule("properties", "name", "plain*", "simple*", "mask");
        rule("text", "pattern", "plain [0-9]{4}", "simple [0-9]{4}", "drop");
    }

    @Test
    void a_schema_is_added_changed_and_removed() {
        page.navigate("/console/" + key + "/privacy/schemas");
        fill("event", "plain order");
        fill("property", "total");
        page.selectOption("#change select[name=type]", "number");
        page.locator("input[name=required]").check();
        press("Add to the draft");
        assertThat(page.locator("main table").last()).containsText("unless it carries “total”, as a number");
        link("Edit plain order / total");
        assertThat(page.locator("input[name=required]")).isChecked();
        page.locator("input[name=required]").uncheck();
        press("Save to the draft");
        assertThat(page.locator("main table").last()).containsText("if it carries “total”, and not as a number");
        press("Remove plain order / total");
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("Removed from the draft");
    }

    private void rule(String section, String field, String typed, String changed, String action) {
        page.navigate("/console/" + key + "/privacy/" + section);
        fill(field, typed);
        if (section.equals("text")) {
            fill("label", "plain");
        }
        page.selectOption("#change select[name=action]", action);
        press("Add to the draft");
        assertThat(page.locator("main table").last()).containsText(typed);
        link("Edit " + typed);
        fill(field, changed);
        press("Save to the draft");
        assertThat(page.locator("main table").last()).containsText(changed);
        press("Remove " + changed);
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("Removed from the draft");
    }

    @Test
    void what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays() {
        page.navigate("/console/" + key + "/privacy/elements");
        fill("selector", "div.fine");
        press("Add to the draft");
        fill("selector", "div:has(a)");
        press("Add to the draft");

        assertThat(page.locator("#selector-notes .error")).isVisible();
        assertThat(page.locator("#selector")).hasValue("div:has(a)");
        // The links of the answer lead somewhere, too.
        link("Edit div.fine");
        assertThat(page.locator("#selector")).hasValue("div.fine");
    }

    @Test
    void settings_are_saved_published_undone_and_rolled_back() {
        page.navigate("/console/" + key + "/privacy/parameters");
        page.locator("input[name=mode][value=allow]").check();
        press("Save to the draft");
        assertThat(page.locator("main")).containsText("Every parameter is removed but the listed ones (1 name).");
        page.navigate("/console/" + key + "/privacy/consent");
        page.locator("input[name=required]").check();
        press("Save to the draft");
        page.navigate("/console/" + key + "/privacy/capture");
        page.locator("input[name=change]").uncheck();
        fill("maxText", "80");
        press("Save to the draft");
        page.navigate("/console/" + key + "/privacy/retention");
        fill("events", "30");
        press("Save to the draft");
        page.navigate("/console/" + key + "/privacy/text");
        page.selectOption("#detector-email", "quarantine");
        press("Save to the draft");
        page.navigate("/console/" + key + "/privacy/identity");
        page.locator("input[name=form][value=uuid]").check();
        press("Save to the draft");

        page.navigate("/console/" + key + "/privacy");
        press("Undo the last change");
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("taken back");
        link("Review and publish");
        fill("reason", "Agreed without a script");
        press("Publish revision 2");
        assertThat(page.locator("h1")).containsText("Revision 2 in force");

        link("Revisions");
        link("Revision 1");
        link("Roll back to this revision…");
        fill("reason", "Too strict after all");
        press("Roll back to revision 1");
        assertThat(page.locator("h1")).containsText("Revision 3 in force");

        page.navigate("/console/" + key + "/privacy/preset/strict");
        press("Replace the draft");
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("The draft now is the preset");
        page.locator("summary", has("Discard all changes")).click();
        press("Discard all changes");
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("discarded");
    }

    @Test
    void the_bench_answers_an_event_an_address_and_html() {
        page.navigate("/console/" + key + "/bench");
        for (String example : new String[] {"A click in an account page", "An address", "A piece of a page"}) {
            link(example);
            press("Try it");
            assertThat(page.locator("section.card").first()).containsText("As it would be stored");
        }
        page.locator("input[name=policy][value=inforce]").check();
        page.selectOption("select[name=consent]", "denied");
        fill("selector", "a");
        press("Try it");
        assertThat(page.locator("section.card")).hasCount(1);
        assertThat(page.locator("section.card")).containsText("Nothing would be stored");
    }

    @Test
    void a_change_is_tried_on_events() {
        page.navigate("/console/" + key + "/privacy/events");
        fill("values", "plain event");
        press("Add to the draft");
        page.navigate("/console/" + key + "/policy/publish");
        simulate();
        assertThat(page.locator("main")).containsText("0 of 0 events");

        link("Simulations");
        fill("text", "{\"type\":\"custom\",\"name\":\"plain event\"}");
        simulate();
        assertThat(page.locator("main")).containsText("Event blocked");
    }

    /** Simulates, and looks at it when it is done. */
    private void simulate() {
        press("Simulate");
        page.waitForURL(Pattern.compile(".*/simulations/[^/]+$"));
        Finished.of(page.url().replaceFirst(".*/", ""));
        page.reload();
    }
}
