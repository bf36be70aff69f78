package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import dev.weir.testsupport.FirstStandards;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a standard that blocks keeps out, whichever way somebody comes, and who may let it in. */
@QuarkusTest
class StandardsTest {

    private static final String HOME = "/api/v1/standards";
    private static final String DEFINITIONS = "/api/v1/definitions";

    private static final Map<String, String> TOKENS = new HashMap<>();

    @Inject
    Sql sql;

    @Inject
    ChangeLog log;

    @Inject
    Standards standards;

    @BeforeEach
    void somebody_of_each_role() {
        FirstStandards.again(sql);
        var people = Map.of("ada", Role.ADMIN, "carl", Role.ARCHITECT, "dora", Role.DEVELOPER, "eve", Role.AUDITOR);
        people.forEach((name, role) -> TOKENS.computeIfAbsent(name, unknown -> {
            SignedIn.account("standard-" + name, "Standard " + name, role);
            return SignedIn.signIn("standard-" + name, SignedIn.PASSWORD)
                    .token("Standards", role.equals(Role.AUDITOR) ? "read" : "all");
        }));
    }

    @AfterEach
    void as_it_was() {
        FirstStandards.again(sql);
    }

    private static RequestSpecification by(String who) {
        return SignedIn.anonymous()
                .header("Authorization", "Bearer " + TOKENS.get(who))
                .contentType("application/json");
    }

    private static Response ask(String who, String match, String reason, List<?> rules) {
        return by(who).header("If-Match", match)
                .body(Map.of("rules", rules, "reason", reason))
                .put(HOME);
    }

    /** Only this: what is left out is off. */
    private static void asked(Map<String, ?> rule) {
        asked(List.of(rule));
    }

    private static void asked(List<Map<String, ?>> rules) {
        var tag = by("ada").get(HOME).header("ETag");
        ask("ada", tag, "For a test", rules).then().statusCode(200);
    }

    private static Map<String, ?> owner(String level) {
        return Map.of("rule", "owner", "level", level);
    }

    private static Map<String, ?> category(String level) {
        return Map.of("rule", "category", "level", level);
    }

    private static Map<String, Object> body(String category) {
        var body = new HashMap<String, Object>();
        body.put("name", "Standard " + UUID.randomUUID().toString().replaceAll("\\D", "7"));
        body.put("type", "click");
        body.put("filter", "text equals \"Buy\"");
        body.put("category", category);
        body.put("owner", Map.of("kind", "team", "name", "Growth"));
        return body;
    }

    private static String drafted(String who, Map<String, Object> body) {
        return by(who).body(body)
                .post(DEFINITIONS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response move(String who, String id, String to) {
        return by(who).header("If-Match", tag(id)).body(Map.of("status", to)).post(DEFINITIONS + "/" + id + "/status");
    }

    private static String tag(String id) {
        return by("ada").get(DEFINITIONS + "/" + id).header("ETag");
    }

    private static String status(String id) {
        return by("ada").get(DEFINITIONS + "/" + id).path("status");
    }

    private static Response waive(String who, String id, String rule, String reason) {
        return by(who).header("If-Match", tag(id))
                .body(Map.of("rule", rule, "reason", reason))
                .post(DEFINITIONS + "/" + id + "/waivers");
    }

    private static String verified(String category) {
        var id = drafted("dora", body(category));
        move("dora", id, "in-review").then().statusCode(200);
        move("carl", id, "verified").then().statusCode(200);
        return id;
    }

    private List<Row> told(String kind, String object) {
        return log.find(new Filter("", kind, object, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 10);
    }

    @Test
    void everybody_reads_what_is_asked_and_an_installation_begins_with_warnings() {
        for (var who : List.of("ada", "carl", "dora", "eve")) {
            by(who).get(HOME)
                    .then()
                    .statusCode(200)
                    .header("ETag", "\"0\"")
                    .body("rules.find { it.rule == 'name-form' }.level", equalTo("warn"))
                    .body("rules.find { it.rule == 'name-form' }.form", equalTo("title-case"))
                    .body("rules.find { it.rule == 'stability' }.at_least", equalTo(40))
                    .body("rules.level", not(hasItem("block")));
        }
    }

    @Test
    void a_change_says_what_was_looked_at_and_why_and_is_told_rule_by_rule() {
        var named = Map.of("rule", "name-form", "level", "block", "form", "pattern", "pattern", "[A-Z].+");

        int blind = by("ada")
                .body(Map.of("rules", List.of(named), "reason", "Because"))
                .put(HOME)
                .statusCode();
        int late = ask("ada", "\"7\"", "Because", List.of(named)).statusCode();
        int mute = ask("ada", "\"0\"", "  a ", List.of(named)).statusCode();
        var done = ask("carl", "\"0\"", "So that names read alike", List.of(named));

        assertThat(List.of(blind, late, mute)).containsExactly(428, 412, 422);
        done.then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("rules.find { it.rule == 'name-form' }.pattern", equalTo("[A-Z].+"))
                .body("rules.find { it.rule == 'description' }.level", equalTo("off"));
        var row = told("standards", "catalog").get(0);
        assertThat(row.action()).isEqualTo("changed");
        assertThat(row.before().get("name-form")).isEqualTo("warn: title-case");
        assertThat(row.after().get("name-form")).isEqualTo("block: pattern:[A-Z].+");
        assertThat(row.after().get("description")).isEqualTo("off");
        assertThat(row.reason()).contains("So that names read alike");
    }

    @Test
    void what_changes_nothing_is_not_told() {
        asked(owner("warn"));
        var before = told("standards", "catalog").get(0).sequence();

        asked(owner("warn"));

        assertThat(told("standards", "catalog").get(0).sequence()).isEqualTo(before);
    }

    @Test
    void a_pattern_outside_of_the_subset_is_refused_with_its_position() {
        ask(
                        "ada",
                        "\"0\"",
                        "Because",
                        List.of(Map.of(
                                "rule", "name-form", "level", "warn", "form", "pattern", "pattern", "canary(?=x)")))
                .then()
                .statusCode(422)
                .body("detail", containsString("name-form: At character 7"))
                .body("detail", not(containsString("canary")));
        ask("ada", "\"0\"", "Because", List.of(Map.of("rule", "canary", "level", "warn")))
                .then()
                .statusCode(422)
                .body("detail", containsString("name-form, event-name-form"))
                .body("detail", not(containsString("canary")));
        ask("ada", "\"0\"", "Because", List.of(owner("warn"), owner("block")))
                .then()
                .statusCode(422);
    }

    @Test
    void what_blocks_is_not_sent_to_review_by_a_program_a_page_or_many_at_once() {
        var id = drafted("dora", body(""));
        asked(category("block"));
        var dora = SignedIn.signIn("standard-dora", SignedIn.PASSWORD);

        var program = move("dora", id, "in-review");
        var page = dora.request()
                .formParams("version", "0", "status", "in-review")
                .post("/console/definitions/" + id + "/status");
        var many = by("dora")
                .body(Map.of("action", "in-review", "definitions", List.of(Map.of("id", id, "version", 0))))
                .post(DEFINITIONS + "/bulk");
        var manyByPage = dora.request()
                .formParams("chosen", id + " 0", "action", "in-review")
                .post("/console/definitions/bulk");

        program.then()
                .statusCode(422)
                .body("detail", containsString("There is no category"))
                .body("standards.rule", equalTo(List.of("category")))
                .body("standards.level", equalTo(List.of("block")));
        many.then()
                .statusCode(422)
                .body("definitions[0].refusal", containsString("There is no category"))
                .body("definitions[0].standards.rule", equalTo(List.of("category")));
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.asString()).contains("There is no category");
        assertThat(manyByPage.statusCode()).isEqualTo(422);
        assertThat(manyByPage.asString()).contains("There is no category");
        assertThat(status(id)).isEqualTo("draft");

        by("dora").header("If-Match", "\"0\"").body(body("Shop")).put(DEFINITIONS + "/" + id);
        move("dora", id, "in-review").then().statusCode(200).body("standards", equalTo(List.of()));
    }

    @Test
    void what_is_in_review_when_it_begins_to_block_is_not_verified() {
        var id = drafted("dora", body(""));
        move("dora", id, "in-review").then().statusCode(200);
        asked(category("block"));

        move("carl", id, "verified").then().statusCode(422).body("detail", containsString("There is no category"));

        assertThat(status(id)).isEqualTo("in-review");
    }

    @Test
    void what_only_warns_keeps_nothing_out_and_is_shown() {
        asked(category("warn"));
        var id = drafted("dora", body(""));

        move("dora", id, "in-review")
                .then()
                .statusCode(200)
                .body("standards[0].rule", equalTo("category"))
                .body("standards[0].level", equalTo("warn"))
                .body("standards[0].text", equalTo("There is no category."))
                .body("standards[0].waived", nullValue());
        move("carl", id, "verified").then().statusCode(200);
    }

    @Test
    void what_is_verified_stays_so_and_takes_on_nothing_that_blocks() {
        var id = verified("");
        var kept = verified("Shop");
        asked(List.of(category("block"), Map.of("rule", "tags", "level", "block")));

        assertThat(List.of(status(id), status(kept))).containsExactly("verified", "verified");
        var told = by("ada").get(DEFINITIONS + "/" + kept);
        var emptied = body("");
        emptied.put("name", told.path("name"));
        by("carl")
                .header("If-Match", tag(kept))
                .body(emptied)
                .put(DEFINITIONS + "/" + kept)
                .then()
                .statusCode(422)
                .body("standards.rule", equalTo(List.of("category")));
        var file = Map.of("definitions", List.of(emptied(told.path("name"))));
        by("carl")
                .body(file)
                .post(DEFINITIONS + "/import?kind=json")
                .then()
                .statusCode(422)
                .body("rows[0].errors[0]", containsString("There is no category"))
                .body("rows[0].standards.rule", hasItem("category"));
        by("carl")
                .body(Map.of(
                        "action",
                        "category",
                        "value",
                        "",
                        "definitions",
                        List.of(Map.of(
                                "id", kept, "version", Long.parseLong(tag(kept).replace("\"", ""))))))
                .post(DEFINITIONS + "/bulk")
                .then()
                .statusCode(422)
                .body("definitions[0].refusal", containsString("There is no category"));

        // What was missing before is missing still, and may be: another field changes.
        var more = body("");
        more.put("name", by("ada").get(DEFINITIONS + "/" + id).path("name"));
        more.put("criticality", "high");
        by("carl")
                .header("If-Match", tag(id))
                .body(more)
                .put(DEFINITIONS + "/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("verified"));
    }

    private static Map<String, Object> emptied(String name) {
        return Map.of(
                "name",
                name,
                "type",
                "click",
                "filter",
                "text equals \"Buy\"",
                "owner_kind",
                "team",
                "owner",
                "Growth");
    }

    @Test
    void an_import_says_of_each_row_what_it_would_break_and_brings_it_in_as_a_draft() {
        asked(List.of(category("block"), owner("warn")));
        var name = "Standard import " + UUID.randomUUID();
        var file = "name,type,filter\n" + name + ",click,\"text equals \"\"Buy\"\"\"\n";

        var tried = by("dora").contentType("text/csv").body(file).post(DEFINITIONS + "/import?kind=csv");
        var done = by("dora")
                .contentType("text/csv")
                .header("If-Match", tried.header("ETag"))
                .body(file)
                .post(DEFINITIONS + "/import?kind=csv&dry=false");
        var page = SignedIn.signIn("standard-dora", SignedIn.PASSWORD)
                .request()
                .formParams("kind", "csv", "text", file.replace(name, name + " again"))
                .post("/console/definitions/import")
                .asString();

        tried.then()
                .statusCode(200)
                .body("rows[0].effect", equalTo("new"))
                .body("rows[0].standards.rule", equalTo(List.of("category", "owner")))
                .body("rows[0].standards.level", equalTo(List.of("block", "warn")));
        done.then().statusCode(200).body("done", equalTo(true));
        assertThat(page).contains("There is no category.", "There is no owner.");
    }

    @Test
    void a_change_of_the_standards_makes_a_dry_run_outdated() {
        var file = "name,type,filter\nStandard dry run,click,\"text equals \"\"Buy\"\"\"\n";
        var tried = by("dora").contentType("text/csv").body(file).post(DEFINITIONS + "/import?kind=csv");
        asked(category("block"));

        by("dora")
                .contentType("text/csv")
                .header("If-Match", tried.header("ETag"))
                .body(file)
                .post(DEFINITIONS + "/import?kind=csv&dry=false")
                .then()
                .statusCode(412);
    }

    @Test
    void somebody_who_may_verify_it_waives_with_a_reason() {
        var id = drafted("dora", body(""));
        asked(List.of(category("block"), owner("warn")));

        int own = waive("dora", id, "category", "It has none").statusCode();
        int mute = waive("carl", id, "category", " x ").statusCode();
        int other = waive("carl", id, "tags", "It has none").statusCode();
        int warned = waive("carl", id, "owner", "It has none").statusCode();
        int nothing = waive("carl", id, "canary", "It has none").statusCode();
        var waived = waive("carl", id, "category", "It is about the whole site");
        int again = waive("carl", id, "category", "It is about the whole site").statusCode();

        assertThat(List.of(own, mute, other, warned, nothing, again)).containsExactly(403, 422, 409, 409, 409, 409);
        waived.then()
                .statusCode(200)
                .body("standards[0].level", equalTo("block"))
                .body("standards[0].waived.name", equalTo("Standard carl"));
        var row = told("definition", id).get(0);
        assertThat(row.action()).isEqualTo("waived");
        assertThat(row.after().get("waived")).isEqualTo("category");
        assertThat(row.reason()).contains("It is about the whole site");
        move("dora", id, "in-review").then().statusCode(200);
        move("carl", id, "verified").then().statusCode(200);
    }

    @Test
    void nobody_waives_for_what_they_wrote_or_own() {
        asked(category("block"));
        var written = drafted("carl", body(""));
        var owned = body("");
        owned.put("owner", Map.of("kind", "person", "name", "Standard carl"));

        waive("carl", written, "category", "It has none").then().statusCode(403);
        waive("carl", drafted("dora", owned), "category", "It has none").then().statusCode(403);
        waive("ada", written, "category", "It has none").then().statusCode(200);
    }

    @Test
    void an_edit_of_the_definition_makes_a_waiver_void_for_good() {
        asked(category("block"));
        var first = body("");
        var id = drafted("dora", first);
        waive("carl", id, "category", "It has none").then().statusCode(200);
        move("dora", id, "in-review").then().statusCode(200);
        move("dora", id, "draft").then().statusCode(200);
        var edited = new HashMap<>(first);
        edited.put("description", "Somebody buys");

        by("dora")
                .header("If-Match", tag(id))
                .body(edited)
                .put(DEFINITIONS + "/" + id)
                .then()
                .statusCode(200);
        move("dora", id, "in-review").then().statusCode(422);
        by("dora")
                .header("If-Match", tag(id))
                .body(first)
                .put(DEFINITIONS + "/" + id)
                .then()
                .statusCode(200);
        move("dora", id, "in-review").then().statusCode(422);
    }

    @Test
    void who_saves_a_definition_as_it_is_leaves_its_waiver() {
        asked(category("block"));
        var same = body("");
        var id = drafted("dora", same);
        waive("carl", id, "category", "It has none").then().statusCode(200);

        by("dora")
                .header("If-Match", tag(id))
                .body(same)
                .put(DEFINITIONS + "/" + id)
                .then()
                .statusCode(200);

        move("dora", id, "in-review").then().statusCode(200);
    }

    @Test
    void a_waiver_is_of_what_was_asked_then() {
        var least = new HashMap<String, Object>(Map.of("rule", "stability", "level", "block", "at_least", 50));
        asked(least);
        var id = drafted("dora", body("Shop"));
        waive("carl", id, "stability", "There is nothing better").then().statusCode(200);
        asked(Map.of("rule", "stability", "level", "block", "at_least", 90));

        move("dora", id, "in-review").then().statusCode(422).body("detail", containsString("at least 90"));
        asked(least);
        move("dora", id, "in-review").then().statusCode(200);
    }

    @Test
    void a_personal_draft_and_what_somebody_else_has_changed_are_not_waived() {
        asked(category("block"));
        var own = body("");
        own.put("personal", true);
        var personal = drafted("carl", own);
        var id = drafted("dora", body(""));

        by("carl")
                .header("If-Match", "\"0\"")
                .body(Map.of("rule", "category", "reason", "It has none"))
                .post(DEFINITIONS + "/" + personal + "/waivers")
                .then()
                .statusCode(409)
                .body("detail", containsString("Share this draft"));
        by("ada")
                .header("If-Match", "\"7\"")
                .body(Map.of("rule", "category", "reason", "It has none"))
                .post(DEFINITIONS + "/" + id + "/waivers")
                .then()
                .statusCode(412);
    }

    @Test
    void a_preview_tells_what_would_break_and_changes_nothing() {
        var id = verified("");
        var before = by("eve").get(HOME).asString();

        var effect = by("eve").body(Map.of("rules", List.of(category("block")))).post(HOME + "/preview");

        effect.then().statusCode(200).body("blocked.verified", not(equalTo(0))).body("definitions.id", hasItem(id));
        assertThat(by("eve").get(HOME).asString()).isEqualTo(before);
        assertThat(standards.blocked()).isEmpty();
    }

    @Test
    void personal_drafts_are_in_no_count() {
        var own = body("");
        own.put("personal", true);
        var personal = drafted("carl", own);

        var effect =
                by("carl").body(Map.of("rules", List.of(category("block")))).post(HOME + "/preview");

        assertThat(effect.jsonPath().getList("definitions.id")).doesNotContain(personal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "block"})
    void the_list_can_be_asked_for_what_breaks_one(String breaks) {
        asked(Map.of("rule", "category", "level", breaks.equals("any") ? "warn" : "block"));
        var tag = "standard-" + UUID.randomUUID().toString().substring(0, 8);
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var body = body(i == 1 ? "Shop" : "");
            body.put("name", "Standard in a list " + i + " " + tag);
            body.put("tags", List.of(tag));
            ids.add(drafted("dora", body));
        }

        var first = by("eve").get(DEFINITIONS + "?limit=1&tag=" + tag + "&breaks=" + breaks);
        var second = by("eve")
                .get(DEFINITIONS + "?limit=1&tag=" + tag + "&breaks=" + breaks + "&cursor=" + first.path("next"));

        assertThat(first.<List<String>>path("definitions.id")).containsExactly(ids.get(0));
        assertThat(second.<List<String>>path("definitions.id")).containsExactly(ids.get(2));
        assertThat(second.<String>path("next")).isNull();
        by("eve").get(DEFINITIONS + "?breaks=canary").then().statusCode(400);
        if (breaks.equals("block")) {
            waive("carl", ids.get(0), "category", "It has none").then().statusCode(200);
            assertThat(by("eve")
                            .get(DEFINITIONS + "?tag=" + tag + "&breaks=block")
                            .<List<String>>path("definitions.id"))
                    .containsExactly(ids.get(2));
        }
    }

    @Test
    void what_breaks_a_standard_that_blocks_is_one_finding_and_none_once_it_is_waived() {
        var least = Map.of("rule", "event-name-form", "level", "block", "form", "pattern", "pattern", "[^!].*");
        asked(least);
        var odd = body("Shop");
        odd.put("type", "custom");
        odd.put("filter", "event equals \"!odd\"");
        var id = drafted("dora", odd);
        var findings = "/api/v1/findings/development?kind=standard";

        by("eve")
                .get(findings)
                .then()
                .statusCode(200)
                .body("about", equalTo(List.of("event-name-form")))
                .body("words", equalTo(List.of("Definitions that break it: 1. Of these verified: 0.")))
                .body("page", equalTo(List.of("/console/definitions?breaks=block")));
        waive("carl", id, "event-name-form", "Its name is what it is").then().statusCode(200);
        by("eve").get(findings).then().body("", equalTo(List.of()));
    }
}
