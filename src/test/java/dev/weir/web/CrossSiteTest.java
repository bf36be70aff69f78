package dev.weir.web;

import static dev.weir.testsupport.SignedIn.anonymous;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.access.Role;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CrossSiteTest {

    /** Signed in, with a good token: only where the request comes from differs. */
    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 422",
        "Sec-Fetch-Site, none, 422",
        "Origin, https://evil.example, 403",
        "Origin, http://localhost.evil.example, 403",
        "Origin, null, 403",
        "Origin, http://localhost:1, 403",
        "Origin, %%%, 403",
    })
    void where_a_change_comes_from_decides(String header, String value, int status) {
        var admin = SignedIn.as(Role.ADMIN);

        var answer = admin.request().header(header, value).formParam("key", "").post("/console/environments");

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void our_own_origin_is_fine() {
        var admin = SignedIn.as(Role.ADMIN);

        admin.request()
                .header("Origin", SignedIn.base())
                .formParam("key", "")
                .post("/console/environments")
                .then()
                .statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/login", "/console/logout", "/console/setup", "/console/join", "/console/theme"})
    void nobody_is_signed_in_or_out_from_another_site(String path) {
        var csrf = anonymous().get("/console/login").cookie("weir_csrf");

        anonymous()
                .cookie("weir_csrf", csrf)
                .header("Sec-Fetch-Site", "cross-site")
                .formParam("csrf-token", csrf)
                .post(path)
                .then()
                .statusCode(403)
                .body(containsString("another site"));
    }

    @Test
    void a_form_without_its_token_is_refused() {
        var session = SignedIn.as(Role.ADMIN).session();

        anonymous()
                .cookie("weir_session", session)
                .formParam("key", "stolen")
                .post("/console/environments")
                .then()
                .statusCode(403)
                .body(containsString("too old"));
    }

    @Test
    void a_token_must_be_the_one_of_the_cookie() {
        var session = SignedIn.as(Role.ADMIN).session();
        var mine = anonymous().get("/console/login").cookie("weir_csrf");
        var another = anonymous().get("/console/login").cookie("weir_csrf");

        anonymous()
                .cookie("weir_session", session)
                .cookie("weir_csrf", mine)
                .formParam("csrf-token", another)
                .post("/console/environments")
                .then()
                .statusCode(403);
        anonymous()
                .cookie("weir_session", session)
                .formParam("csrf-token", another)
                .post("/console/environments")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/xml"})
    void the_console_takes_forms_only(String type) {
        SignedIn.as(Role.ADMIN)
                .request()
                .contentType(type)
                .body("{\"key\":\"x\"}")
                .post("/console/environments")
                .then()
                .statusCode(415);
    }

    @Test
    void an_interface_is_left_alone() {
        var answer = RestAssured.given()
                .contentType(ContentType.JSON)
                .header("Origin", "https://shop.example.com")
                .header("Sec-Fetch-Site", "cross-site")
                .body("{}")
                .post("/api/track");

        assertThat(answer.statusCode()).isNotIn(403, 415);
        assertThat(answer.cookies()).isEmpty();
    }

    @Test
    void only_a_page_with_a_form_gives_a_token() {
        RestAssured.given().get("/assets/weir.css").then().statusCode(200).header("Set-Cookie", nullValue());
    }
}
