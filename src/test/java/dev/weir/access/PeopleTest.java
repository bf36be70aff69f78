package dev.weir.access;

import static dev.weir.testsupport.SignedIn.anonymous;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.weir.database.Sql;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PeopleTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Pattern LINK = Pattern.compile("/console/join\\?token=([A-Za-z0-9_-]{43})");

    @Inject
    People people;

    @Inject
    Sql sql;

    /** In a transaction that nobody else sees and that is rolled back. */
    @Test
    void there_are_so_many_people_and_no_more() {
        var admin = Acting.as("inviting-many", Role.ADMIN, sql);

        var outcome = admin.does(() -> {
            QuarkusTransaction.begin();
            try {
                for (long i = sql.number("select count(*) from account"); i < People.MOST; i++) {
                    sql.change(
                            "insert into account (id, login, name, role, disabled, created_at)"
                                    + " values (?, ?, 'One of many', 'auditor', true, ?)",
                            "many-" + i,
                            "many-" + i,
                            Instant.now());
                }
                return people.invite("one-too-many", "One too many", Role.AUDITOR, "")
                        .outcome();
            } finally {
                QuarkusTransaction.rollback();
            }
        });

        assertThat(outcome).isEqualTo(People.Outcome.TOO_MANY);
        assertThat(outcome.status()).isEqualTo(409);
    }

    @Test
    void an_invited_person_sets_a_password_once_and_signs_in() {
        var login = login();
        var token = invited(login, Role.DEVELOPER);

        anonymous().get("/console/join?token=" + token).then().statusCode(200).body(containsString(login));
        assertThat(join(token, "otter on the far bank").statusCode()).isEqualTo(303);
        assertThat(join(token, "another one, much later").statusCode()).isEqualTo(404);

        SignedIn.signIn(login, "otter on the far bank")
                .request()
                .get("/console/account")
                .then()
                .statusCode(200);
    }

    @Test
    void a_weak_password_is_refused_and_the_link_stays_good() {
        var token = invited(login(), Role.AUDITOR);

        assertThat(join(token, "password1234").statusCode()).isEqualTo(422);
        assertThat(join(token, "heron by the sluice").statusCode()).isEqualTo(303);
    }

    @Test
    void a_sign_in_name_is_given_once() {
        var login = login();
        invited(login, Role.AUDITOR);

        invite(login.toUpperCase(java.util.Locale.ROOT), Role.ADMIN).then().statusCode(409);
    }

    @Test
    void disabling_somebody_ends_the_sessions_at_once() {
        var login = login();
        SignedIn.account(login, "Otto Otter", Role.DEVELOPER);
        var otto = SignedIn.signIn(login, SignedIn.PASSWORD);
        otto.request().get("/console/account").then().statusCode(200);

        post(login, "disable").then().statusCode(303);

        otto.request().get("/console/account").then().statusCode(302);
        post(login, "enable").then().statusCode(303);
        otto.request().get("/console/account").then().statusCode(302);
        SignedIn.signIn(login, SignedIn.PASSWORD)
                .request()
                .get("/console/account")
                .then()
                .statusCode(200);
    }

    @Test
    void an_admin_ends_somebodys_sessions() {
        var login = login();
        SignedIn.account(login, "Ina Ibis", Role.AUDITOR);
        var ina = SignedIn.signIn(login, SignedIn.PASSWORD);

        post(login, "sessions/end").then().statusCode(303);

        ina.request().get("/console/account").then().statusCode(302);
    }

    @Test
    void a_new_role_counts_in_the_session_that_is_under_way() {
        var login = login();
        SignedIn.account(login, "Rolf Reed", Role.AUDITOR);
        var rolf = SignedIn.signIn(login, SignedIn.PASSWORD);
        rolf.request()
                .formParam("key", "")
                .post("/console/environments")
                .then()
                .statusCode(403)
                .body(containsString("Admin"));

        role(login, Role.ADMIN, version(login)).then().statusCode(303);

        rolf.request().formParam("key", "").post("/console/environments").then().statusCode(422);
        role(login, Role.AUDITOR, version(login)).then().statusCode(303);
    }

    @Test
    void of_two_admins_who_look_at_the_same_person_the_second_changes_nothing_and_is_told() {
        var login = login();
        SignedIn.account(login, "Dora Dipper", Role.AUDITOR);
        long read = version(login);
        role(login, Role.DEVELOPER, read).then().statusCode(303);

        role(login, Role.ARCHITECT, read)
                .then()
                .statusCode(409)
                .body(
                        containsString("Somebody else changed this person"),
                        containsString("Nothing of yours was saved"));
        for (var what : new String[] {"disable", "enable", "link", "environments"}) {
            SignedIn.as(Role.ADMIN)
                    .request()
                    .formParam("version", read)
                    .post("/console/people/" + id(login) + "/" + what)
                    .then()
                    .statusCode(409)
                    .body(not(containsString("/console/join?token=")));
        }

        assertThat(people.list().stream().filter(p -> p.login().equals(login)))
                .singleElement()
                .satisfies(person -> {
                    assertThat(person.role()).isEqualTo(Role.DEVELOPER);
                    assertThat(person.disabled()).isFalse();
                });
    }

    @Test
    void one_changes_the_own_password_and_all_other_sessions_end() {
        var login = login();
        SignedIn.account(login, "Petra Perch", Role.AUDITOR);
        var here = SignedIn.signIn(login, SignedIn.PASSWORD);
        var elsewhere = SignedIn.signIn(login, SignedIn.PASSWORD);

        here.request()
                .formParam("current", SignedIn.PASSWORD)
                .formParam("password", "seven herons on a weir")
                .post("/console/account/password")
                .then()
                .statusCode(200);

        here.request().get("/console/account").then().statusCode(200);
        elsewhere.request().get("/console/account").then().statusCode(302);
        SignedIn.signIn(login, "seven herons on a weir");
    }

    @Test
    void a_wrong_current_password_changes_nothing() {
        var login = login();
        SignedIn.account(login, "Wim Willow", Role.AUDITOR);
        var wim = SignedIn.signIn(login, SignedIn.PASSWORD);

        wim.request()
                .formParam("current", "not the right one at all")
                .formParam("password", "seven herons on a weir")
                .post("/console/account/password")
                .then()
                .statusCode(422);

        SignedIn.signIn(login, SignedIn.PASSWORD);
    }

    @Test
    void one_cannot_end_the_session_of_somebody_else() {
        var victim = login();
        SignedIn.account(victim, "Vera Vole", Role.AUDITOR);
        var vera = SignedIn.signIn(victim, SignedIn.PASSWORD);

        SignedIn.as(Role.DEVELOPER)
                .request()
                .formParam("session", new Token(vera.session()).hash())
                .post("/console/account/sessions/end");

        vera.request().get("/console/account").then().statusCode(200);
    }

    private static String login() {
        return "person" + COUNT.incrementAndGet();
    }

    private String id(String login) {
        return people.list().stream()
                .filter(p -> p.login().equals(login))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private long version(String login) {
        return people.list().stream()
                .filter(p -> p.login().equals(login))
                .findFirst()
                .orElseThrow()
                .version();
    }

    private Response post(String login, String what) {
        return SignedIn.as(Role.ADMIN)
                .request()
                .formParam("version", version(login))
                .post("/console/people/" + id(login) + "/" + what);
    }

    private Response role(String login, String role, long version) {
        return SignedIn.as(Role.ADMIN)
                .request()
                .formParam("role", role)
                .formParam("version", version)
                .post("/console/people/" + id(login) + "/role");
    }

    private static Response invite(String login, String role) {
        return SignedIn.as(Role.ADMIN)
                .request()
                .formParam("login", login)
                .formParam("name", "Name of " + login)
                .formParam("role", role)
                .post("/console/people");
    }

    private static String invited(String login, String role) {
        var found = LINK.matcher(invite(login, role).asString());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static Response join(String token, String password) {
        var csrf = anonymous().get("/console/login").cookie("weir_csrf");
        return anonymous()
                .cookie("weir_csrf", csrf)
                .formParam("csrf-token", csrf)
                .formParam("token", token)
                .formParam("password", password)
                .post("/console/join");
    }
}
