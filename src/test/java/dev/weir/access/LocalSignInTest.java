package dev.weir.access;

import static dev.weir.testsupport.SignedIn.anonymous;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LocalSignInTest {

    @Test
    void nobody_is_sent_to_sign_in_and_comes_back() {
        anonymous()
                .get("/console?environment=production")
                .then()
                .statusCode(302)
                .header("Location", containsString("/console/login?to=%2Fconsole%3Fenvironment%3Dproduction"));
    }

    @Test
    void somebody_signed_in_sees_the_console() {
        var admin = SignedIn.as(Role.ADMIN);

        admin.request().get("/console").then().statusCode(200).body(containsString("Test Admin"));
    }

    @Test
    void the_session_cookie_is_for_the_console_only_and_hidden_from_scripts() {
        SignedIn.account("cookie", "Cookie", Role.AUDITOR);
        var csrf = anonymous().get("/console/login").cookie("weir_csrf");

        var cookie = anonymous()
                .cookie("weir_csrf", csrf)
                .formParam("csrf-token", csrf)
                .formParam("login", "Cookie ")
                .formParam("password", SignedIn.PASSWORD)
                .post("/console/login")
                .detailedCookie("weir_session");

        assertThat(cookie.getPath()).isEqualTo("/console");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getMaxAge()).isEqualTo(-1);
    }

    @Test
    void a_copied_cookie_is_worth_nothing_after_signing_out() {
        var somebody = SignedIn.as(Role.DEVELOPER);

        somebody.request()
                .post("/console/logout")
                .then()
                .statusCode(303)
                .header("Clear-Site-Data", containsString("storage"));

        somebody.request().get("/console").then().statusCode(302);
    }

    @Test
    void unknown_wrong_and_disabled_read_alike() {
        SignedIn.account("known", "Known", Role.AUDITOR);

        var unknown = attempt("nobody-here", "some password that is wrong");
        var wrong = attempt("known", "some password that is wrong");

        assertThat(unknown.replace("nobody-here", "")).isEqualTo(wrong.replace("known", ""));
        assertThat(wrong).contains("Name or password is wrong");
    }

    @Test
    void after_five_failures_even_the_right_password_must_wait() {
        SignedIn.account("guessed", "Guessed", Role.AUDITOR);
        for (int i = 0; i < 6; i++) {
            attempt("guessed", "wrong password number " + i);
        }

        assertThat(attempt("guessed", SignedIn.PASSWORD)).contains("too many attempts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "/console/../api",
                "/console//evil",
                "/console/login",
                "javascript:alert(1)",
                "/console\n"
            })
    void one_comes_back_to_a_page_of_the_console_only(String to) {
        assertThat(ReturnPath.of(to)).hasToString("/console");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/production/live", "/console/environments?environment=production"})
    void a_page_of_the_console_is_kept(String to) {
        assertThat(ReturnPath.of(to)).hasToString(to);
    }

    @Test
    void a_cookie_of_the_console_means_nothing_to_an_interface() {
        var admin = SignedIn.as(Role.ADMIN);

        admin.request()
                .get("/api/v1/nothing-here")
                .then()
                .contentType("application/problem+json")
                .body(not(containsString("Admin")));
    }

    @Test
    void a_missing_page_is_a_friendly_page() {
        SignedIn.as(Role.ADMIN)
                .request()
                .get("/console/no/such/page/anywhere")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString("There is nothing at this address."), containsString("To the overview"));
    }

    @Test
    void a_missing_interface_is_a_problem() {
        anonymous()
                .get("/api/v1/nothing-here")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", equalTo(404));
    }

    private static String attempt(String login, String password) {
        var csrf = anonymous().get("/console/login").cookie("weir_csrf");
        return anonymous()
                .cookie("weir_csrf", csrf)
                .formParam("csrf-token", csrf)
                .formParam("login", login)
                .formParam("password", password)
                .post("/console/login")
                .then()
                .statusCode(401)
                .extract()
                .asString()
                .replaceAll("value=\"[A-Za-z0-9_-]{43}\"", "");
    }
}
