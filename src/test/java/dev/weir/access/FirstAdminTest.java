package dev.weir.access;

import static dev.weir.testsupport.SignedIn.anonymous;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.database.Sql;
import dev.weir.testsupport.FreshInstallation;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FreshInstallation.class)
class FirstAdminTest {

    @Inject
    FirstAdmin firstAdmin;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @BeforeEach
    void nobodyIsThere() {
        sql.change("delete from account");
        firstAdmin.newLink();
    }

    @Test
    void the_link_makes_the_first_admin_once_and_signs_in() {
        var token = firstAdmin.newLink().orElseThrow().secret();
        anonymous()
                .get("/console/setup?token=" + token)
                .then()
                .statusCode(200)
                .body(containsString("Create the first Admin"));

        var answer = create(token, "ada", "otter on the far bank");

        assertThat(answer.statusCode()).isEqualTo(303);
        anonymous()
                .cookie("weir_session", answer.cookie("weir_session"))
                .get("/console/people")
                .then()
                .statusCode(200)
                .body(containsString("Ada"), containsString("Invite somebody"));
        assertThat(create(token, "eve", "heron by the sluice").statusCode()).isEqualTo(404);
        anonymous().get("/console/setup?token=" + token).then().statusCode(404);
        assertThat(firstAdmin.newLink()).isEmpty();
    }

    @Test
    void a_restart_ends_the_link_before() {
        var before = firstAdmin.newLink().orElseThrow().secret();
        var after = firstAdmin.newLink().orElseThrow().secret();

        anonymous().get("/console/setup?token=" + before).then().statusCode(404);
        anonymous().get("/console/setup?token=" + after).then().statusCode(200);
    }

    @Test
    void the_link_is_good_for_an_hour() {
        var token = firstAdmin.newLink().orElseThrow();
        sql.change("update setup_link set expires_at = ?", clock.instant().minus(Duration.ofSeconds(1)));

        anonymous().get("/console/setup?token=" + token.secret()).then().statusCode(404);
        assertThat(create(token.secret(), "ada", "otter on the far bank").statusCode())
                .isEqualTo(404);
    }

    @Test
    void of_the_link_only_the_hash_is_kept() {
        var token = firstAdmin.newLink().orElseThrow();

        var kept = sql.first("select token_hash from setup_link", row -> row.getString(1))
                .orElseThrow();

        assertThat(kept).isEqualTo(token.hash()).isNotEqualTo(token.secret());
    }

    @Test
    void without_the_link_nobody_gets_in() {
        anonymous().get("/console/setup").then().statusCode(404);
        assertThat(create("", "eve", "heron by the sluice").statusCode()).isEqualTo(404);
        assertThat(sql.number("select count(*) from account")).isZero();
    }

    @Test
    void a_weak_password_is_refused_and_the_link_stays_good() {
        var token = firstAdmin.newLink().orElseThrow().secret();

        assertThat(create(token, "ada", "password1234").statusCode()).isEqualTo(422);
        assertThat(create(token, "ada", "otter on the far bank").statusCode()).isEqualTo(303);
    }

    @Test
    void the_last_admin_stays() {
        SignedIn.account("only", "Only Admin", Role.ADMIN);
        var only = SignedIn.signIn("only", SignedIn.PASSWORD);
        var id = sql.first("select id from account where login = 'only'", row -> row.getString(1))
                .orElseThrow();

        only.request()
                .formParam("version", 0)
                .post("/console/people/" + id + "/disable")
                .then()
                .statusCode(409)
                .body(containsString("last Admin"));
        only.request()
                .formParam("role", Role.AUDITOR)
                .formParam("version", 0)
                .post("/console/people/" + id + "/role")
                .then()
                .statusCode(409);

        only.request().get("/console/people").then().statusCode(200).body(containsString("Invite somebody"));
    }

    @Test
    void the_last_admin_stays_for_programs_as_well() {
        SignedIn.account("only", "Only Admin", Role.ADMIN);
        var id = sql.first("select id from account where login = 'only'", row -> row.getString(1))
                .orElseThrow();
        var token = SignedIn.signIn("only", SignedIn.PASSWORD).token("Locking out", "all");

        for (var body :
                new String[] {"{\"role\":\"auditor\",\"disabled\":false}", "{\"role\":\"admin\",\"disabled\":true}"}) {
            anonymous()
                    .header("Authorization", "Bearer " + token)
                    .header("If-Match", "\"0\"")
                    .contentType("application/json")
                    .body(body)
                    .put("/api/v1/people/" + id)
                    .then()
                    .statusCode(409)
                    .body("detail", containsString("last Admin"));
        }
        anonymous()
                .header("Authorization", "Bearer " + token)
                .get("/api/v1/people/" + id)
                .then()
                .header("ETag", equalTo("\"0\""))
                .body("state", equalTo("active"))
                .body("role", equalTo("admin"));
    }

    private static Response create(String token, String login, String password) {
        var csrf = anonymous().get("/console/login").cookie("weir_csrf");
        return anonymous()
                .cookie("weir_csrf", csrf)
                .formParam("csrf-token", csrf)
                .formParam("token", token)
                .formParam("name", "Ada")
                .formParam("login", login)
                .formParam("password", password)
                .post("/console/setup");
    }
}
