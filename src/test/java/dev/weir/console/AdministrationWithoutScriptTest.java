package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.weir.access.Role;
import dev.weir.testsupport.FreshInstallation;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Administering works in a Chromium that runs no script: tokens, App IDs, environments, people, one's own session. */
@QuarkusTest
@TestProfile(FreshInstallation.class)
class AdministrationWithoutScriptTest extends WithoutScript {

    @Test
    void a_token_is_made_and_revoked() {
        page.navigate("/console/account/tokens");
        fill("name", "Pipeline " + number);
        press("Make the token");
        assertThat(page.locator("#secret")).containsText("wpt_");

        page.navigate("/console/account/tokens");
        press("Revoke Pipeline " + number);

        assertThat(page.locator("main")).not().containsText("Pipeline " + number);
    }

    @Test
    void an_app_id_is_made_named_rotated_and_retired() {
        assertThat(page.locator("h2", has("App ID"))).hasCount(2);
        var first = page.locator("section[id^=app-]").first();
        var id = first.getAttribute("id");

        fill("origin", "shop.example");
        press("Add");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        fill("origin", "https://shop.example:8443");
        press("Add");
        assertThat(page.locator("#" + id)).containsText("https://shop.example:8443");
        press("Remove https://shop.example:8443");
        assertThat(page.locator("#" + id)).not().containsText("https://shop.example:8443");

        page.locator("#" + id + " input[name=label]").fill("The shop");
        go(page.locator("#" + id + " form[action$=label] button"));
        assertThat(page.locator("#" + id + " .card-head")).containsText("The shop");

        press("Require a server key");
        assertThat(page.locator("#server-key")).containsText("wsk_");
        page.locator("summary", has("Require none")).click();
        press("Require none");
        assertThat(page.locator("#" + id)).containsText("need no key");

        page.locator("#" + id + " input[name=days]").fill("7");
        press("Rotate");
        assertThat(page.locator("section[id^=app-]")).hasCount(2);
        assertThat(page.locator("#" + id)).containsText("retiring");

        page.locator("#" + id + " summary", has("Retire now")).click();
        go(page.locator("#" + id + " form[action$=retire] button"));
        assertThat(page.locator("#" + id)).containsText("Refused since");

        fill("label", "Another site");
        press("Create App ID");
        assertThat(page.locator("section[id^=app-]")).hasCount(3);

        page.locator("main input[name=name]").fill("Renamed");
        page.locator("main input[name=critical]").check();
        press("Save settings");
        assertThat(page.locator("h1")).containsText("Renamed critical");
    }

    @Test
    void that_an_environment_be_critical_no_longer_is_asked_for_and_agreed_to() {
        page.locator("main input[name=critical]").check();
        press("Save settings");
        fill("reason", "Nobody sells here any more");
        press("Ask for it");
        assertThat(page.locator("main")).containsText("Plain Admin has asked for it");
        press("Take it back");
        fill("reason", "Nobody sells here any more");
        press("Ask for it");

        SignedIn.account("plain-second", "Plain Second", Role.ADMIN);
        try (var other = SignedIn.signIn("plain-second", SignedIn.PASSWORD).browser()) {
            var his = other.newPage();
            his.navigate("/console/environments/" + key);
            his.locator("form[action$='/uncritical/agree'] button").click();
            assertThat(his.locator("main input[name=critical][type=checkbox]")).isVisible();
        }
    }

    @Test
    void people_are_invited_and_change_their_role() {
        page.navigate("/console/people");
        fill("name", "Grace Plain");
        page.locator("#new input[name=login]").fill("grace-" + number);
        press("Create the link");
        var link = page.locator("#link").textContent();
        row("grace-" + number).locator("select").selectOption(Role.AUDITOR);
        go(row("grace-" + number).locator("button", hasText("Save")));
        assertThat(row("grace-" + number).locator("select")).hasValue(Role.AUDITOR);
        row("grace-" + number).locator("summary").click();
        row("grace-" + number).locator("input[value=development]").check();
        go(row("grace-" + number).locator("button", hasText("Set")));
        assertThat(row("grace-" + number).locator("summary")).containsText("Development");

        try (var other = window()) {
            var hers = other.newPage();
            hers.navigate(link);
            hers.locator("#password").fill("heron beside the mill");
            go(hers.locator("main button"));
            assertThat(hers).hasURL(Pattern.compile(".*/console/login"));
        }

        page.navigate("/console/people");
        go(row("grace-" + number).locator("button", hasText("Disable")));
        assertThat(row("grace-" + number)).containsText("disabled");
        go(row("grace-" + number).locator("button", hasText("Enable")));
        assertThat(row("grace-" + number)).containsText("active");
    }

    private Locator row(String login) {
        return page.locator("tr", has(login));
    }

    @Test
    void a_list_is_filtered_the_theme_is_chosen_and_the_session_ends() {
        page.navigate("/console/" + key + "/live");
        page.selectOption("#outcome", "dropped");
        page.selectOption("#type", "click");
        press("Show");
        assertThat(page).hasURL(Pattern.compile(".*/live\\?outcome=dropped&type=click"));
        assertThat(page.locator("#outcome")).hasValue("dropped");
        assertThat(page.locator("#live-pause")).isHidden();

        page.navigate("/console/" + key + "/snippet");
        link("Python");
        assertThat(page.locator("#code")).containsText("urllib");

        page.locator("details.pop.end summary").click();
        press("Dark");
        assertThat(page).hasURL(Pattern.compile(".*/snippet\\?.*way=python.*"));
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator("html")).hasCSS("color-scheme", "dark");
        assertThat(page.locator("html")).hasCSS("background-color", "rgb(11, 22, 24)");

        page.locator("details.pop summary").first().click();
        go(page.locator("nav.pop-body a", has("Development")));
        assertThat(page).hasURL(Pattern.compile(".*/console/development/snippet"));

        page.locator("details.pop.end summary").click();
        link("Your account");
        assertThat(page.locator("main table")).containsText("this one");
        page.locator("details.pop.end summary").click();
        press("Sign out");
        assertThat(page.locator("h1")).containsText("Sign in to Weir");
        page.navigate("/console/people");
        assertThat(page.locator("h1")).containsText("Sign in to Weir");
    }

    @Test
    void standards_are_looked_at_and_saved_and_what_breaks_one_is_waived() {
        SignedIn.account("plain-dora", "Plain Dora", Role.DEVELOPER);
        var address = SignedIn.signIn("plain-dora", SignedIn.PASSWORD)
                .request()
                .formParams("name", "Plainly " + number, "type", "click", "filter", "text equals \"Buy\"")
                .post("/console/definitions")
                .header("Location");
        page.navigate("/console/definitions");
        link("Standards");
        page.locator("#level-context").selectOption("block");
        fill("reason", "As agreed");
        press("See what it would mean");
        assertThat(page.locator("#effect ~ details")).containsText("There is no business context.");
        press("Save the standards");
        assertThat(page.locator("main")).containsText("The standards are saved.");

        page.navigate(address);
        page.locator("select[name=rule]").selectOption("context");
        page.locator("#waiver-reason").fill("It is clear");
        press("Waive it");
        assertThat(page.locator("main")).containsText("Waived by Plain Admin");

        link("Edit");
        fill("name", "plainly");
        press("Preview");
        assertThat(page.locator("#deviations")).containsText("There is no business context.");

        page.navigate("/console/definitions");
        page.locator("#breaks").selectOption("any");
        press("Show");
        assertThat(page).hasURL(Pattern.compile(".*breaks=any.*"));
    }
}
