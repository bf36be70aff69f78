package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.not;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.database.Sql;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as people make them and as programs carry them, over HTTP. */
@QuarkusTest
class PersonalTokensTest {

    private static final String HOME = "/console/account/tokens";
    private static final String API = "/api/v1/tokens";
    private static final Pattern SECRET = Pattern.compile("wpt_[A-Za-z0-9_-]{43}");
    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Sql sql;

    @Inject
    ChangeLog log;

    private String login;
    private SignedIn person;

    @BeforeEach
    void a_developer() {
        login = "token-" + MADE.incrementAndGet();
        SignedIn.account(login, "Dev " + login, Role.DEVELOPER);
        person = SignedIn.signIn(login, SignedIn.PASSWORD);
    }

    private ValidatableResponse make(String name, String scope, String days) {
        return person.request()
                .formParam("name", name)
                .formParam("scope", scope)
                .formParam("days", days)
                .post(HOME)
                .then();
    }

    private String token(String name, String scope, int days) {
        var page = make(name, scope, "" + days).statusCode(200).extract();
        assertThat(page.header("Cache-Control")).contains("no-store");
        var secret = SECRET.matcher(page.asString());
        assertThat(secret.find()).isTrue();
        return secret.group();
    }

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }

    private static int me(String token) {
        return with(token).get("/api/v1/me").statusCode();
    }

    @Test
    void a_program_is_believed_to_ask_for_whoever_made_its_token() {
        var token = token("Pipeline", "all", 7);

        with(token)
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("Dev " + login))
                .body("roles", equalTo(java.util.List.of("developer")));
        with(token).get("/api/v1/changelog/verify").then().statusCode(403);
        person.request().get(HOME).then().body(containsString("Pipeline")).body(not(containsString(token)));
        assertThat(sql.number("select count(*) from personal_token where token_hash = ?", new Token(token).hash()))
                .isEqualTo(1);
    }

    @Test
    void a_program_sees_whose_tokens_there_are_and_revokes_its_owner_s_alone() {
        var token = token("Pipeline " + login, "all", 7);
        var other = token("Nightly " + login, "check", 7);
        SignedIn.account("token-other", "Dev other", Role.DEVELOPER);
        var stranger = SignedIn.signIn("token-other", SignedIn.PASSWORD).token("Stranger of " + login, "all");

        var all = with(stranger).get(API + "?limit=200").then().statusCode(200);
        all.body("find { it.name == 'Nightly %s' }.scope".formatted(login), equalTo("check"))
                .body("find { it.name == 'Nightly %s' }.owner.name".formatted(login), equalTo("Dev " + login))
                .body("find { it.name == 'Nightly %s' }.mine".formatted(login), equalTo(false))
                .body(not(containsString("wpt_")));
        with(token)
                .get(API + "?mine=true")
                .then()
                .body("name", containsInAnyOrder("Pipeline " + login, "Nightly " + login))
                .body("mine", everyItem(equalTo(true)));

        assertThat(with(stranger).delete(API + "/" + id(other)).statusCode()).isEqualTo(404);
        assertThat(with(other).delete(API + "/" + id(other)).statusCode()).isEqualTo(403);
        assertThat(with(token).delete(API + "/" + id(other)).statusCode()).isEqualTo(204);
        assertThat(with(token).delete(API + "/" + id(other)).statusCode()).isEqualTo(404);
        assertThat(with(other)
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/v1/check")
                        .statusCode())
                .isEqualTo(401);
        // It ends itself, and makes none that would outlive it.
        assertThat(with(token)
                        .contentType("application/json")
                        .body("{}")
                        .post(API)
                        .statusCode())
                .isEqualTo(405);
        assertThat(with(token).delete(API + "/" + id(token)).statusCode()).isEqualTo(204);
        assertThat(me(token)).isEqualTo(401);
    }

    private String id(String secret) {
        return sql.first(
                        "select id from personal_token where token_hash = ?",
                        row -> row.getString(1),
                        new Token(secret).hash())
                .orElse("gone");
    }

    @Test
    void an_admin_s_program_revokes_anybody_s() {
        var token = token("Pipeline", "all", 7);
        SignedIn.account("token-admin", "Token Admin", Role.ADMIN);
        var admin = SignedIn.signIn("token-admin", SignedIn.PASSWORD).token("Revokes " + login, "all");

        assertThat(with(admin).delete(API + "/" + id(token)).statusCode()).isEqualTo(204);

        assertThat(me(token)).isEqualTo(401);
        assertThat(log.find(new Filter("", "token", "", "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 1)
                        .get(0)
                        .instrument())
                .isEqualTo("Revokes " + login);
    }

    @Test
    void when_it_was_last_used_is_known_to_the_hour() {
        var clock = HeldClock.atThisMoment();
        var token = token("Pipeline", "all", 7);
        person.request().get(HOME).then().body(containsString("never"));

        clock.pass(Duration.ofHours(2));
        assertThat(me(token)).isEqualTo(200);

        person.request().get(HOME).then().body(not(containsString("never")));
    }

    @Test
    void a_scope_leaves_out_what_it_does_not_cover() {
        var definition = Map.of("name", "By " + login, "type", "click", "filter", "text equals \"Buy\"");
        var file = "{\"weir\":1,\"policy\":{\"version\":1}}";
        var drift = "/api/v1/policy/development/code/drift";
        var check = token("Check", "check", 7);
        var read = token("Read", "read", 7);
        var all = token("All", "all", 7);

        assertThat(me(check)).isEqualTo(403);
        assertThat(me(read)).isEqualTo(200);
        for (var token : new String[] {check, read, all}) {
            assertThat(with(token)
                            .contentType("application/json")
                            .body(file)
                            .post(drift)
                            .statusCode())
                    .isIn(200, 409);
        }
        for (var token : new String[] {check, read}) {
            with(token)
                    .contentType("application/json")
                    .body(definition)
                    .post("/api/v1/definitions")
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("detail", equalTo("The scope of this token does not cover that."));
        }
        with(all)
                .contentType("application/json")
                .body(definition)
                .post("/api/v1/definitions")
                .then()
                .statusCode(201);
    }

    @Test
    void the_change_log_names_the_token_beside_the_person() {
        var token = token("Nightly of " + login, "all", 7);

        with(token)
                .contentType("application/json")
                .body(Map.of("name", "Night " + login, "type", "click", "filter", "text equals \"Buy\""))
                .post("/api/v1/definitions")
                .then()
                .statusCode(201);

        var rows = log.find(Filter.ALL, Long.MAX_VALUE, 200);
        assertThat(rows)
                .filteredOn(row -> row.instrument().equals("Nightly of " + login))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.means()).isEqualTo("token");
                    assertThat(row.kind() + " " + row.action()).isEqualTo("definition created");
                    assertThat(row.actorName()).contains("Dev " + login);
                });
        assertThat(rows.stream().filter(row -> row.kind().equals("token")).map(row -> row.content() + row.personal()))
                .isNotEmpty()
                .noneMatch(row -> row.contains("wpt_") || row.contains(new Token(token).hash()));
    }

    @Test
    void it_ends_with_its_days_with_its_owner_and_when_it_is_revoked() {
        var clock = HeldClock.atThisMoment();
        var days = token("Days", "all", 2);
        var revoked = token("Revoked", "all", 7);
        var owner = token("Owner", "all", 7);

        person.request()
                .formParam(
                        "token",
                        sql.first("select id from personal_token where name = 'Revoked'", row -> row.getString(1))
                                .orElseThrow())
                .post(HOME + "/revoke")
                .then()
                .statusCode(303);
        assertThat(me(revoked)).isEqualTo(401);
        assertThat(me(days)).isEqualTo(200);
        clock.pass(Duration.ofDays(2));
        assertThat(me(days)).isEqualTo(401);

        sql.change("update account set role = 'auditor' where login = ?", login);
        with(owner).get("/api/v1/changelog").then().statusCode(200);
        sql.change("update account set disabled = true where login = ?", login);
        assertThat(me(owner)).isEqualTo(401);
    }

    @Test
    void disabling_somebody_revokes_what_they_have_for_good_and_the_change_log_says_so() {
        var token = token("Before " + login, "all", 7);
        var account = sql.first("select id from account where login = ?", row -> row.getString(1), login)
                .orElseThrow();
        var admin = SignedIn.as(Role.ADMIN);
        for (var step : List.of("disable", "enable")) {
            admin.request()
                    .formParam("version", sql.number("select version from account where id = ?", account))
                    .post("/console/people/" + account + "/" + step)
                    .then()
                    .statusCode(303);
        }

        assertThat(me(token)).isEqualTo(401);
        assertThat(log.find(Filter.ALL, Long.MAX_VALUE, 50))
                .filteredOn(row -> row.kind().equals("token") && row.action().equals("revoked"))
                .anySatisfy(row -> assertThat(row.before().get("name")).isEqualTo("Before " + login));
    }

    @Test
    void an_admin_revokes_anybody_s_and_the_change_log_says_whose() {
        var token = token("Taken away from " + login, "all", 7);
        var id = sql.first(
                        "select id from personal_token where name = ?",
                        row -> row.getString(1),
                        "Taken away from " + login)
                .orElseThrow();
        var admin = SignedIn.as(Role.ADMIN);
        admin.request().get(HOME).then().body(containsString(id));

        admin.request().formParam("token", id).post(HOME + "/revoke").then().statusCode(303);

        assertThat(me(token)).isEqualTo(401);
        var owner = sql.first("select id from account where login = ?", row -> row.getString(1), login)
                .orElseThrow();
        assertThat(log.find(new Filter("", "token", id, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 1))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.action()).isEqualTo("revoked");
                    assertThat(row.actorName()).contains("Test Admin");
                    assertThat(row.before().get("account")).isEqualTo(owner);
                });
        admin.request().formParam("token", id).post(HOME + "/revoke").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wpt_", "wpt_nobody-has-this-one", "wpt_' or 1=1 --", "another"})
    void what_is_no_token_is_not_believed(String token) {
        with(token)
                .get("/api/v1/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer");
    }

    @Test
    void it_is_worth_nothing_in_the_console() {
        var token = token("Pipeline", "all", 7);

        with(token).get("/console/definitions").then().statusCode(302);
        SignedIn.anonymous()
                .cookie("weir_session", token)
                .get("/console")
                .then()
                .statusCode(302);
    }

    @Test
    void one_account_has_twenty_and_who_is_no_admin_revokes_none_of_another() {
        token("Mine", "all", 7);
        var mine = sql.first(
                        "select id from personal_token where name = 'Mine' order by created_at desc",
                        row -> row.getString(1))
                .orElseThrow();
        var other = SignedIn.as(Role.ARCHITECT);

        other.request().formParam("token", mine).post(HOME + "/revoke").then().statusCode(404);
        other.request().get(HOME).then().body(not(containsString(mine)));
        for (int i = 1; i < PersonalToken.MOST; i++) {
            token("More", "check", 7);
        }
        make("Too many", "check", "7").statusCode(422).body(containsString("revoke one first"));
        make("", "check", "7").statusCode(422);
        make("Scope", "everything", "7").statusCode(422);
        make("Days", "check", "366").statusCode(422);
    }
}
