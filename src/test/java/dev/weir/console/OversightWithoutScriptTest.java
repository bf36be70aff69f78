package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import dev.weir.access.Role;
import dev.weir.testsupport.FreshInstallation;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who looks at what others did finds and does it in a Chromium that runs no script: history, emergencies, the change log, reviews. */
@QuarkusTest
@TestProfile(FreshInstallation.class)
class OversightWithoutScriptTest extends WithoutScript {

    @Test
    void an_earlier_version_is_found_in_the_history_and_restored() {
        fill("name", "Plainer");
        press("Save settings");
        go(page.locator("nav.tabs a", has("History")));
        assertThat(page.locator("nav.tabs a[aria-current=page]")).hasText("History");
        link("Compare with now");
        assertThat(page.locator("#chosen + p + dl")).containsText("Plainer");
        fill("reason", "It is plain enough");
        press("Restore this version");
        assertThat(page.locator("h1")).containsText("Restoration");
        assertThat(page.locator("main")).containsText("It is plain enough");
        press("Take it back");
        assertThat(page.locator("h1")).containsText("withdrawn");
        page.navigate("/console/environments/" + key + "/history");
        link("Compare with now");
        fill("reason", "It is plain enough");
        press("Restore this version");
        press("Restore it now");
        assertThat(page.locator("h1")).containsText("applied");
        link("Change requests");
        assertThat(page.locator("main table")).containsText("It is plain enough");
        page.navigate("/console/environments/" + key);
        assertThat(page.locator("h1")).not().containsText("Plainer");
        another_s_wish();

        page.navigate("/console/" + key + "/privacy/retention");
        fill("events", "30");
        press("Save to the draft");
        page.navigate("/console/" + key + "/policy/publish");
        fill("reason", "Shorter");
        press("Publish revision 2");
        page.navigate("/console/" + key + "/privacy/retention");
        go(page.locator("nav.tabs a", has("History")).last());
        link("Compare with revision 2");
        fill("reason", "Longer again");
        press("Restore this version");
        assertThat(page.locator("h1")).containsText("Change request 1");
        assertThat(page.locator("main")).containsText("Events are kept for 395 days.");
    }

    /** An Architect asks, and somebody else says no. */
    private void another_s_wish() {
        SignedIn.account("plain-architect", "Plain Architect", Role.ARCHITECT);
        try (var hers = SignedIn.signIn("plain-architect", SignedIn.PASSWORD).browser()) {
            var architect = hers.newPage();
            architect.navigate("/console/environments/" + key + "/history");
            go(architect.getByText("Compare with now").first());
            architect.locator("main textarea[name=reason]").fill("It was plainer");
            go(architect.locator("main form button"));
            assertThat(architect.locator("main")).containsText("It waits for somebody who may change it");
        }
        page.navigate("/console/" + key + "/changes?show=mine");
        go(page.locator("main tr", has("It was plainer")).locator("a").first());
        assertThat(page.locator("main")).containsText("You agree to exactly this");
        fill("reason", "no");
        press("Decline");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        fill("reason", "Plain it stays");
        press("Decline");
        assertThat(page.locator("h1")).containsText("declined");
    }

    @Test
    void what_could_not_wait_is_published_in_an_emergency_reviewed_and_promoted() {
        page.locator("main input[name=critical]").check();
        press("Save settings");

        page.navigate("/console/" + key + "/privacy/retention");
        fill("events", "400");
        press("Save to the draft");
        page.navigate("/console/" + key + "/policy/publish");
        page.locator("summary", has("In an emergency")).click();
        page.locator("#emergency-reason").fill("The auditors want more than a year");
        page.locator("#emergency-key").fill(key);
        press("Publish in an emergency");
        assertThat(page.locator("h1")).containsText("Revision 2 in force");
        assertThat(page.locator("aside.alarms")).containsText("the policy of Plain " + number);

        SignedIn.account("plain-second", "Plain Second", Role.ADMIN);
        try (var other = SignedIn.signIn("plain-second", SignedIn.PASSWORD).browser()) {
            var his = other.newPage();
            his.navigate("/console/" + key + "/emergencies");
            his.locator("main textarea[name=reason]").fill("They did want it");
            his.locator("main button").click();
            assertThat(his.locator("main")).containsText("They did want it");
        }

        page.navigate("/console/" + key + "/policy");
        page.locator("summary", has("It is to stay")).click();
        page.locator("#stay-reason").fill("They want it for good");
        press("Ask that it stays");
        assertThat(page.locator("h1")).containsText("Change request 1");

        page.navigate("/console/" + key + "/allowed");
        fill("q", "400 days");
        press("Show");
        assertThat(page.locator("main table")).containsText("Plain Second looked at it afterwards: “They did want it”");

        page.navigate("/console/" + key + "/promote");
        page.selectOption("select[name=from]", "development");
        press("Compare");
        page.locator("main select[name=line]").first().selectOption(new SelectOption().setLabel("take it"));
        fill("reason", "As in Development");
        fill("days", "30");
        press("Ask for this promotion");
        assertThat(page.locator("h1")).containsText("Change request 2");
        assertThat(page.locator("main")).containsText("30 days");
        page.getByLabel("Plain Second").check();
        press("Ask them");
        assertThat(page.locator("main")).containsText("waiting");
        link("Change requests");
        link("Mine to review");
        assertThat(page.locator("main")).containsText("Nothing waits for you");
    }

    @Test
    void every_filter_of_the_change_log_stands_in_the_address_and_all_hold_together() {
        page.navigate("/console/environments/" + key);
        var app = String.valueOf(page.locator("section[id^=app-]").first().getAttribute("id"))
                .substring("app-".length());
        page.navigate("/console/changelog?object=" + app);
        var day = String.valueOf(page.locator("ol.log time").first().getAttribute("datetime"))
                .substring(0, 10);
        var before = LocalDate.parse(day).minusDays(1).toString();
        var after = LocalDate.parse(day).plusDays(1).toString();

        page.locator("#actor").selectOption(new SelectOption().setLabel("Plain Admin"));
        page.locator("#kind").selectOption("app-id");
        page.locator("#environment").selectOption(key);
        page.locator("#from").fill(day);
        page.locator("#to").fill(after);
        press("Show");

        assertThat(page)
                .hasURL(Pattern.compile(".*/console/changelog\\?actor=local%3A[0-9a-f-]+&kind=app-id&object=" + app
                        + "&environment=" + key + "&from=" + day + "&to=" + after));
        assertThat(page.locator("ol.log > li")).hasCount(1);
        assertThat(page.locator("ol.log")).containsText(app);
        // Each of them counts: with another value of one alone nothing is left.
        var others = Map.of(
                "#actor", "system",
                "#kind", "environment",
                "#object", "0000000000",
                "#environment", "development",
                "#from", after,
                "#to", before);
        others.forEach((field, other) -> {
            var filter = page.locator(field);
            var kept = filter.inputValue();
            change(filter, other);
            press("Show");
            assertThat(page.locator("main")).containsText("Nothing that you ask for was changed");
            assertThat(page.locator(field)).hasValue(other);
            change(page.locator(field), kept);
            press("Show");
            assertThat(page.locator("ol.log > li")).hasCount(1);
        });
    }

    private static void change(Locator filter, String value) {
        if (filter.evaluate("field => field.tagName").equals("SELECT")) {
            filter.selectOption(value);
        } else {
            filter.fill(value);
        }
    }

    @Test
    void a_review_is_opened_signed_handed_back_confirmed_and_closed() {
        page.navigate("/console/reviews");
        fill("name", "Quarter of " + key);
        for (var other :
                page.locator("input[name=environment], input[name=matter]").all()) {
            other.uncheck();
        }
        page.locator("input[name=matter][value=privacy]").check();
        page.locator("input[name=environment][value=" + key + "]").check();
        page.selectOption("#owner", new SelectOption().setLabel("Plain Admin"));
        press("Open the cycle");
        assertThat(page).hasURL(Pattern.compile(".*/console/reviews/\\d+"));
        link("Privacy rules of " + key);
        assertThat(page).hasURL(Pattern.compile(".*/tasks/1"));
        var task = page.url();
        press("Gather it again");
        assertThat(page.locator("form[action$=sign] input[name=version]")).hasValue("1");
        page.locator("input[value=needs-work]").check();
        fill("words", "no");
        press("Sign");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        fill("words", "The retention is too long");
        press("Sign");
        assertThat(page.locator("h1")).containsText("waits for an Auditor");

        SignedIn.account("plain-auditor", "Plain Auditor", Role.AUDITOR);
        try (var hers = window()) {
            var auditor = hers.newPage();
            auditor.navigate("/console/reviews");
            auditor.locator("[name=login]").fill("plain-auditor");
            auditor.locator("[name=password]").fill(SignedIn.PASSWORD);
            go(auditor.locator("main button"));
            assertThat(auditor).hasURL(Pattern.compile(".*/console/reviews"));
            auditor.navigate(task);
            auditor.locator("textarea[name=reason]").fill("By how many days?");
            go(auditor.locator("form[action$=hand-back] button"));
            assertThat(auditor.locator("h1")).containsText("waits for its owner");

            page.navigate(task);
            assertThat(page.locator("main")).containsText("By how many days?");
            page.locator("input[value=in-order]").check();
            press("Sign");
            assertThat(page.locator("h1")).containsText("waits for an Auditor");

            auditor.navigate("/console/reviews");
            go(auditor.locator("main a", has("Privacy rules of " + key)));
            go(auditor.locator("form[action$=counter-sign] button"));
            assertThat(auditor.locator("h1")).containsText("counter-signed");
        }

        link("Quarter of " + key);
        press("Close the cycle");
        link("Report");
        assertThat(page.locator("main")).containsText("by Plain Auditor");
    }
}
