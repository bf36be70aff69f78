package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.store.Renewal;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DefinitionPagesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private SignedIn developer;

    @BeforeEach
    void a_developer_has_signed_in() {
        developer = SignedIn.as(Role.DEVELOPER);
    }

    private static String name() {
        return "Page definition " + COUNT.incrementAndGet();
    }

    private static Map<String, String> form(String name) {
        var form = new HashMap<String, String>();
        form.put("name", name);
        form.put("type", "click");
        form.put("filter", "selector matches \".add-to-cart-btn\"");
        form.put("tags", "cart");
        form.put("ownerKind", "team");
        form.put("owner", "Growth");
        form.put("criticality", "high");
        return form;
    }

    /** The address of a definition that was drafted through the form. */
    private String drafted(String name) {
        var answer = developer.request().formParams(form(name)).post("/console/definitions");
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.header("Location").replaceFirst("https?://[^/]+", "");
    }

    private static Response move(SignedIn person, String address, String status, int version) {
        return person.request()
                .formParam("status", status)
                .formParam("version", version)
                .post(address + "/status");
    }

    /** Three clicks on the button, one of them on the icon within, and one beside it. */
    private static Tenant clicked() {
        var tenant = Tenant.development();
        Renewal.now();
        long now = Instant.now().toEpochMilli();
        var button = "{\"t\":\"button\",\"c\":[\"add-to-cart-btn\"],\"n\":1,\"k\":1}";
        var icon = "{\"t\":\"i\",\"n\":1,\"k\":1}";
        var beside = "{\"t\":\"a\",\"c\":[\"other\"],\"n\":2,\"k\":1}";
        var events =
                "{\"id\":\"1\",\"at\":" + now + ",\"type\":\"click\",\"text\":\"Add it\",\"path\":[" + button + "]},"
                        + "{\"id\":\"2\",\"at\":" + now + ",\"type\":\"click\",\"path\":[" + icon + "," + button + "]},"
                        + "{\"id\":\"3\",\"at\":" + now + ",\"type\":\"click\",\"path\":[" + button + "]},"
                        + "{\"id\":\"4\",\"at\":" + now + ",\"type\":\"click\",\"path\":[" + beside + "]}";
        RestAssured.given()
                .contentType("text/plain")
                .header("Origin", Tenant.ORIGIN)
                .body("{\"v\":1,\"policy\":\"x\",\"consent\":\"granted\",\"sent\":" + now
                        + ",\"user\":\"1234567890123456\",\"session\":{\"id\":\"11\",\"at\":1},\"page\":{\"id\":\"22\",\"at\":1,"
                        + "\"url\":\"https://shop.example/products/blue\",\"title\":\"Shop\"},\"events\":[" + events
                        + "]}")
                .post("/api/collect/" + tenant.app())
                .then()
                .statusCode(200);
        return tenant;
    }

    @Test
    void a_definition_is_drafted_edited_and_found() {
        var name = name();
        var address = drafted(name);
        var again = form(name + " again");
        again.put("version", "0");

        var changed = developer.request().formParams(again).post(address);

        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(developer.request().get(address).asString()).contains(name + " again", ".add-to-cart-btn", "Growth");
        assertThat(developer.request().get(address + "/edit").asString()).contains("name=\"version\" value=\"1\"");
        assertThat(developer
                        .request()
                        .queryParam("q", name + " again")
                        .get("/console/definitions")
                        .asString())
                .contains(address, "<html");
    }

    @Test
    void what_is_typed_into_the_search_brings_the_rows_alone() {
        var name = name();
        var address = drafted(name);

        var rows = developer
                .request()
                .header("HX-Request", "true")
                .queryParam("q", name)
                .queryParam("tag", "cart")
                .get("/console/definitions")
                .asString();

        assertThat(rows).contains(address).doesNotContain("<html");
    }

    @Test
    void what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() {
        var form = form(name());
        form.put("filter", "colour equals \"red\"");

        var answer = developer.request().formParams(form).post("/console/definitions");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("At character 1", "colour equals", "Growth");
    }

    @Test
    void an_edit_of_what_somebody_else_changed_is_refused_and_keeps_what_was_typed() {
        var name = name();
        var address = drafted(name);
        var late = form(name + " late");
        late.put("version", "7");

        var answer = developer.request().formParams(late).post(address);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).contains("Somebody else changed", name + " late");
    }

    @Test
    void the_preview_counts_what_was_kept_before_the_definition_was_there() {
        var tenant = clicked();
        var form = form(name());
        form.put("environment", tenant.environment().value());

        var part = developer
                .request()
                .header("HX-Request", "true")
                .formParams(form)
                .post("/console/definitions/preview")
                .asString();
        var whole = developer
                .request()
                .formParams(form)
                .post("/console/definitions/preview")
                .asString();

        assertThat(part)
                .contains("<b>3</b> of the 4 events", "Add it", "/products/blue", "button.add-to-cart-btn", "<rect")
                .doesNotContain("<html");
        assertThat(whole).contains("<b>3</b> of the 4 events", "<html", "Growth");
    }

    @Test
    void a_filter_is_tried_on_pasted_html() {
        var form = form(name());
        form.put("filter", "target matches \".add-to-cart-btn\" and text equals \"Add it\"");
        form.put(
                "pasted",
                "<div><button class='add-to-cart-btn'>Add it</button><button class='add-to-cart-btn'>No</button>"
                        + "<script>alert(1)</script></div>");

        var part = developer
                .request()
                .header("HX-Request", "true")
                .formParams(form)
                .post("/console/definitions/preview")
                .asString();

        assertThat(part).contains("<b>1</b> of 5 elements", "&lt;button class=").doesNotContain("<script", "alert(1)");
    }

    @Test
    void somebody_else_verifies_it() {
        var address = drafted(name());
        move(developer, address, "in-review", 0);

        var own = move(developer, address, "verified", 1);
        var verified = move(SignedIn.as(Role.ARCHITECT), address, "verified", 1);

        assertThat(own.statusCode()).isEqualTo(403);
        assertThat(verified.statusCode()).isEqualTo(303);
        assertThat(developer.request().get(address).asString())
                .contains("verified", "Test Architect")
                .doesNotContain("/edit\"");
    }

    @Test
    void an_auditor_sees_what_can_be_seen_and_no_editor() {
        var address = drafted(name());
        var auditor = SignedIn.as(Role.AUDITOR);

        var page = auditor.request().get(address).asString();

        assertThat(page).contains("What it matches").doesNotContain("/edit\"", address + "/status");
        assertThat(auditor.request().get("/console/definitions/new").statusCode())
                .isEqualTo(403);
    }

    @Test
    void many_are_changed_at_once_or_none() {
        var one = drafted(name()).replaceFirst(".*/", "");
        var other = drafted(name()).replaceFirst(".*/", "");

        var refused = developer
                .request()
                .formParam("chosen", one + " 0", other + " 7")
                .formParam("action", "tag")
                .formParam("value", "together")
                .post("/console/definitions/bulk");
        var none = developer
                .request()
                .queryParam("tag", "together")
                .get("/console/definitions")
                .asString();
        var done = developer
                .request()
                .formParam("chosen", one + " 0", other + " 0")
                .formParam("action", "tag")
                .formParam("value", "together")
                .post("/console/definitions/bulk");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.asString()).contains("Nothing was changed", "Somebody else changed");
        assertThat(none).doesNotContain("/console/definitions/" + one);
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(developer
                        .request()
                        .queryParam("tag", "together")
                        .get("/console/definitions")
                        .asString())
                .contains(one + " 1", other + " 1");
    }

    @Test
    void each_kind_of_bulk_edit_changes_its_field_alone() {
        var one = drafted(name()).replaceFirst(".*/", "");
        int version = 0;
        for (var edit : List.of(
                List.of("tag", "first, second"),
                List.of("untag", "first"),
                List.of("category", "Checkout"),
                List.of("criticality", "low"),
                List.of("person", "Mira"),
                List.of("team", "Basket"))) {
            assertThat(bulk(one, version++, edit.get(0), edit.get(1)).statusCode())
                    .as(edit.get(0))
                    .isEqualTo(303);
        }
        var told = RestAssured.given()
                .header("Authorization", "Bearer " + developer.token("Bulk", "read"))
                .get("/api/v1/definitions/" + one)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(told.getList("tags", String.class))
                .contains("second", "cart")
                .doesNotContain("first");
        assertThat(told.getString("category")).isEqualTo("Checkout");
        assertThat(told.getString("criticality")).isEqualTo("low");
        assertThat(told.getString("owner.kind")).isEqualTo("team");
        assertThat(told.getString("owner.name")).isEqualTo("Basket");
        assertThat(told.getString("filter")).contains(".add-to-cart-btn");
        assertThat(bulk(one, version, "criticality", "canary").asString())
                .contains("Nothing was changed", "Criticality is low, normal or high.")
                .doesNotContain("canary");
        assertThat(bulk(one, version, "verified", "").asString()).contains("Nothing was changed");
        assertThat(bulk(one, version, "in-review", "").statusCode()).isEqualTo(303);
    }

    private io.restassured.response.Response bulk(String id, int version, String action, String value) {
        return developer
                .request()
                .formParam("chosen", id + " " + version)
                .formParam("action", action)
                .formParam("value", value)
                .post("/console/definitions/bulk");
    }

    @Test
    void where_nothing_is_found_there_is_nothing_to_change_at_once() {
        drafted(name());

        var all = developer.request().get("/console/definitions").asString();
        var none = developer
                .request()
                .get("/console/definitions?q=nothing-is-called-so")
                .asString();
        var rows = developer
                .request()
                .header("HX-Request", "true")
                .get("/console/definitions?q=nothing-is-called-so")
                .asString();
        var auditor =
                SignedIn.as(Role.AUDITOR).request().get("/console/definitions").asString();

        assertThat(all).contains("id=\"bulk\"");
        assertThat(none).contains("Nothing found").doesNotContain("id=\"bulk\"");
        assertThat(rows).contains("Nothing found").doesNotContain("id=\"bulk\"");
        assertThat(auditor).doesNotContain("id=\"bulk\"");
    }
}
