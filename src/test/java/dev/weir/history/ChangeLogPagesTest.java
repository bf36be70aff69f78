package dev.weir.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Filter;
import dev.weir.changelog.Thing;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.ChangeRequests;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangeLogPagesTest {

    private static final String HOME = "/console/changelog";

    @Inject
    ChangeLog log;

    @Inject
    ChangeRequests requests;

    @Inject
    Environments environments;

    @Inject
    Sql sql;

    private Row written(Entry entry) {
        QuarkusTransaction.requiringNew().run(() -> log.write(entry));
        return log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0);
    }

    private static Entry entry(String subject, String action, String value) {
        var actor = new Actor(subject, "Bea <Beaver>", Actor.Means.SESSION);
        return Entry.of(actor, action, Thing.in(new EnvironmentKey("development"), "dam", "dam-1"))
                .change("height", "old " + value, "new " + value)
                .because("Because of <water>");
    }

    @Test
    void the_log_tells_who_changed_what_from_what_to_what_and_why() {
        written(entry("local:bea-1", "raised", "1.5 m"));

        SignedIn.as(Role.AUDITOR)
                .request()
                .get(HOME)
                .then()
                .statusCode(200)
                .body(containsString("Bea &lt;Beaver&gt;"), not(containsString("<Beaver>")))
                .body(containsString("old 1.5 m"), containsString("new 1.5 m"))
                .body(containsString("Because of &lt;water&gt;"));
    }

    @Test
    void filters_stand_in_the_address() {
        var wanted = written(entry("local:bea-2", "lowered", "wanted"));
        written(entry("local:bea-3", "lowered", "not wanted"));
        var day = wanted.at().toString().substring(0, 10);
        var auditor = SignedIn.as(Role.AUDITOR);

        var query = "?actor=local:bea-2&kind=dam&object=dam-1&environment=development&from=" + day + "&to=" + day;
        auditor.request()
                .get(HOME + query)
                .then()
                .statusCode(200)
                .body(containsString("new wanted"), not(containsString("not wanted")))
                .body(containsString("value=\"" + day + "\""));
        auditor.request()
                .get(HOME + "?actor=local:bea-2&to=2020-01-01")
                .then()
                .body(containsString("Nothing that you ask for was changed"));
        auditor.request().get(HOME + "?from=yesterday").then().statusCode(400);
        auditor.request().get(HOME + "?environment=No%20key").then().statusCode(400);
    }

    @Test
    void a_publication_tells_which_rules_came_went_and_changed_and_of_these_each_field() {
        var admin = SignedIn.as(Role.ADMIN);
        admin.request()
                .formParams("key", "rule-diff", "name", "Rule by rule", "kind", "development")
                .post("/console/environments");
        var policies = new Policies(admin, "rule-diff");
        policies.edit("elements/add", Map.of("selector", ".account", "action", "maskText"));
        policies.edit("elements/add", Map.of("selector", ".gone", "action", "ignore"));
        policies.edit("properties/add", Map.of("name", "note", "action", "truncate", "length", "20"));
        assertThat(policies.publish("To begin with").statusCode()).isEqualTo(303);
        policies.edit("elements/change", Map.of("index", "0", "selector", ".account", "action", "ignore"));
        policies.edit("elements/remove", Map.of("index", "1"));
        policies.edit("properties/change", Map.of("index", "0", "name", "note", "action", "truncate", "length", "10"));
        policies.edit("parameters/add", Map.of("values", "one_more"));
        policies.edit("capture/settings", Map.of("click", "true", "text", "mask", "maxText", "100"));
        assertThat(policies.publish("Field by field").statusCode()).isEqualTo(303);
        var row = log.find(
                        new Filter("", "policy", "rule-diff", "", Optional.empty(), Optional.empty()),
                        Long.MAX_VALUE,
                        1)
                .get(0);

        var page = SignedIn.as(Role.AUDITOR)
                .request()
                .get(HOME + "/" + row.sequence())
                .asString();
        var list = SignedIn.as(Role.AUDITOR)
                .request()
                .get(HOME + "?kind=policy&object=rule-diff")
                .asString();

        assertThat(told(page, "elements: rule changed (.account)"))
                .containsExactly("del before: action: maskText", "add now: action: ignore");
        assertThat(told(page, "elements: rule removed"))
                .containsExactly("del before: action: ignore", "del before: selector: .gone");
        assertThat(told(page, "properties: rule changed (note)"))
                .containsExactly("del before: length: 20", "add now: length: 10");
        assertThat(told(page, "urls.parameters.names: rule added")).containsExactly("add now: one_more");
        assertThat(told(page, "capture.text")).containsExactly("del before: keep", "add now: mask");
        assertThat(told(list, "elements: rule changed (.account)"))
                .containsExactly("del before: action: maskText", "add now: action: ignore");
        assertThat(list).contains("more fields");
    }

    /** The lines of one field: which kind they are, and what they say. */
    private static List<String> told(String page, String field) {
        int at = page.indexOf("<dt>" + field + "</dt>");
        assertThat(at).as("the field %s", field).isPositive();
        return Pattern.compile("<div class=\"(add|del)\"><span class=\"hidden-visually\">([^<]*)</span>([^<]*)</div>")
                .matcher(page.substring(at, page.indexOf("</dd>", at)))
                .results()
                .map(line -> line.group(1) + " " + line.group(2) + line.group(3))
                .toList();
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        for (int i = 0; i < 60; i++) {
            written(entry("local:bea-4", "raised", "step-" + i + "."));
        }
        var auditor = SignedIn.as(Role.AUDITOR);

        var first = auditor.request().get(HOME + "?actor=local:bea-4").asString();
        var older = first.replaceFirst("(?s).*rel=\"next\" href=\"([^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        var second = auditor.request().urlEncodingEnabled(false).get(older).asString();

        assertThat(first).contains("step-59.", "step-10.").doesNotContain("step-9.");
        assertThat(second).contains("step-9.", "step-0.").doesNotContain("step-10.", "rel=\"next\"");
    }

    @Test
    void a_row_has_a_page_with_everything_that_is_hashed() {
        var row = written(entry("local:bea-5", "mended", "a leak"));

        SignedIn.as(Role.ARCHITECT)
                .request()
                .get(HOME + "/" + row.sequence())
                .then()
                .statusCode(200)
                .body(containsString(row.hash()), containsString(row.previous()), containsString(row.correlation()))
                .body(containsString("/console/changelog?kind=dam&amp;object=dam-1"), not(containsString("Erase")));
        SignedIn.as(Role.ARCHITECT).request().get(HOME + "/999999999").then().statusCode(404);
        SignedIn.as(Role.ARCHITECT).request().get(HOME + "/nothing").then().statusCode(404);
    }

    @Test
    void an_admin_erases_a_name_with_a_reason_and_the_log_stays_intact() {
        var row = written(entry("local:bea-6", "raised", "once more"));
        var admin = SignedIn.as(Role.ADMIN);
        var page = HOME + "/" + row.sequence();

        admin.request().formParam("what", "actor").post(page + "/erase").then().statusCode(422);
        assertThat(log.find(row.sequence()).orElseThrow().actorName()).isPresent();
        admin.request()
                .formParam("what", "actor")
                .formParam("reason", "The person asked for it")
                .post(page + "/erase")
                .then()
                .statusCode(303);

        admin.request().get(page).then().body(containsString("(erased)"), containsString("Because of"));
        admin.request().get(HOME + "/verify").then().body(containsString("The log is intact"));
        admin.request()
                .get(HOME + "?kind=person")
                .then()
                .body(containsString("personal data erased"), containsString("The person asked for it"));
    }

    @Test
    void nobody_erases_why_they_did_something_nor_who_they_are() {
        var admin = SignedIn.as(Role.ADMIN);
        var me = "local:"
                + sql.first("select id from account where login = 'test-admin'", found -> found.getString(1))
                        .orElseThrow();
        var row = written(entry(me, "opened", "the gate in an emergency"));
        var page = HOME + "/" + row.sequence();

        for (var what : List.of("row", "actor")) {
            admin.request()
                    .formParam("what", what)
                    .formParam("reason", "I would rather not have said so")
                    .post(page + "/erase")
                    .then()
                    .statusCode(403)
                    .body(containsString("Nothing was erased"), containsString("another Admin does"));
        }
        assertThat(log.find(row.sequence()).orElseThrow().reason()).isPresent();
        assertThat(log.find(row.sequence()).orElseThrow().actorName()).isPresent();
        SignedIn.account("erasing-bob", "Bob Eraser", Role.ADMIN);
        SignedIn.signIn("erasing-bob", SignedIn.PASSWORD)
                .request()
                .formParam("what", "row")
                .formParam("reason", "It named a customer")
                .post(page + "/erase")
                .then()
                .statusCode(303);
        assertThat(log.find(row.sequence()).orElseThrow().reason()).isEmpty();
    }

    @Test
    void nor_does_whom_they_let_in_for_them() {
        SignedIn.account("test-admin", "Test Admin", Role.ADMIN);
        var me = account("test-admin");
        SignedIn.account("erasing-eve", "Eve Eraser", Role.ADMIN);
        // As inviting her does.
        sql.change(
                "insert into let_in (account, let_in_by, way, let_in_at) values (?, ?, 'link', ?)",
                account("erasing-eve").substring("local:".length()),
                me,
                Instant.now().minusSeconds(60));
        var eve = SignedIn.signIn("erasing-eve", SignedIn.PASSWORD);
        var row = written(entry(me, "opened", "the gate once more").personal("seen by", me, null, "Ada"));
        var page = HOME + "/" + row.sequence();

        for (var what : List.of("row", "actor")) {
            eve.request()
                    .formParam("what", what)
                    .formParam("reason", "She asked me to")
                    .post(page + "/erase")
                    .then()
                    .statusCode(403)
                    .body(containsString("Nothing was erased"));
        }
        var about = written(Entry.of(
                        new Actor("local:bea-about", "Bea", Actor.Means.SESSION),
                        "role-changed",
                        Thing.of("account", me.substring("local:".length())))
                .change("role", "admin", "auditor"));
        eve.request()
                .formParam("what", "about")
                .formParam("reason", "She asked me to")
                .post(HOME + "/" + about.sequence() + "/erase")
                .then()
                .statusCode(403);
        assertThat(log.find(row.sequence()).orElseThrow().actorName()).isPresent();
        sql.change("delete from let_in where let_in_by = ?", me);
    }

    private String account(String login) {
        return "local:"
                + sql.first("select id from account where login = ?", found -> found.getString(1), login)
                        .orElseThrow();
    }

    @Test
    void nor_why_somebody_said_no_to_them() {
        var ada = Acting.as("judged-ada", Role.ADMIN, sql);
        var bob = Acting.as("judged-bob", Role.ADMIN, sql);
        var place = new EnvironmentKey("judged");
        ada.does(() -> environments.create(place, "Judged", Kind.PRODUCTION, true, Actor.SYSTEM));
        ada.does(() -> requests.propose(
                place, Tenant.balancedWith(Map.of("retention", Map.of("events", 500L))), 1, "Longer", 0));
        var tag = bob.does(() -> requests.tag(requests.find(place, 1).orElseThrow()));
        bob.does(() -> requests.reject(place, 1, tag, "Nobody needs that for so long"));
        var row = log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0);
        assertThat(row.action()).isEqualTo("rejected");
        var page = HOME + "/" + row.sequence() + "/erase";

        SignedIn.signIn("judged-ada", SignedIn.PASSWORD)
                .request()
                .formParam("what", "row")
                .formParam("reason", "It hurts")
                .post(page)
                .then()
                .statusCode(403)
                .body(containsString("of what was decided about it"));
        assertThat(log.find(row.sequence()).orElseThrow().reason()).contains("Nobody needs that for so long");
        SignedIn.as(Role.ADMIN)
                .request()
                .formParam("what", "row")
                .formParam("reason", "It named a customer")
                .post(page)
                .then()
                .statusCode(303);

        // Whoever asked still reads why.
        SignedIn.signIn("judged-ada", SignedIn.PASSWORD)
                .request()
                .get("/console/judged/changes/1")
                .then()
                .statusCode(200)
                .body(containsString("Nobody needs that for so long"));
        SignedIn.as(Role.ADMIN).request().get(HOME + "/verify").then().body(containsString("The log is intact"));
    }

    @Test
    void the_files_for_the_offline_verifier_are_downloaded() {
        var auditor = SignedIn.as(Role.AUDITOR);
        written(entry("local:bea-7", "raised", "for a file"));

        var key = auditor.request().get(HOME + "/key");
        var export = auditor.request().get(HOME + "/export.ndjson");

        assertThat(key.header("Content-Disposition")).contains("weir-changelog.key");
        assertThat(key.asString()).startsWith("weir-changelog/").endsWith("\n");
        assertThat(export.contentType()).startsWith("application/x-ndjson");
        assertThat(export.asString()).contains("for a file", "{\"checkpoint\":\"weir-changelog/");
        auditor.request().get(HOME + "/checkpoints/7").then().statusCode(404);
    }

    @Test
    void a_spreadsheet_gets_no_formula() {
        written(entry("local:bea-8", "raised", "x").because("=HYPERLINK(\"http://evil.example\")"));

        var csv = SignedIn.as(Role.AUDITOR).request().get(HOME + "/export.csv?actor=local:bea-8");

        assertThat(csv.contentType()).startsWith("text/csv");
        assertThat(csv.asString().lines().toList()).hasSize(2);
        assertThat(csv.asString()).contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"");
        for (var start : List.of("=", "+", "-", "@", "\t", "\r")) {
            assertThat(Downloads.cell(start + "1")).startsWith("\"'" + start);
        }
    }

    @Test
    void a_developer_reads_of_their_own_environments_and_is_told_why_it_is_no_more() {
        SignedIn.account("bea-developer", "Bea", Role.DEVELOPER);
        var bea = SignedIn.signIn("bea-developer", SignedIn.PASSWORD);
        var row = written(entry("local:bea-own", "raised", "own 7 m"));
        var elsewhere = QuarkusTransaction.requiringNew().call(() -> {
            log.write(Entry.of(
                            new Actor("local:bea-elsewhere", "Eve Elsewhere", Actor.Means.SESSION),
                            "felled",
                            Thing.in(new EnvironmentKey("production"), "tree", "tree-1"))
                    .change("height", "old", "new"));
            return log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0);
        });
        bea.request()
                .get(HOME)
                .then()
                .statusCode(200)
                .body(containsString("No environment is yours yet"))
                .body(not(containsString("own 7 m")), not(containsString("Eve Elsewhere")));

        sql.change(
                "insert into account_environment (account, environment) select id, 'development' from account where login = ?",
                bea.login());

        bea.request()
                .get(HOME + "?actor=local:bea-own")
                .then()
                .body(containsString("own 7 m"), containsString("in the environments that are yours"))
                // Neither among the people nor among the kinds to choose from.
                .body(not(containsString("Eve Elsewhere")), not(containsString("value=\"tree\"")))
                .body(not(containsString("value=\"production\"")), not(containsString(HOME + "/verify")));
        bea.request().get(HOME + "?environment=production").then().body(not(containsString("felled")));
        bea.request().get(HOME + "/" + row.sequence()).then().statusCode(200);
        bea.request().get(HOME + "/" + elsewhere.sequence()).then().statusCode(404);
        assertThat(bea.request().get(HOME + "/export.csv").asString())
                .contains("own 7 m")
                .doesNotContain("Eve Elsewhere", "\"account\"");
        assertThat(log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0).content())
                .contains("\"exported\"", "\"within\":[\"development\"]");
    }

    @Test
    void objects_lead_to_their_history_and_a_developer_is_not_offered_it() {
        for (var page : List.of("/console/definitions/matcher", "/console/people", "/console/development/privacy")) {
            SignedIn.as(Role.AUDITOR).request().get(page).then().body(containsString("History"));
            SignedIn.as(Role.DEVELOPER)
                    .request()
                    .get(page)
                    .then()
                    .statusCode(200)
                    .body(not(containsString("/console/changelog?")), not(containsString("/history\"")));
        }
    }

    @Test
    void the_log_of_one_thing_tells_of_that_alone_and_leads_back_to_it() {
        var auditor = SignedIn.as(Role.AUDITOR);
        var address = drafted("Otter seen");
        drafted("Otter heard");

        var tab = auditor.request().get(address + "/history").asString();
        var history = auditor.request()
                .urlEncodingEnabled(false)
                .get(historyOn(tab, "definition"))
                .asString();

        assertThat(history)
                .contains("<h1>History</h1>", "<a href=\"" + address + "\">Definition Otter seen</a>")
                .doesNotContain("Otter heard");
    }

    @Test
    void a_token_leads_to_its_history_where_its_maker_may_read_that() {
        for (var role : List.of(Role.AUDITOR, Role.DEVELOPER)) {
            var person = SignedIn.as(role);
            person.request()
                    .formParams("name", "Token of the " + role, "scope", "read", "days", "7")
                    .post("/console/account/tokens");
            var page = person.request().get("/console/account/tokens").asString();

            assertThat(page).contains("Token of the " + role);
            if (role.equals(Role.DEVELOPER)) {
                assertThat(page).doesNotContain(HOME + "?");
            } else {
                assertThat(person.request()
                                .urlEncodingEnabled(false)
                                .get(historyOn(page.substring(0, page.indexOf("\"> of Token of the auditor")), "token"))
                                .asString())
                        .contains("<h1>History</h1>", "Token of the auditor");
            }
        }
    }

    private static String drafted(String name) {
        return SignedIn.as(Role.DEVELOPER)
                .request()
                .formParams("name", name, "type", "click", "filter", "text equals \"Buy\"")
                .post("/console/definitions")
                .header("Location")
                .replaceFirst("https?://[^/]+", "");
    }

    /** The last link on a page to the history of one thing of this kind. */
    private static String historyOn(String page, String kind) {
        int at = page.lastIndexOf(HOME + "?kind=" + kind + "&amp;object=");
        assertThat(at).as("a way to the history of one %s", kind).isPositive();
        return page.substring(at, page.indexOf('"', at)).replace("&amp;", "&");
    }
}
