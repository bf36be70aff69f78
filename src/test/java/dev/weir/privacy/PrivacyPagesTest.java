package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.testsupport.Policies;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PrivacyPagesTest {

    private static final String HERE = "development";
    private static final List<String> SECTIONS = List.of(
            "parameters",
            "paths",
            "pages",
            "elements",
            "text",
            "properties",
            "events",
            "schemas",
            "consent",
            "capture",
            "identity",
            "retention",
            "origins");

    private static Policies as(String role) {
        return new Policies(SignedIn.as(role), HERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.ADMIN, Role.ARCHITECT})
    void who_may_edit_is_shown_the_forms(String role) {
        var person = as(role).fresh();

        for (String section : SECTIONS) {
            person.get("/privacy/" + section).then().statusCode(200).body(containsString("to the draft</button>"));
        }
        person.get("/privacy").then().statusCode(200).body(containsString("Start from a preset"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.DEVELOPER, Role.AUDITOR})
    void who_may_look_is_shown_everything_but_the_buttons(String role) {
        var person = as(role);

        for (String section : SECTIONS) {
            person.get("/privacy/" + section)
                    .then()
                    .statusCode(200)
                    .body(containsString("You may look at the rules"), not(containsString("to the draft</button>")))
                    .body(not(containsString(">Remove<")));
        }
        for (String form :
                List.of("pages/add", "origins/add", "capture/settings", "undo", "discard", "rebase", "preset/strict")) {
            assertThat(person.edit(form, Map.of("values", "/x")).statusCode())
                    .as(form)
                    .isEqualTo(403);
        }
    }

    @Test
    void nobody_gets_in_without_signing_in() {
        SignedIn.anonymous().get("/console/development/privacy").then().statusCode(not(200));
        SignedIn.anonymous().get("/console/development/bench").then().statusCode(not(200));
    }

    @Test
    void a_form_without_its_token_changes_nothing() {
        var person = SignedIn.as(Role.ADMIN);

        SignedIn.anonymous()
                .cookie("weir_session", person.session())
                .formParam("version", "1")
                .formParam("values", "/x")
                .post("/console/development/privacy/pages/add")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({
        "parameters, values, 'Gclid_own, sid_own', gclid_own",
        "paths, values, '/orders/{order}', '/orders/{order}'",
        "pages, values, '/backoffice*', '/backoffice*'",
        "events, values, 'Debug Ping', 'debug ping'",
        "identity, values, 'nobody-in-particular', 'nobody-in-particular'",
        "origins, values, 'https://own.Shop.example:8443', 'https://own.shop.example:8443'",
    })
    void an_entry_is_added_shown_as_new_changed_and_removed(String section, String field, String typed, String shown) {
        var person = as(Role.ARCHITECT).fresh();

        person.edit(section + "/add", Map.of(field, typed)).then().statusCode(303);

        var page = person.get("/privacy/" + section).asString();
        assertThat(page).contains("<code>" + shown + "</code> <span class=\"badge info\">draft</span>");
        var index =
                page.substring(0, page.indexOf("<code>" + shown + "</code>")).split("name=\"index\"", -1).length - 1;
        var changed = shown.replace("own", "changed")
                + switch (section) {
                    case "paths" -> "/x";
                    case "origins" -> "1";
                    default -> "-x";
                };
        person.edit(section + "/change", Map.of("index", "" + index, "value", changed))
                .then()
                .statusCode(303);
        person.get("/privacy/" + section).then().body(containsString("<code>" + changed + "</code>"));
        person.edit(section + "/remove", Map.of("index", "" + index)).then().statusCode(303);
        person.get("/privacy/" + section).then().body(not(containsString("<code>" + changed + "</code>")));
    }

    @Test
    void rules_of_several_fields_say_in_words_what_they_do() {
        var person = as(Role.ADMIN).fresh();

        person.edit("elements/add", Map.of("selector", ".account-name", "action", "maskText"))
                .then()
                .statusCode(303);
        person.edit("properties/add", Map.of("name", "note*", "action", "truncate", "length", "20"))
                .then()
                .statusCode(303);
        person.edit("text/add", Map.of("pattern", "order [0-9]{6}", "label", "order-number", "action", "mask"))
                .then()
                .statusCode(303);

        person.edit(
                        "schemas/add",
                        Map.of("event", "Order Placed", "property", "Total", "type", "number", "required", "true"))
                .then()
                .statusCode(303);
        person.edit("schemas/add", Map.of("event", "Order Placed", "property", "Plan", "type", "string"))
                .then()
                .statusCode(303);

        person.get("/privacy/schemas")
                .then()
                .body(
                        containsString("is set aside unless it carries “total”, as a number (server only)"),
                        containsString("is set aside if it carries “plan”, and not as a string (server only)"),
                        containsString("<code>order placed / plan</code>"));
        person.get("/privacy/elements")
                .then()
                .body(containsString("The text of .account-name, and of anything inside it"));
        person.get("/privacy/properties").then().body(containsString("is cut after 20 characters"));
        person.get("/privacy/text").then().body(containsString("replaced by [order-number]"));
        person.get("/privacy").then().body(containsString("tightens"), containsString("What publishing would change"));
        person.fresh();
    }

    @ParameterizedTest
    @CsvSource({
        "elements/add, selector, 'a:hover', 'aria-invalid'",
        "text/add, pattern, '(?=secret)', 'aria-invalid'",
        "pages/add, values, 'https://shop.example/x', 'a page is a path'",
        "paths/add, values, '/account/id', 'placeholder'",
        "origins/add, values, 'https://shop.example/cart', 'nothing behind'",
        "origins/add, values, 'shop.example', 'an origin is http'",
        "origins/add, values, 'https://*.shop.example', 'an origin is http'",
        "capture/settings, maxText, '5000', '1 to 1024'",
        "schemas/add, property, 'plan*', 'by its whole name'",
        "schemas/add, type, 'date', 'one of these is expected'",
        "schemas/add, event, '', 'a text is expected'",
        "retention/settings, events, 'soon', 'whole number'",
    })
    void what_is_not_valid_is_refused_beside_its_field_and_not_saved(
            String form, String field, String typed, String said) {
        var person = as(Role.ADMIN).fresh();
        var version = person.version();

        var fields = new HashMap<String, String>(Map.of(
                "action",
                "ignore",
                "label",
                "own",
                "text",
                "keep",
                "type",
                "any",
                "event",
                "paid",
                "property",
                "plan"));
        fields.put(field, typed);
        person.edit(form, fields)
                .then()
                .statusCode(422)
                .body(containsString("Nothing was saved"), containsString(said));

        assertThat(person.version()).isEqualTo(version);
    }

    @Test
    void a_policy_without_origins_says_that_only_those_of_the_app_ids_count() {
        var person = as(Role.ADMIN).fresh();

        person.get("/privacy/origins")
                .then()
                .body(containsString("only each App ID&#39;s own origins count"))
                .body(containsString(">Origins</a>"));
        person.get("/privacy").then().body(containsString("Only each App ID&#39;s own origins count."));
        person.edit("origins/add", Map.of("values", "https://shop.example\nhttps://www.shop.example"))
                .then()
                .statusCode(303);
        person.get("/privacy").then().body(containsString("2 origins, for every App ID."));
        person.fresh();
    }

    @Test
    void the_page_of_schemas_says_what_nothing_means_and_keeps_what_was_typed() {
        var person = as(Role.ADMIN).fresh();

        person.get("/privacy/schemas").then().body(containsString("Nothing is expected: a custom event may carry"));
        person.edit(
                        "schemas/add",
                        Map.of("event", "Order placed", "property", "pl*an", "type", "boolean", "required", "true"))
                .then()
                .statusCode(422)
                .body(
                        containsString("pl*an\n"),
                        containsString("  ^</pre>"),
                        containsString("value=\"Order placed\""),
                        containsString("<option value=\"boolean\" selected>"),
                        containsString("name=\"required\" value=\"true\" checked"));
    }

    @Test
    void a_selector_that_is_refused_is_marked_at_its_place() {
        var person = as(Role.ADMIN).fresh();

        person.edit("elements/add", Map.of("selector", "a:hover", "action", "ignore"))
                .then()
                .statusCode(422)
                .body(containsString("a:hover\n"), containsString("^</pre>"));
    }

    @Test
    void who_comes_late_is_told_what_changed_and_loses_nothing_typed() {
        var person = as(Role.ADMIN).fresh();
        var seen = person.version();
        person.edit("pages/add", Map.of("values", "/first")).then().statusCode(303);

        var late = person.post("/privacy/pages/add", Map.of("version", seen, "values", "/second"));

        late.then()
                .statusCode(409)
                .body(containsString("the draft has changed since"))
                .body(containsString("Nothing is captured on pages whose path matches /first."))
                .body(containsString("/second</textarea>"));
        person.get("/privacy/pages").then().body(not(containsString("<code>/second</code>")));
        person.fresh();
    }

    @Test
    void undo_takes_the_last_change_back_and_discard_all_of_them() {
        var person = as(Role.ADMIN).fresh();
        person.edit("pages/add", Map.of("values", "/one")).then().statusCode(303);
        person.edit("pages/add", Map.of("values", "/two")).then().statusCode(303);

        person.edit("undo", Map.of()).then().statusCode(303);

        person.get("/privacy/pages")
                .then()
                .body(containsString("<code>/one</code>"), not(containsString("<code>/two</code>")));
        person.edit("discard", Map.of()).then().statusCode(303);
        person.get("/privacy").then().body(containsString("The draft says what is in force"));
    }

    @Test
    void a_preset_is_shown_as_a_difference_before_it_replaces_the_draft() {
        var person = as(Role.ADMIN).fresh();

        person.get("/privacy/preset/strict")
                .then()
                .statusCode(200)
                .body(containsString("Visible text and page titles are removed."), containsString("Replace the draft"));
        person.edit("preset/strict", Map.of()).then().statusCode(303);

        person.get("/privacy").then().body(containsString("Every parameter is removed but the listed ones"));
        person.fresh();
    }

    @Test
    void what_loosens_is_said_to() {
        var person = as(Role.ARCHITECT).fresh();

        person.edit("text/settings", Map.of("detector-email", "mask")).then().statusCode(303);

        person.get("/privacy/text")
                .then()
                .body(containsString("No longer: Payment card numbers"))
                .body(containsString("may loosen"), containsString("Only an Admin can publish it"));
        person.fresh();
    }

    @Test
    void a_place_that_does_not_exist_is_not_found() {
        var person = as(Role.ADMIN);

        person.get("/privacy/nonsense").then().statusCode(404);
        person.get("/privacy/preset/lax").then().statusCode(404);
        new Policies(SignedIn.as(Role.ADMIN), "nowhere").get("/privacy").then().statusCode(404);
    }

    /** The draft's own document goes through the door's parser each time it is read: a page that answers proves it valid. */
    @ParameterizedTest
    @ValueSource(longs = 41)
    void whatever_is_posted_the_draft_can_still_be_read(long seed) {
        var person = as(Role.ADMIN).fresh();
        var random = new Documents(seed);
        var typed = List.of(
                "", "/x", "a > b", "a:hover", "(a+)+", "mask", "drop", "ignore", "12", "/a/{id}", "allow", "block",
                "\u0000");

        for (int step = 0; step < 60; step++) {
            var fields = new HashMap<String, String>();
            for (String field :
                    List.of("values", "value", "index", "selector", "action", "pattern", "label", "name", "mode")) {
                fields.put(field, random.one(typed));
            }
            var form = random.one(SECTIONS) + "/" + random.one(List.of("add", "change", "remove", "settings"));
            int status = person.edit(form, fields).statusCode();
            assertThat(status)
                    .as("seed %d, step %d, %s %s", seed, step, form, fields)
                    .isIn(303, 404, 422);
        }

        person.get("/privacy").then().statusCode(200);
        person.fresh();
    }
}
