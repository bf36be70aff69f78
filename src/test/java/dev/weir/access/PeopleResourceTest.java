package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.database.Sql;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People, as an Admin's program sees them. */
@QuarkusTest
class PeopleResourceTest {

    private static final String HOME = "/api/v1/people";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static String ada = "";

    @Inject
    Sql sql;

    @Inject
    ChangeLog log;

    private String login = "";

    @BeforeEach
    void a_program_of_an_admin() {
        if (ada.isEmpty()) {
            ada = SignedIn.as(Role.ADMIN).token("People", "all");
        }
        login = "programmed" + COUNT.incrementAndGet();
    }

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }

    private static Response send(String method, String path, Map<String, ?> body, String match) {
        var request = with(ada).contentType("application/json").body(body);
        return (match.isEmpty() ? request : request.header("If-Match", match)).request(method, path);
    }

    private Response invite() {
        return send("POST", HOME, Map.of("login", login, "name", "Name of " + login, "role", "developer"), "");
    }

    private static Response join(String link) {
        var csrf = SignedIn.anonymous().get("/console/login").cookie("weir_csrf");
        return SignedIn.anonymous()
                .cookie("weir_csrf", csrf)
                .formParam("csrf-token", csrf)
                .formParam("token", link.replaceFirst(".*token=", ""))
                .formParam("password", "heron by the sluice")
                .post("/console/join");
    }

    private static String tag(String person) {
        return with(ada).get(person).header("ETag");
    }

    @Test
    void a_program_invites_and_a_person_makes_the_link_that_lets_somebody_in() {
        var made = invite();

        made.then()
                .statusCode(201)
                .header("ETag", equalTo("\"0\""))
                .body("state", equalTo("invited"))
                .body("login", equalTo(login))
                .body("link", nullValue());
        var person = HOME + "/" + made.path("id");
        assertThat(made.header("Location")).endsWith(person);
        assertThat(sql.number("select count(*) from account_link where account = ?", id()))
                .isZero();
        var link = link();
        with(ada).get(person).then().statusCode(200).body("link", nullValue());
        assertThat(join(link).statusCode()).isEqualTo(303);
        assertThat(join(link).statusCode()).isEqualTo(404);
        with(ada).get(person).then().body("state", equalTo("active"));
        SignedIn.signIn(login, "heron by the sluice");
    }

    /** With it, whoever has stolen the token of an Admin would be a person, also after the token is revoked. */
    @Test
    void a_program_lets_nobody_in() {
        SignedIn.account(login, "Otto Otter", Role.DEVELOPER);
        var person = HOME + "/" + id();

        send("POST", person + "/link", Map.of(), tag(person)).then().statusCode(404);
        send("PUT", person, Map.of("role", "admin", "disabled", false), tag(person))
                .then()
                .statusCode(403)
                .body("detail", containsString("A program lets nobody in"));
        with(ada).get(person).then().body("role", equalTo("developer"));
        send("PUT", person, Map.of("role", "auditor", "disabled", true), tag(person))
                .then()
                .statusCode(200);
        send("PUT", person, Map.of("role", "auditor", "disabled", false), tag(person))
                .then()
                .statusCode(403);
        with(ada).get(person).then().body("state", equalTo("disabled"));
    }

    /** As an Admin makes one on the page. */
    private String link() {
        var page = SignedIn.as(Role.ADMIN)
                .request()
                .formParam("version", sql.number("select version from account where id = ?", id()))
                .post("/console/people/" + id() + "/link")
                .asString();
        var found = Pattern.compile("/console/join\\?token=[A-Za-z0-9_-]{43}").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group();
    }

    @Test
    void why_somebody_is_invited_and_made_an_architect_can_be_said_and_stands_in_the_log() {
        var invited = send(
                "POST",
                HOME,
                Map.of("login", login, "name", "Name", "role", "developer", "reason", "She joins the team"),
                "");
        invited.then().statusCode(201);
        String id = invited.path("id");
        assertThat(why(id)).isEqualTo("invited: She joins the team");
        var person = HOME + "/" + id;

        var settings = new java.util.HashMap<String, Object>(Map.of("role", "architect", "disabled", false));
        settings.put("reason", "x".repeat(1001));
        send("PUT", person, settings, tag(person)).then().statusCode(422);
        settings.put("reason", "Bob leaves, and two are needed");
        send("PUT", person, settings, tag(person)).then().statusCode(200);
        assertThat(why(id)).isEqualTo("role-changed: Bob leaves, and two are needed");
    }

    private String why(String account) {
        var row = log.find(
                        new Filter("", "account", account, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 1)
                .get(0);
        return row.action() + ": " + row.reason().orElse("");
    }

    @Test
    void who_invites_again_with_the_same_key_is_told_the_same() {
        var body = Map.of("login", login, "name", "Name", "role", "auditor");
        var first = with(ada)
                .header("Idempotency-Key", login)
                .contentType("application/json")
                .body(body)
                .post(HOME);
        var again = with(ada)
                .header("Idempotency-Key", login)
                .contentType("application/json")
                .body(body)
                .post(HOME);

        again.then()
                .statusCode(201)
                .header("Idempotent-Replayed", equalTo("true"))
                .header("Location", endsWith(first.path("id").toString()))
                .body("login", equalTo(login));
    }

    @ParameterizedTest
    @CsvSource({
        "!, Name, auditor, 422, A sign-in name has",
        "fine-login, ' ', auditor, 422, Give a name",
        "fine-login, Name, owner, 422, Choose a role",
        "'', Name, auditor, 422, A sign-in name has"
    })
    void what_can_be_no_person_is_refused_in_words(String login, String name, String role, int status, String words) {
        send("POST", HOME, Map.of("login", login, "name", name, "role", role), "")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(words));
        assertThat(sql.number("select count(*) from account where login = 'fine-login'"))
                .isZero();
    }

    @Test
    void a_sign_in_name_is_given_once() {
        invite().then().statusCode(201);

        send("POST", HOME, Map.of("login", login.toUpperCase(Locale.ROOT), "name", "Other", "role", "admin"), "")
                .then()
                .statusCode(409);
    }

    @Test
    void a_role_counts_at_once_and_who_read_an_older_version_changes_nothing() {
        SignedIn.account(login, "Rolf Reed", Role.DEVELOPER);
        var rolf = SignedIn.signIn(login, SignedIn.PASSWORD).token("Rolf's", "all");
        var person = HOME + "/" + id();
        var read = tag(person);

        send("PUT", person, Map.of("role", "architect", "disabled", false), read)
                .then()
                .statusCode(200)
                .body("role", equalTo("architect"));
        send("PUT", person, Map.of("role", "auditor", "disabled", false), read)
                .then()
                .statusCode(412);
        send("PUT", person, Map.of("role", "auditor", "disabled", false), "")
                .then()
                .statusCode(428);
        send("PUT", person, Map.of("role", "admin"), tag(person)).then().statusCode(422);
        send("PUT", person, Map.of("role", "owner", "disabled", false), tag(person))
                .then()
                .statusCode(422);

        with(rolf).get("/api/v1/me").then().body("roles[0]", equalTo("architect"));
    }

    @Test
    void own_environments_are_said_with_the_rest_or_stay_as_they_are() {
        var person = HOME + "/" + invite().path("id");
        var own = List.of("development", "production");

        send("PUT", person, Map.of("role", "developer", "disabled", false, "environments", own), tag(person))
                .then()
                .statusCode(200)
                .body("environments", equalTo(own));
        send(
                        "PUT",
                        person,
                        Map.of("role", "developer", "disabled", false, "environments", List.of("nowhere")),
                        tag(person))
                .then()
                .statusCode(422)
                .contentType("application/problem+json");
        send("PUT", person, Map.of("role", "auditor", "disabled", false), tag(person))
                .then()
                .statusCode(200)
                .body("environments", equalTo(own));
        send("PUT", person, Map.of("role", "auditor", "disabled", false, "environments", List.of()), tag(person))
                .then()
                .body("environments", equalTo(List.of()));
    }

    @Test
    void who_is_disabled_has_no_session_no_token_and_no_link_any_more() {
        SignedIn.account(login, "Otto Otter", Role.DEVELOPER);
        var otto = SignedIn.signIn(login, SignedIn.PASSWORD);
        var token = otto.token("Otto's", "all");
        var person = HOME + "/" + id();
        var link = link();

        send("PUT", person, Map.of("role", "developer", "disabled", true), tag(person))
                .then()
                .statusCode(200)
                .body("state", equalTo("disabled"));

        otto.request().get("/console/account").then().statusCode(302);
        with(token).get("/api/v1/me").then().statusCode(401);
        assertThat(join(link).statusCode()).isEqualTo(404);
        SignedIn.as(Role.ADMIN)
                .request()
                .formParam("version", sql.number("select version from account where id = ?", id()))
                .post("/console/people/" + id() + "/enable")
                .then()
                .statusCode(303);
        with(token).get("/api/v1/me").then().statusCode(401);
    }

    @Test
    void whoever_sets_a_password_by_a_link_leaves_no_token_to_whoever_had_the_old_one() {
        SignedIn.account(login, "Tina Teal", Role.DEVELOPER);
        var stolen = SignedIn.signIn(login, SignedIn.PASSWORD).token("Stolen of " + login, "all");
        var link = link();
        with(stolen).get("/api/v1/me").then().statusCode(200);

        assertThat(join(link).statusCode()).isEqualTo(303);

        with(stolen).get("/api/v1/me").then().statusCode(401);
        assertThat(sql.number("select count(*) from personal_token where account = ?", id()))
                .isZero();
        var told = log.find(
                        new Filter("local:" + id(), "token", "", "", Optional.empty(), Optional.empty()),
                        Long.MAX_VALUE,
                        1)
                .get(0);
        assertThat(told.action() + " by " + told.means()).isEqualTo("revoked by link");
        assertThat(told.before().get("name")).isEqualTo("Stolen of " + login);
    }

    @Test
    void sessions_end_and_the_account_stays() {
        SignedIn.account(login, "Ina Ibis", Role.AUDITOR);
        var ina = SignedIn.signIn(login, SignedIn.PASSWORD);
        var person = HOME + "/" + id();

        send("POST", person + "/sessions/end", Map.of(), "").then().statusCode(204);

        ina.request().get("/console/account").then().statusCode(302);
        with(ada).get(person).then().body("state", equalTo("active"));
        send("POST", HOME + "/nobody/sessions/end", Map.of(), "").then().statusCode(404);
    }

    private String id() {
        return sql.first("select id from account where login = ?", row -> row.getString(1), login)
                .orElseThrow();
    }
}
