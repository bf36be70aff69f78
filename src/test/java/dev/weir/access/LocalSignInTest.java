package dev.weir.access;

import static dev.weir.testsupport.SignedIn.anonymous;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.weir.database.Sql;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LocalSignInTest {

    @Inject
    Hashing hashing;

    @Inject
    Sql sql;

    /** All tests share one address: what one of them fails at must not slow down another. */
    @AfterEach
    void forget() {
        sql.change("delete from sign_in_failure");
    }

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
        var clock = HeldClock.atThisMoment();
        SignedIn.account("guessed", "Guessed", Role.AUDITOR);
        for (int i = 0; i < 6; i++) {
            attempt("guessed", "wrong password number " + i);
        }

        assertThat(attempt("guessed", SignedIn.PASSWORD)).contains("too many attempts");
        clock.pass(Duration.ofMillis(999));
        assertThat(attempt("guessed", SignedIn.PASSWORD)).contains("too many attempts");
        clock.pass(Duration.ofMillis(1));
        posted("guessed", SignedIn.PASSWORD).then().statusCode(303);
    }

    @Test
    void an_attempt_that_must_wait_costs_no_comparison_whoever_it_is_for() {
        HeldClock.atThisMoment();
        SignedIn.account("costly", "Costly", Role.AUDITOR);
        for (String login : List.of("costly", "costly-and-unknown")) {
            for (int i = 0; i < 5; i++) {
                attempt(login, "wrong password number " + i);
            }
            long before = hashing.computed();

            assertThat(attempt(login, SignedIn.PASSWORD)).contains("too many attempts");
            assertThat(hashing.computed()).as(login).isEqualTo(before);
        }
    }

    @Test
    void an_unknown_name_costs_the_comparison_that_a_known_one_costs() {
        SignedIn.account("priced", "Priced", Role.AUDITOR);

        for (String login : List.of("priced", "priced-and-unknown")) {
            long before = hashing.computed();
            attempt(login, "some password that is wrong");
            assertThat(hashing.computed()).as(login).isEqualTo(before + 1);
        }
    }

    @Test
    @Timeout(120)
    void whoever_finds_no_room_is_told_to_come_again_and_has_failed_nothing() throws InterruptedException {
        SignedIn.account("crowded", "Crowded", Role.AUDITOR);
        int room = hashing.room();
        var full = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var crowd = Executors.newFixedThreadPool(room + 1);
        try {
            // The one that is turned away tells that all the others are in.
            for (int i = 0; i < room + 1; i++) {
                crowd.execute(() -> {
                    if (hashing.ifThereIsRoom(() -> awaited(leave)).isEmpty()) {
                        full.countDown();
                    }
                });
            }
            assertThat(full.await(30, TimeUnit.SECONDS)).isTrue();

            for (int i = 0; i < 8; i++) {
                posted("crowded", SignedIn.PASSWORD)
                        .then()
                        .statusCode(503)
                        .header("Retry-After", equalTo("5"))
                        .body(containsString("Try again in a few seconds"));
            }
        } finally {
            leave.countDown();
            crowd.shutdown();
        }
        assertThat(crowd.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        posted("crowded", SignedIn.PASSWORD).then().statusCode(303);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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

    private static Response posted(String login, String password) {
        var csrf = anonymous().get("/console/login").cookie("weir_csrf");
        return anonymous()
                .cookie("weir_csrf", csrf)
                .formParam("csrf-token", csrf)
                .formParam("login", login)
                .formParam("password", password)
                .post("/console/login");
    }

    private static String attempt(String login, String password) {
        return posted(login, password)
                .then()
                .statusCode(401)
                .extract()
                .asString()
                .replaceAll("value=\"[A-Za-z0-9_-]{43}\"", "");
    }
}
