package dev.weir.access;

import static dev.weir.testsupport.SignedIn.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refusals stand in the change log, however many there are: told by their number, and never by what was typed. */
@QuarkusTest
class RefusalsTest {

    @Inject
    Refusals refusals;

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    /** All tests share one address: what one of them fails at must not slow down another. */
    @BeforeEach
    @AfterEach
    void forget() {
        sql.change("delete from sign_in_failure");
    }

    private List<Row> told(String kind, String object) {
        refusals.tell();
        return log.find(new Filter("", kind, object, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 200);
    }

    /** By so many rows: they may have been told in between. */
    private static long times(List<Row> rows, String why) {
        return rows.stream()
                .filter(row -> why.equals(row.after().get("why")))
                .mapToLong(row -> (long) Objects.requireNonNull(row.after().get("times")))
                .sum();
    }

    private static int me(String token) {
        return anonymous()
                .header("Authorization", "Bearer " + token)
                .get("/api/v1/me")
                .statusCode();
    }

    private String id(String name) {
        return sql.first("select id from personal_token where name = ?", row -> row.getString(1), name)
                .orElseThrow();
    }

    @Test
    void tokens_that_are_unknown_or_revoked_are_counted_without_being_named() {
        long before = times(told("token", "unknown"), "unknown or revoked");
        var person = SignedIn.as(Role.AUDITOR);
        var revoked = person.token("To be revoked", "read");
        person.request().formParam("token", id("To be revoked")).post("/console/account/tokens/revoke");
        var made = "wpt_made-up-by-somebody-000000000000000000000000";

        for (int i = 0; i < 30; i++) {
            assertThat(me(made)).isEqualTo(401);
        }
        assertThat(me(revoked)).isEqualTo(401);

        var rows = told("token", "unknown");
        assertThat(times(rows, "unknown or revoked")).isEqualTo(before + 31);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.content() + row.personal())
                        .doesNotContain("wpt_", "made-up", new Token(made).hash(), new Token(revoked).hash()));
        assertThat(rows.get(0).actor()).isEqualTo("nobody");
        assertThat(rows.get(0).open(rows.get(0).after().get("address"))).contains("127.0.0.1");
    }

    @Test
    void a_token_that_has_expired_or_whose_owner_is_disabled_is_named() {
        var clock = HeldClock.atThisMoment();
        SignedIn.account("refused-owner", "Refused Owner", Role.AUDITOR);
        var person = SignedIn.signIn("refused-owner", SignedIn.PASSWORD);
        var expiring = person.token("Expiring", "read");
        var expired = id("Expiring");

        clock.pass(Duration.ofDays(8));
        assertThat(me(expiring)).isEqualTo(401);
        assertThat(times(told("token", expired), "expired")).isEqualTo(1);

        sql.change("update account set disabled = true where login = 'refused-owner'");
        assertThat(me(expiring)).isEqualTo(401);
        assertThat(me(expiring)).isEqualTo(401);
        assertThat(times(told("token", expired), "its account is disabled")).isEqualTo(2);
    }

    @Test
    void attempts_that_have_to_wait_are_counted_for_the_account_that_was_meant() {
        HeldClock.atThisMoment();
        SignedIn.account("waiting", "Waiting", Role.AUDITOR);
        var id = sql.first("select id from account where login = 'waiting'", row -> row.getString(1))
                .orElseThrow();
        long before = times(told("account", "unknown"), "too many attempts");
        for (var login : List.of("waiting", "waiting-nobody")) {
            for (int i = 0; i < 9; i++) {
                assertThat(attempt(login)).isEqualTo(401);
            }
        }

        assertThat(times(told("account", id), "too many attempts")).isEqualTo(4);
        var unknown = told("account", "unknown");
        assertThat(times(unknown, "too many attempts")).isEqualTo(before + 4);
        assertThat(unknown)
                .allSatisfy(row -> assertThat(row.content() + row.personal())
                        .doesNotContain("waiting-nobody", "not the password"));
        assertThat(log.verify().fault()).isEmpty();
    }

    @Test
    void wrong_passwords_are_counted_for_the_account_that_was_meant() {
        SignedIn.account("mistyped", "Mistyped", Role.AUDITOR);
        var id = sql.first("select id from account where login = 'mistyped'", row -> row.getString(1))
                .orElseThrow();
        var why = "wrong name or password, or disabled";
        long before = times(told("account", "unknown"), why);
        for (var login : List.of("mistyped", "mistyped-nobody")) {
            for (int i = 0; i < 4; i++) {
                assertThat(attempt(login)).isEqualTo(401);
            }
        }

        var known = told("account", id);
        assertThat(times(known, why)).isEqualTo(4);
        assertThat(known).extracting(Row::action).contains("sign-in-refused");
        var unknown = told("account", "unknown");
        assertThat(times(unknown, why)).isEqualTo(before + 4);
        assertThat(unknown)
                .allSatisfy(row -> assertThat(row.content() + row.personal())
                        .doesNotContain("mistyped-nobody", "not the password"));
    }

    private static int attempt(String login) {
        var csrf = anonymous().get("/console/login").cookie("weir_csrf");
        return anonymous()
                .cookie("weir_csrf", csrf)
                .formParams("csrf-token", csrf, "login", login, "password", "not the password")
                .post("/console/login")
                .statusCode();
    }
}
