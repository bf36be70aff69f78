package dev.weir.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The History tab of each kind of thing: what it lists, and what comes of restoring a version. */
@QuarkusTest
class HistoryTabTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final Pattern APP = Pattern.compile("id=\"app-(\\d{10})\"");
    private static final Pattern KIND = Pattern.compile("name=\"kind\" value=\"([a-z-]+)\"");
    private static final Pattern OBJECT = Pattern.compile("name=\"object\" value=\"([^\"]+)\"");
    private static final Pattern HASH = Pattern.compile("name=\"hash\" value=\"([0-9a-f]{64})\"");
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    private SignedIn admin;
    private String key;

    @BeforeEach
    void a_place_of_its_own() {
        admin = SignedIn.as(Role.ADMIN);
        key = "tabbed" + MADE.incrementAndGet();
        made("production", "critical");
    }

    private void made(String kind, String critical) {
        admin.request()
                .formParams("key", key, "name", "First name", "kind", kind, "critical", critical)
                .post("/console/environments")
                .then()
                .statusCode(303);
    }

    /** The newest first. */
    private List<Row> rows(String kind, String object) {
        return log.find(new Filter("", kind, object, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 100);
    }

    private long oldest(String kind, String object) {
        var rows = rows(kind, object);
        return rows.get(rows.size() - 1).sequence();
    }

    private String page(String address) {
        var answer = admin.request().urlEncodingEnabled(false).get(address);
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        return answer.asString();
    }

    private static String found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s", pattern).isTrue();
        return matcher.group(1);
    }

    /** By the form of the tab, which asks; with other fields, where some are given. */
    private Response asked(String tab, long row, String... more) {
        var page = page(tab + "?row=" + row);
        var form = new HashMap<String, String>();
        form.put("kind", found(KIND, page));
        form.put("object", found(OBJECT, page));
        form.put("row", String.valueOf(row));
        form.put("version", found(VERSION, page));
        form.put("reason", "As it was");
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return admin.request().formParams(form).post("/console/restorations");
    }

    private static String place(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
        return answer.header("Location").replaceFirst("https?://[^/]+", "");
    }

    private int agreed(SignedIn person, String restoration) {
        var hash = found(HASH, page(restoration));
        return person.request()
                .formParam("hash", hash)
                .post(restoration + "/agree")
                .statusCode();
    }

    /** Asked for and agreed to by the same Admin. */
    private int restored(String tab, long row, String... more) {
        var answer = asked(tab, row, more);
        return answer.statusCode() == 303 ? agreed(admin, place(answer)) : answer.statusCode();
    }

    /** On the page itself and on the tab; an Auditor restores nothing, a Developer is not even offered it. */
    private void tabbed(String home, String tab) {
        offered(home, tab);
        var developer = SignedIn.as(Role.DEVELOPER);
        developer
                .request()
                .get(home)
                .then()
                .statusCode(200)
                .body(not(containsString(tab)), not(containsString("History")));
        developer.request().get(tab).then().statusCode(403);
    }

    /** What belongs to an environment has a history for the Developers to whom that belongs. */
    private void tabbedInAnEnvironment(String home, String tab) {
        offered(home, tab);
        var login = "tab-dev-" + key;
        SignedIn.account(login, "Tab Developer", Role.DEVELOPER);
        var developer = SignedIn.signIn(login, SignedIn.PASSWORD);
        developer.request().get(home).then().statusCode(200).body(containsString("href=\"" + tab + "\""));
        developer
                .request()
                .get(tab)
                .then()
                .statusCode(200)
                .body(containsString("You read the history of the environments that are yours"))
                .body(not(containsString("id=\"row-")));
        sql.change(
                "insert into account_environment (account, environment) select id, ? from account where login = ?",
                key,
                login);
        developer
                .request()
                .get(tab)
                .then()
                .statusCode(200)
                .body(containsString("id=\"row-"), not(containsString("that are yours")))
                .body(not(containsString(", restore<")));
        developer
                .request()
                .formParam("row", 1)
                .post("/console/restorations")
                .then()
                .statusCode(403);
    }

    private void offered(String home, String tab) {
        assertThat(page(home)).contains("href=\"" + tab + "\"");
        assertThat(page(tab))
                .contains("href=\"" + tab + "\" aria-current=\"page\">History</a>")
                .contains("/console/changelog/");
        SignedIn.as(Role.AUDITOR)
                .request()
                .get(tab)
                .then()
                .statusCode(200)
                .body(not(containsString("<button class=\"button primary\">Restore this version")));
    }

    private Policies policies() {
        return new Policies(admin, key);
    }

    @Test
    void an_environment_s_name_comes_back_by_a_change_request() {
        var home = "/console/environments/" + key;
        var tab = home + "/history";
        change(home, "Second name", "yes", 0);

        tabbedInAnEnvironment(home, tab);
        assertThat(page(tab))
                .contains("<span class=\"hidden-visually\">before: </span>First name")
                .contains("<span class=\"hidden-visually\">now: </span>Second name")
                .contains("as it is now");
        assertThat(restored(tab, oldest("environment", key))).isEqualTo(303);

        assertThat(page(home)).contains("<h1>First name");
        assertThat(rows("environment", key)).hasSize(3);
        assertThat(rows("environment", key).get(0).action()).isEqualTo("changed");
        var again = Map.of(
                "kind",
                "environment",
                "object",
                key,
                "row",
                oldest("environment", key),
                "version",
                "2",
                "reason",
                "Again");
        assertThat(admin.request()
                        .formParams(again)
                        .post("/console/restorations")
                        .statusCode())
                .isEqualTo(409);
    }

    private void change(String home, String name, String critical, long version) {
        admin.request()
                .formParams(
                        critical.isEmpty()
                                ? Map.of("name", name, "version", version)
                                : Map.of("name", name, "version", version, "critical", critical))
                .post(home)
                .then()
                .statusCode(303);
    }

    @Test
    void that_an_environment_be_critical_no_longer_is_asked_for_and_takes_a_second_admin() {
        key = key + "-loose";
        made("staging", "");
        var home = "/console/environments/" + key;
        var tab = home + "/history";
        change(home, "First name", "yes", 0);
        long first = oldest("environment", key);

        assertThat(restored(tab, first, "reason", "")).isEqualTo(422);
        var asked = place(asked(tab, first, "reason", "It was tried here"));

        assertThat(page(asked))
                .contains("It was tried here", "another Admin has to agree")
                .doesNotContain("Restore it now");
        assertThat(page("/console/" + key + "/changes")).contains("href=\"" + asked + "\"", ">environment</span>");
        assertThat(agreed(admin, asked)).isEqualTo(403);
        assertThat(page(home)).contains("critical</span>");
        SignedIn.account("tab-second", "Tab Second", Role.ADMIN);
        assertThat(agreed(SignedIn.signIn("tab-second", SignedIn.PASSWORD), asked))
                .isEqualTo(303);

        assertThat(rows("environment", key).get(0).action()).isEqualTo("uncritical-agreed");
        assertThat(page(asked)).contains("applied</span>", "Tab Second").doesNotContain("<form class=\"card\"");
    }

    @Test
    void an_app_id_s_label_and_origins_come_back_together_and_its_server_key_does_not() {
        var home = "/console/environments/" + key;
        var app = found(APP, page(home));
        var forms = home + "/apps/" + app + "/";
        edit(forms + "origins", "origin", "https://one.example", "0");
        long wanted = rows("app-id", app).get(0).sequence();
        edit(forms + "server-key", "", "", "1");
        edit(forms + "origins/remove", "origin", "https://one.example", "2");
        edit(forms + "origins", "origin", "https://two.example", "3");
        edit(forms + "label", "label", "Another shop", "4");

        tabbedInAnEnvironment(home, forms + "history");
        assertThat(page(forms + "history?row=" + wanted)).contains("origin https://one.example", "Another shop");
        assertThat(restored(forms + "history", wanted, "version", "4")).isEqualTo(409);
        assertThat(rows("app-id", app)).hasSize(6);
        assertThat(restored(forms + "history", wanted)).isEqualTo(303);

        assertThat(page(home))
                .contains("<code>https://one.example</code>")
                .doesNotContain("https://two.example", "value=\"Another shop\"")
                .contains("must carry the key of this App ID");
        assertThat(rows("app-id", app))
                .extracting(Row::action)
                .startsWith("origin-added", "origin-removed", "label-changed");
    }

    private void edit(String address, String field, String value, String version) {
        var request = admin.request().formParam("version", version);
        if (!field.isEmpty()) {
            request.formParam(field, value);
        }
        assertThat(request.post(address).statusCode()).as(address).isIn(200, 303);
    }

    @Test
    void an_origin_of_somebody_s_own_machine_does_not_come_back_to_production() {
        key = key + "-local";
        made("development", "");
        var forms = "/console/environments/" + key + "/apps/" + found(APP, page("/console/environments/" + key)) + "/";
        var app = found(APP, page("/console/environments/" + key));
        edit(forms + "origins", "origin", "http://localhost:3000", "0");
        long wanted = rows("app-id", app).get(0).sequence();
        edit(forms + "origins/remove", "origin", "http://localhost:3000", "1");
        edit(forms + "label", "label", "Later", "2");
        // As if it had been made for production: no page changes what an environment is for.
        sql.change("update environment set kind = 'production' where key = ?", key);

        assertThat(restored(forms + "history", wanted)).isEqualTo(422);

        assertThat(rows("app-id", app).get(0).action()).isEqualTo("label-changed");
        assertThat(page("/console/environments/" + key)).doesNotContain("http://localhost:3000<");
    }

    @Test
    void where_only_the_server_key_differs_nothing_can_come_back() {
        var home = "/console/environments/" + key;
        var app = found(APP, page(home));
        var tab = home + "/apps/" + app + "/history";
        edit(home + "/apps/" + app + "/server-key", "", "", "0");
        long first = oldest("app-id", app);

        assertThat(page(tab + "?row=" + first))
                .contains("server key", "What can come back of it is so now")
                .doesNotContain("<button class=\"button primary\">Restore");
        admin.request()
                .formParams("kind", "app-id", "object", app, "row", first, "version", "1", "reason", "As before")
                .post("/console/restorations")
                .then()
                .statusCode(409);
    }

    @Test
    void what_has_retired_stays_retired() {
        var home = "/console/environments/" + key;
        var app = found(APP, page(home));
        var forms = home + "/apps/" + app + "/";
        edit(forms + "origins", "origin", "https://one.example", "0");
        edit(forms + "retire", "", "", "1");

        assertThat(restored(forms + "history", oldest("app-id", app))).isEqualTo(409);
        assertThat(rows("app-id", app).get(0).action()).isEqualTo("retired");
    }

    @Test
    void a_definition_says_again_what_it_said_and_is_a_draft() {
        var form = Map.of("name", "Tabbed " + key, "type", "click", "filter", "text equals \"Buy\"");
        var home = admin.request()
                .formParams(form)
                .post("/console/definitions")
                .header("Location")
                .replaceFirst("https?://[^/]+", "");
        var id = home.replaceFirst(".*/", "");
        admin.request()
                .formParams(Map.of(
                        "name", "Tabbed " + key, "type", "click", "filter", "text equals \"Sell\"", "version", "0"))
                .post(home)
                .then()
                .statusCode(303);

        tabbed(home, home + "/history");
        long first = oldest("definition", id);
        assertThat(page(home + "/history?row=" + first))
                .contains("text equals &quot;Buy&quot;", "text equals &quot;Sell&quot;");
        admin.request()
                .formParams("status", "in-review", "version", "1")
                .post(home + "/status")
                .then()
                .statusCode(303);
        assertThat(restored(home + "/history", first)).isEqualTo(303);

        assertThat(page(home)).contains("text equals &quot;Buy&quot;", ">draft<");
        assertThat(rows("definition", id).get(0).after().get("filter")).isEqualTo("text equals \"Buy\"");
    }

    @Test
    void a_saved_view_comes_back_with_its_question() {
        admin.request()
                .formParams("name", "View " + key, "q", "buy & sell", "type", "click")
                .post("/console/definitions/views")
                .then()
                .statusCode(303);
        var home = "/console/definitions/views";
        var id = log.find(new Filter("", "saved-view", "", "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 1)
                .get(0)
                .object();
        var tab = home + "/" + id + "/history";
        admin.request()
                .formParams("name", "Renamed " + key, "shared", "yes", "version", "0")
                .post(home + "/" + id)
                .then()
                .statusCode(303);

        assertThat(page(home)).contains("href=\"" + tab + "\"");
        assertThat(restored(tab, oldest("saved-view", id))).isEqualTo(303);

        assertThat(page(home)).contains("View " + key).doesNotContain("Renamed " + key);
        assertThat(rows("saved-view", id).get(0).after()).isEqualTo(Map.of("name", "View " + key, "shared", false));
        // Somebody else's view is not theirs to restore, and one that is not shared they don't even see.
        SignedIn.as(Role.ARCHITECT).request().get(tab).then().statusCode(404);
        SignedIn.as(Role.ARCHITECT)
                .request()
                .formParams("kind", "saved-view", "object", id, "row", oldest("saved-view", id), "version", "2")
                .formParam("reason", "As it was")
                .post("/console/restorations")
                .then()
                .statusCode(404);
    }

    @Test
    void a_person_has_an_earlier_role_again() {
        admin.request()
                .formParams("name", "Teal " + key, "login", "teal-" + key, "role", "auditor")
                .post("/console/people")
                .then()
                .statusCode(200);
        var id = log.find(new Filter("", "account", "", "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 1)
                .get(0)
                .object();
        var tab = "/console/people/" + id + "/history";
        admin.request()
                .formParam("role", "developer")
                .formParam("version", 0)
                .post("/console/people/" + id + "/role")
                .then()
                .statusCode(303);

        assertThat(page("/console/people")).contains("href=\"" + tab + "\"");
        assertThat(page(tab + "?row=" + oldest("account", id)))
                .contains("History of Teal " + key, "auditor", "developer", "Restore this version");
        assertThat(restored(tab, oldest("account", id))).isEqualTo(303);

        assertThat(rows("account", id).get(0).action()).isEqualTo("role-changed");
        assertThat(rows("account", id).get(0).after()).isEqualTo(Map.of("role", "auditor"));
        assertThat(rows("account", id).get(0).reason()).contains("As it was");
    }

    @Test
    void an_earlier_version_of_the_matcher_comes_into_effect_again() {
        takes("2", "1");
        takes("1", "2");
        var home = "/console/definitions/matcher";

        tabbed(home, home + "/history");
        assertThat(restored(home + "/history", rows("matcher", "catalog").get(1).sequence()))
                .isEqualTo(303);
        assertThat(rows("matcher", "catalog").get(0).after()).isEqualTo(Map.of("version", 1L));
        takes("1", "2");
    }

    private void takes(String seen, String version) {
        admin.request()
                .formParams("seen", seen, "version", version, "reason", "To be seen in its history")
                .post("/console/definitions/matcher")
                .then()
                .statusCode(303);
    }

    @Test
    void a_policy_comes_back_by_a_change_request() {
        var policies = policies().blocking("back_then");
        assertThat(policies.publish("It tightens").statusCode()).isEqualTo(303);
        var home = "/console/" + key + "/policy";

        tabbedInAnEnvironment(home, home + "/history");
        long first = oldest("policy", key);
        assertThat(page(home + "/history?row=" + first))
                .contains("The parameter “back_then” is removed from every address.")
                .contains("No longer: The parameter “back_then” is removed from every address.")
                .contains("may loosen", "name=\"restores\" value=\"1\"");
        var asked = ask(Map.of("restores", "1", "seen", "2", "reason", "It was too strict"));

        assertThat(page(asked)).contains("may loosen", "an Admin who isn't you has to approve it");
        assertThat(policies.inForce()).isEqualTo(2);
        admin.request().formParam("key", key).post(asked + "/publish").then().statusCode(403);
        assertThat(policies.inForce()).isEqualTo(2);
    }

    private String ask(Map<String, String> form) {
        var answer = admin.request().formParams(form).post("/console/" + key + "/changes");
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.header("Location").replaceFirst("https?://[^/]+", "");
    }

    @Test
    void one_part_comes_back_and_the_rest_stays_as_it_is() {
        var policies = policies();
        policies.edit("consent/settings", Map.of("required", "true", "honourGpc", "true"));
        assertThat(policies.publish("Ask first").statusCode()).isEqualTo(303);
        var identity = Map.of("form", "uuid", "contact", "refuse", "perDevice", "1");
        policies.edit("identity/settings", identity);
        policies.edit("parameters/add", Map.of("values", "kept_out"));
        assertThat(policies.publish("Tighter still").statusCode()).isEqualTo(303);
        var tab = "/console/" + key + "/privacy/identity/history";

        tabbedInAnEnvironment("/console/" + key + "/privacy/identity", tab);
        long first = oldest("policy", key);
        assertThat(page(tab))
                .contains("An identity must be a UUID.", "Tighter still", "The first revision")
                .doesNotContain("kept_out", "Ask first");
        assertThat(page(tab + "?row=" + first)).contains("name=\"section\" value=\"identity\"", "may loosen");
        var asked = ask(Map.of("restores", "1", "section", "identity", "seen", "3", "reason", "Names are words again"));
        assertThat(page(asked))
                .contains("An identity may have any form.")
                .doesNotContain("No longer: The parameter “kept_out”", "consent denied");
        SignedIn.account("tab-second", "Tab Second", Role.ADMIN);
        var second = SignedIn.signIn("tab-second", SignedIn.PASSWORD);
        var hash = found(
                Pattern.compile("name=\"hash\" value=\"([0-9a-f]{64})\""),
                second.request().get(asked).asString());
        second.request().formParam("hash", hash).post(asked + "/approve").then().statusCode(303);
        admin.request().formParam("key", key).post(asked + "/publish").then().statusCode(303);

        assertThat(policies.canonical())
                .contains("\"kept_out\"", "\"required\":true")
                .doesNotContain("\"uuid\"");
    }

    @Test
    void an_edit_of_the_identity_settings_is_told_before_anybody_publishes_it() {
        policies().edit("identity/settings", Map.of("form", "uuid", "contact", "allow", "perDevice", "7"));

        var row = rows("draft", key).get(0);
        assertThat(row.action()).isEqualTo("edited");
        assertThat(row.after())
                .isEqualTo(Map.of("identity.form", "uuid", "identity.contact", "allow", "identity.perDevice", 7L));
        assertThat(row.before().keySet()).isEqualTo(row.after().keySet());
        assertThat(row.actorName()).contains("Test Admin");
    }

    @Test
    void what_tightens_when_it_comes_back_is_published_by_one_person() {
        key = key + "-free";
        made("development", "");
        var policies = policies();
        policies.edit("retention/settings", Map.of("events", "500", "quarantine", "30"));
        assertThat(policies.publish("A year and more").statusCode()).isEqualTo(303);

        var whole = ask(Map.of("restores", "1", "seen", "2", "reason", "A year will do"));
        admin.request().post(whole + "/publish").then().statusCode(303);

        assertThat(policies.inForce()).isEqualTo(3);
        assertThat(rows("policy", key).get(0).action()).isEqualTo("rolled-back");
    }

    @Test
    void a_version_that_is_none_is_not_found() {
        for (var tab : List.of(
                "/console/environments/" + key + "/history",
                "/console/" + key + "/policy/history",
                "/console/" + key + "/privacy/identity/history")) {
            admin.request().get(tab + "?row=1").then().statusCode(404);
        }
        admin.request()
                .get("/console/" + key + "/privacy/nothing/history")
                .then()
                .statusCode(404);
    }
}
