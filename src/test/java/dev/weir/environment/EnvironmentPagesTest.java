package dev.weir.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.testsupport.Endpoints;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EnvironmentPagesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Inject
    Environments environments;

    @Test
    void an_admin_makes_an_environment_and_reads_that_browsers_cannot_send_yet() {
        var app = created();

        SignedIn.as(Role.ADMIN)
                .request()
                .get("/console/environments/" + app.environment())
                .then()
                .statusCode(200)
                .body(containsString(app.id().digits()), containsString("Browsers can't send to this environment yet"));
    }

    @Test
    void an_auditor_reads_and_finds_no_form_to_change_anything() {
        var app = created();
        var auditor = SignedIn.as(Role.AUDITOR);

        for (var page : new String[] {"/console/environments", "/console/environments/" + app.environment()}) {
            auditor.request()
                    .get(page)
                    .then()
                    .statusCode(200)
                    .body(containsString(app.id().digits()), not(containsString("action=\"/console/environments")));
        }
    }

    @Test
    void no_environment_takes_the_address_of_another_page() {
        var words = Endpoints.all().stream()
                .map(Endpoints.Endpoint::path)
                .filter(path -> path.matches("/console/[a-z].*"))
                .map(path -> path.split("/", -1)[2])
                .collect(Collectors.toSet());

        assertThat(words)
                .contains("people", "theme")
                .allSatisfy(word -> SignedIn.as(Role.ADMIN)
                        .request()
                        .formParam("key", word)
                        .formParam("name", "Reserved")
                        .formParam("kind", "staging")
                        .post("/console/environments")
                        .then()
                        .statusCode(422)
                        .body(containsString("the address of another page")));
    }

    @Test
    void an_origin_is_added_and_removed() {
        var app = created();

        post(app, "origins", "0", "origin", "https://Shop.example.com/").then().statusCode(303);
        page(app)
                .then()
                .body(
                        containsString("https://shop.example.com"),
                        not(containsString("can't send to this environment")));
        post(app, "origins/remove", "1", "origin", "https://shop.example.com")
                .then()
                .statusCode(303);

        assertThat(environments.find(app.id()).orElseThrow().origins()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "https://*.example.com", "https://shop.example.com/cart", "shop.example.com"})
    void what_is_no_origin_is_refused_with_help(String typed) {
        var app = created();

        post(app, "origins", "0", "origin", typed).then().statusCode(422).body(containsString("role=\"alert\""));

        assertThat(environments.find(app.id()).orElseThrow().origins()).isEmpty();
    }

    @Test
    void nothing_on_somebodys_own_machine_may_send_to_production() {
        var app = created();
        var key = app.environment() + "-live";
        SignedIn.as(Role.ADMIN)
                .request()
                .formParam("key", key)
                .formParam("name", "Live")
                .formParam("kind", "production")
                .post("/console/environments")
                .then()
                .statusCode(303);
        var live = environments.named(key).orElseThrow().apps().get(0);

        post(live, "origins", "0", "origin", "http://localhost:3000")
                .then()
                .statusCode(422)
                .body(containsString("never production"));

        assertThat(environments.find(live.id()).orElseThrow().origins()).isEmpty();
    }

    @Test
    void who_read_an_older_version_changes_nothing_and_is_told() {
        var app = created();
        post(app, "label", "0", "label", "First").then().statusCode(303);

        post(app, "label", "0", "label", "Second")
                .then()
                .statusCode(409)
                .body(
                        containsString("Somebody else changed this"),
                        containsString("value=\"First\""),
                        containsString("What you had typed: <strong>Second</strong>"));

        assertThat(environments.find(app.id()).orElseThrow().label()).isEqualTo("First");
    }

    @Test
    void of_two_admins_who_edit_the_same_environment_the_second_sees_both_names() {
        var key = created().environment();
        settings(key, "First name", 0).then().statusCode(303);

        settings(key, "Second name", 0)
                .then()
                .statusCode(409)
                .body(
                        containsString("Somebody else changed this"),
                        containsString("value=\"First name\""),
                        containsString("What you had typed: <strong>Second name</strong>"));

        assertThat(environments.find(key).orElseThrow().name()).isEqualTo("First name");
    }

    @Test
    void nobody_agrees_on_the_page_to_a_reason_that_has_changed_meanwhile() {
        var place = created().environment();
        SignedIn.as(Role.ADMIN)
                .request()
                .formParams("name", "Critical", "critical", "yes", "version", 0)
                .post("/console/environments/" + place)
                .then()
                .statusCode(303);
        var home = "/console/environments/" + place + "/uncritical";
        var ada = SignedIn.as(Role.ADMIN);
        ada.request()
                .formParams("reason", "It is closed", "version", 1)
                .post(home)
                .then()
                .statusCode(303);
        ada.request()
                .formParams("reason", "I am in a hurry", "version", 2)
                .post(home)
                .then()
                .statusCode(303);
        SignedIn.account("page-second", "Page Second", Role.ADMIN);

        SignedIn.signIn("page-second", SignedIn.PASSWORD)
                .request()
                .formParam("version", 2)
                .post(home + "/agree")
                .then()
                .statusCode(409)
                .body(containsString("Somebody else changed this"), containsString("I am in a hurry"));

        assertThat(environments.find(place).orElseThrow().critical()).isTrue();
    }

    private static io.restassured.response.Response settings(EnvironmentKey key, String name, long version) {
        return SignedIn.as(Role.ADMIN)
                .request()
                .formParam("name", name)
                .formParam("version", version)
                .post("/console/environments/" + key);
    }

    @Test
    void a_server_key_is_shown_once() {
        var app = created();

        post(app, "server-key", "0", "none", "").then().statusCode(200).body(containsString("wsk_"));

        page(app).then().body(not(containsString("wsk_")), containsString("must carry the key"));
        post(app, "server-key/drop", "1", "none", "").then().statusCode(303);
        page(app).then().body(containsString("need no key"));
    }

    @Test
    void rotating_and_retiring_are_told_on_the_page() {
        var app = created();

        post(app, "rotate", "0", "days", "14").then().statusCode(303);
        page(app).then().body(containsString("retiring"), containsString("Refused from"));
        post(app, "retire", "1", "none", "").then().statusCode(303);
        page(app).then().body(containsString("retired"), containsString("Refused since"));

        assertThat(environments.find(app.environment()).orElseThrow().apps()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Upper",
                "1st",
                "with space",
                "people",
                "environments",
                "../x",
                "a-key-that-is-longer-than-32-letters"
            })
    void a_bad_key_is_refused_with_help(String key) {
        var known = environments.list().size();

        SignedIn.as(Role.ADMIN)
                .request()
                .formParam("key", key.equals("Upper") ? "Up_per" : key)
                .formParam("name", "Name")
                .formParam("kind", "staging")
                .post("/console/environments")
                .then()
                .statusCode(422)
                .body(containsString("role=\"alert\""));

        assertThat(environments.list()).hasSize(known);
    }

    @Test
    void what_a_person_types_is_never_markup() {
        var app = created();

        post(app, "label", "0", "label", "<script>alert(1)</script>\"'").then().statusCode(303);

        page(app).then().body(not(containsString("<script>alert")), containsString("&lt;script&gt;"));
    }

    private App created() {
        var key = "page-" + COUNT.incrementAndGet();
        SignedIn.as(Role.ADMIN)
                .request()
                .formParam("key", key)
                .formParam("name", "Page " + key)
                .formParam("kind", "staging")
                .post("/console/environments")
                .then()
                .statusCode(303);
        return environments.find(new EnvironmentKey(key)).orElseThrow().apps().get(0);
    }

    private static io.restassured.response.Response page(App app) {
        return SignedIn.as(Role.ADMIN).request().get("/console/environments/" + app.environment());
    }

    private static io.restassured.response.Response post(
            App app, String what, String version, String field, String value) {
        return SignedIn.as(Role.ADMIN)
                .request()
                .formParam("version", version)
                .formParam(field, value)
                .post("/console/environments/" + app.environment() + "/apps/" + app.id() + "/" + what);
    }
}
