package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.catalog.standards.Asked;
import dev.weir.catalog.standards.Conventions;
import dev.weir.catalog.standards.Rule;
import dev.weir.database.Sql;
import dev.weir.testsupport.FirstStandards;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StandardPagesTest {

    private static final String HOME = "/console/definitions/standards";
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([0-9a-f]*)\"");

    @Inject
    Sql sql;

    private SignedIn architect;

    @BeforeEach
    void an_architect_has_signed_in() {
        FirstStandards.again(sql);
        architect = SignedIn.as(Role.ARCHITECT);
    }

    @AfterEach
    void as_it_was() {
        FirstStandards.again(sql);
    }

    /** The form as it is shown to begin with. */
    private static Map<String, String> form() {
        var asked = Asked.of(Conventions.DEFAULT);
        var form = new HashMap<String, String>();
        form.put("version", "0");
        for (var rule : Rule.values()) {
            form.put("level-" + rule.id(), asked.level(rule));
            form.put((rule.form() ? "form-" : "asks-") + rule.id(), asked.asks(rule));
        }
        return form;
    }

    private Response post(Map<String, String> form) {
        return architect.request().formParams(form).post(HOME);
    }

    private static String seen(Response page) {
        var found = SEEN.matcher(page.asString());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String drafted(SignedIn who, String name) {
        return who.request()
                .formParams(Map.of("name", name, "type", "click", "filter", "text equals \"Buy\"", "ownerKind", "team"))
                .post("/console/definitions")
                .header("Location")
                .replaceFirst("https?://[^/]+", "");
    }

    @Test
    void what_it_would_mean_is_shown_before_it_can_be_saved() {
        // Among the first 50 by name, whatever others have left.
        var name = "00 Shown before " + UUID.randomUUID();
        drafted(SignedIn.as(Role.DEVELOPER), name);
        var form = form();
        form.put("level-category", "block");
        form.put("reason", "So that things are found");
        form.put("save", "yes");

        var looked = post(form);
        var version = architect.request().get(HOME).asString();
        form.put("seen", seen(looked));
        form.put("level-tags", "block");
        var another = post(form);
        form.put("seen", seen(another));
        var saved = post(form);

        assertThat(looked.statusCode()).isEqualTo(200);
        assertThat(looked.asString())
                .contains("What it would mean", name, "There is no category.", "Save the standards");
        assertThat(version).contains("name=\"version\" value=\"0\"");
        assertThat(another.statusCode()).isEqualTo(200);
        assertThat(another.asString()).contains("Not saved yet", "There is no tag.");
        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(saved.header("Location")).endsWith(HOME + "?done=saved");
        assertThat(architect.request().get(HOME + "?done=saved").asString())
                .contains("The standards are saved.", "name=\"version\" value=\"1\"");
    }

    @Test
    void who_gives_no_reason_or_was_overtaken_is_told_and_keeps_what_was_typed() {
        var form = form();
        form.put("level-category", "block");
        form.put("seen", seen(post(form)));
        form.put("save", "yes");

        var mute = post(form);
        form.put("reason", "So that things are found");
        form.put("version", "7");
        var late = post(form);

        assertThat(mute.statusCode()).isEqualTo(422);
        assertThat(mute.asString()).contains("Say why");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.asString()).contains("Somebody else changed", "So that things are found");
    }

    @Test
    void what_is_wrong_stands_beside_its_rule() {
        var form = form();
        form.put("form-name-form", "pattern");
        form.put("pattern-name-form", "canary(?=x)");
        form.put("asks-stability", "much");

        var answer = post(form);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString())
                .contains("id=\"error-name-form\">At character 7", "id=\"error-stability\">The least stability");
    }

    @Test
    void who_may_not_change_them_reads_them() {
        var page = SignedIn.as(Role.DEVELOPER).request().get(HOME).asString();

        assertThat(page)
                .contains("warn: title-case", "An Admin or an Architect changes")
                .doesNotContain("<textarea");
    }

    @Test
    void the_editor_says_while_one_types_and_without_a_script_what_it_breaks() {
        var typed = Map.of("name", "cart emptied", "type", "click", "filter", "text equals", "category", "Shop");
        var developer = SignedIn.as(Role.DEVELOPER);

        var part = developer
                .request()
                .header("HX-Request", "true")
                .formParams(typed)
                .post("/console/definitions/deviations")
                .asString();
        var whole = developer
                .request()
                .formParams(typed)
                .post("/console/definitions/preview")
                .asString();

        assertThat(part)
                .contains("The name is not of the form", "There is no description.")
                .doesNotContain("category", "stability", "<html", "cart emptied");
        assertThat(whole).contains("The name is not of the form", "<html");
    }

    @Test
    void its_page_and_the_list_say_what_a_definition_breaks_and_who_may_waives_it_there() {
        // Of digits alone, which no form of names minds.
        var name = "Waived " + UUID.randomUUID().toString().replaceAll("\\D", "7");
        var address = drafted(SignedIn.as(Role.DEVELOPER), name);
        var form = form();
        form.put("level-category", "block");
        form.put("reason", "So that things are found");
        form.put("seen", seen(post(form)));
        form.put("save", "yes");
        assertThat(post(form).statusCode()).isEqualTo(303);
        var list = "/console/definitions?breaks=block&q=" + name.replace(' ', '+');

        var listed = architect.request().urlEncodingEnabled(false).get(list).asString();
        var mine = SignedIn.as(Role.DEVELOPER).request().get(address).asString();
        var theirs = architect.request().get(address).asString();
        var mute = architect
                .request()
                .formParams("version", "0", "rule", "category")
                .post(address + "/waivers");
        var waived = architect
                .request()
                .formParams("version", "0", "rule", "category", "reason", "It is about the whole site")
                .post(address + "/waivers");

        assertThat(listed).contains(address, "breaks 2, blocked");
        assertThat(mine).contains("There is no category.").doesNotContain("Waive it");
        assertThat(theirs).contains("There is no category.", "Waive it");
        assertThat(mute.statusCode()).isEqualTo(422);
        assertThat(mute.asString()).contains("Say why");
        assertThat(waived.statusCode()).isEqualTo(303);
        assertThat(architect.request().get(address).asString())
                .contains("Waived by Test Architect")
                .doesNotContain("Waive it");
        assertThat(architect.request().urlEncodingEnabled(false).get(list).asString())
                .doesNotContain(address);
    }

    @Test
    void an_earlier_version_stands_in_the_history() {
        var form = form();
        form.put("level-category", "block");
        form.put("reason", "So that things are found");
        form.put("seen", seen(post(form)));
        form.put("save", "yes");
        assertThat(post(form).statusCode()).isEqualTo(303);

        var history = architect.request().get(HOME + "/history").asString();

        assertThat(history).contains("So that things are found", "category", "block");
    }
}
