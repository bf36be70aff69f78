package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import dev.weir.access.Role;
import dev.weir.jobs.JobsAtWork;
import dev.weir.simulation.Finished;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.FreshInstallation;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Works in a Chromium that runs no script: each form of the console does what it says, with its own buttons and links. */
@QuarkusTest
@TestProfile(FreshInstallation.class)
class WithoutScriptTest {

    private static int made;

    private BrowserContext window;
    private Page page;
    private String key;

    @BeforeEach
    void an_admin_without_scripts_and_an_environment() {
        SignedIn.account("plain", "Plain Admin", Role.ADMIN);
        window = Chromium.shared()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(SignedIn.base())
                        .setJavaScriptEnabled(false));
        page = window.newPage();
        key = "plain-" + ++made;
        page.navigate("/console/environments");
        fill("login", "plain");
        fill("password", SignedIn.PASSWORD);
        press("Sign in");
        assertThat(page).hasURL(Pattern.compile(".*/console/environments"));
        fill("name", "Plain " + made);
        fill("key", key);
        page.selectOption("select[name=kind]", "staging");
        press("Create environment");
        assertThat(page).hasURL(Pattern.compile(".*/console/environments/" + key));
    }

    @AfterEach
    void close() {
        window.close();
    }

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
    void a_token_is_made_and_revoked() {
        page.navigate("/console/account/tokens");
        fill("name", "Pipeline " + made);
        press("Make the token");
        assertThat(page.locator("#secret")).containsText("wpt_");

        page.navigate("/console/account/tokens");
        press("Revoke Pipeline " + made);

        assertThat(page.locator("main")).not().containsText("Pipeline " + made);
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
        page.locator("#" + id + " form[action$=label] button").click();
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
        page.locator("#" + id + " form[action$=retire] button").click();
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
        page.locator("main")
                .locator("button", hasText("Delete in all environments"))
                .first()
                .click();
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
        declining.first().click();
        assertThat(declining).hasCount(waiting - 1);

        page.locator("form[action='/console/erasure/keys'] button").first().click();
        assertThat(page.locator("#key-text")).containsText("wdk_");
        page.locator("form[action='/console/erasure/keys/drop'] button").first().click();
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
        page.locator("main").locator("button", hasText("Cut the link")).click();
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
        page.locator("main").locator("button", hasText("Decline")).click();
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

    @Test
    void an_earlier_version_is_found_in_the_history_and_restored() {
        fill("name", "Plainer");
        press("Save settings");
        page.locator("nav.tabs a", has("History")).click();
        assertThat(page.locator("nav.tabs a[aria-current=page]")).hasText("History");
        link("Compare with now");
        assertThat(page.locator("#chosen + p + dl")).containsText("Plainer");
        press("Restore this version");
        assertThat(page.locator("main")).not().containsText("Nothing was restored");
        page.navigate("/console/environments/" + key);
        assertThat(page.locator("h1")).not().containsText("Plainer");

        page.navigate("/console/" + key + "/privacy/retention");
        fill("events", "30");
        answered("Save to the draft");
        page.navigate("/console/" + key + "/policy/publish");
        fill("reason", "Shorter");
        press("Publish revision 2");
        page.navigate("/console/" + key + "/privacy/retention");
        page.locator("nav.tabs a", has("History")).last().click();
        link("Compare with revision 2");
        fill("reason", "Longer again");
        press("Restore this version");
        assertThat(page.locator("h1")).containsText("Change request 1");
        assertThat(page.locator("main")).containsText("Events are kept for 395 days.");
    }

    @Test
    void what_could_not_wait_is_published_in_an_emergency_reviewed_and_promoted() {
        page.locator("main input[name=critical]").check();
        answered("Save settings");

        page.navigate("/console/" + key + "/privacy/retention");
        fill("events", "400");
        answered("Save to the draft");
        page.navigate("/console/" + key + "/policy/publish");
        page.locator("summary", has("In an emergency")).click();
        page.locator("#emergency-reason").fill("The auditors want more than a year");
        page.locator("#emergency-key").fill(key);
        press("Publish in an emergency");
        assertThat(page.locator("h1")).containsText("Revision 2 in force");
        assertThat(page.locator("aside.alarms")).containsText("the policy of Plain " + made);

        SignedIn.account("plain-second", "Plain Second", Role.ADMIN);
        try (var other = SignedIn.signIn("plain-second", SignedIn.PASSWORD).browser()) {
            var his = other.newPage();
            his.navigate("/console/" + key + "/emergencies");
            his.locator("main textarea[name=reason]").fill("They did want it");
            his.locator("main button").click();
            assertThat(his.locator("main")).containsText("They did want it");
        }

        page.navigate("/console/" + key + "/allowed");
        fill("q", "400 days");
        press("Show");
        assertThat(page.locator("main table")).containsText("Plain Second, afterwards");

        page.navigate("/console/" + key + "/promote");
        page.selectOption("select[name=from]", "development");
        press("Compare");
        page.locator("main select[name=line]").first().selectOption(new SelectOption().setLabel("take it"));
        fill("reason", "As in Development");
        press("Ask for this promotion");
        assertThat(page.locator("h1")).containsText("Change request 1");
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
        try (var hers = Chromium.shared()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(SignedIn.base())
                        .setJavaScriptEnabled(false))) {
            var auditor = hers.newPage();
            auditor.navigate("/console/reviews");
            auditor.locator("[name=login]").fill("plain-auditor");
            auditor.locator("[name=password]").fill(SignedIn.PASSWORD);
            auditor.locator("main button").click();
            assertThat(auditor).hasURL(Pattern.compile(".*/console/reviews"));
            auditor.navigate(task);
            auditor.locator("textarea[name=reason]").fill("By how many days?");
            auditor.locator("form[action$=hand-back] button").click();
            assertThat(auditor.locator("h1")).containsText("waits for its owner");

            page.navigate(task);
            assertThat(page.locator("main")).containsText("By how many days?");
            page.locator("input[value=in-order]").check();
            press("Sign");
            assertThat(page.locator("h1")).containsText("waits for an Auditor");

            auditor.navigate("/console/reviews");
            auditor.locator("main a", has("Privacy rules of " + key)).click();
            auditor.locator("form[action$=counter-sign] button").click();
            assertThat(auditor.locator("h1")).containsText("counter-signed");
        }

        link("Quarter of " + key);
        press("Close the cycle");
        link("Report");
        assertThat(page.locator("main")).containsText("by Plain Auditor");
    }

    private static void change(Locator filter, String value) {
        if (filter.evaluate("field => field.tagName").equals("SELECT")) {
            filter.selectOption(value);
        } else {
            filter.fill(value);
        }
    }

    @Test
    void people_are_invited_and_change_their_role() {
        page.navigate("/console/people");
        fill("name", "Grace Plain");
        page.locator("#new input[name=login]").fill("grace-" + made);
        press("Create the link");
        var link = page.locator("#link").textContent();
        row("grace-" + made).locator("select").selectOption(Role.AUDITOR);
        row("grace-" + made).locator("button", hasText("Save")).click();
        assertThat(row("grace-" + made).locator("select")).hasValue(Role.AUDITOR);
        row("grace-" + made).locator("summary").click();
        row("grace-" + made).locator("input[value=development]").check();
        row("grace-" + made).locator("button", hasText("Set")).click();
        assertThat(row("grace-" + made).locator("summary")).containsText("Development");

        try (var other = Chromium.shared()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(SignedIn.base())
                        .setJavaScriptEnabled(false))) {
            var hers = other.newPage();
            hers.navigate(link);
            hers.locator("#password").fill("heron beside the mill");
            hers.locator("main button").click();
            assertThat(hers).hasURL(Pattern.compile(".*/console/login"));
        }

        page.navigate("/console/people");
        row("grace-" + made).locator("button", hasText("Disable")).click();
        assertThat(row("grace-" + made)).containsText("disabled");
        row("grace-" + made).locator("button", hasText("Enable")).click();
        assertThat(row("grace-" + made)).containsText("active");
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
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Dark"))
                .click();
        assertThat(page).hasURL(Pattern.compile(".*/snippet\\?.*way=python.*"));
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator("html")).hasCSS("color-scheme", "dark");
        assertThat(page.locator("html")).hasCSS("background-color", "rgb(11, 22, 24)");

        page.locator("details.pop summary").first().click();
        page.locator("nav.pop-body a", has("Development")).click();
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

    private Locator row(String login) {
        return page.locator("tr", has(login));
    }

    private void fill(String name, String text) {
        page.locator("main [name='" + name + "']").last().fill(text);
    }

    /** Presses, and waits for the answer: what comes next goes elsewhere. */
    private void answered(String button) {
        page.waitForResponse(answer -> answer.request().method().equals("POST"), () -> press(button));
    }

    private void press(String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .last()
                .click();
    }

    private void link(String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name))
                .last()
                .click();
    }

    private static Page.LocatorOptions has(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static Locator.LocatorOptions hasText(String text) {
        return new Locator.LocatorOptions().setHasText(text);
    }
}
