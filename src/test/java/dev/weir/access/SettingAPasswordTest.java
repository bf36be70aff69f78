package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.PersonalToken.Scope;
import dev.weir.database.Sql;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingAPasswordTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    People people;

    @Inject
    AccountRepository accounts;

    @Inject
    Sessions sessions;

    @Inject
    PersonalTokens tokens;

    @Inject
    LocalSignIn signIn;

    @Inject
    Sql sql;

    @Test
    void who_uses_a_link_up_and_who_replaces_it_never_wait_for_each_other() throws Exception {
        SignedIn.account("circle-otter", "Circle Otter", Role.DEVELOPER);
        var id = accounts.byLogin("circle-otter").orElseThrow().id();
        var token = Token.fresh();
        sql.change(
                "insert into account_link (account, token_hash, expires_at) values (?, ?, ?)",
                id,
                token.hash(),
                Instant.now().plus(Duration.ofDays(1)));

        // As making another link does: the account, then its link.
        var joining = QuarkusTransaction.requiringNew().call(() -> {
            accounts.lock(id);
            var joined =
                    Acting.alongside(() -> QuarkusTransaction.requiringNew().call(() -> {
                        // However slow this machine is.
                        sql.change("set lock_timeout " + PATIENCE.toMillis());
                        return people.setPassword(token, "otter on the far bank");
                    }));
            somebodyWaitsForUs();
            assertThat(sql.change("delete from account_link where account = ?", id))
                    .isEqualTo(1);
            return joined;
        });

        assertThat((Object) joining.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(false);
    }

    private String login;
    private Account stolen;
    private Token session;

    @BeforeEach
    void somebody_whose_session_and_password_another_has() {
        login = "stolen-otter-" + MADE.incrementAndGet();
        SignedIn.account(login, "Person " + login, Role.DEVELOPER);
        stolen = accounts.byLogin(login).orElseThrow();
        session = sessions.begin(stolen, "A browser").orElseThrow();
    }

    /** What comes of {@code work}, which has looked at the account already when its owner sets another password by a link. */
    private <T> T whileTheOwnerUsesALink(Callable<T> work) throws Exception {
        return whileHeld(work, () -> {
            var link = Token.fresh();
            sql.change(
                    "insert into account_link (account, token_hash, expires_at) values (?, ?, ?)",
                    stolen.id(),
                    link.hash(),
                    Instant.now().plus(Duration.ofDays(1)));
            assertThat(people.setPassword(link, "the owner has chosen this")).isTrue();
        });
    }

    private <T> T whileHeld(Callable<T> work, Runnable meanwhile) throws Exception {
        var attacker = new Acting(stolen.subject(), Role.DEVELOPER);
        var waiting = QuarkusTransaction.requiringNew().call(() -> {
            accounts.lock(stolen.id());
            var started =
                    attacker.starts(() -> QuarkusTransaction.requiringNew().call(() -> {
                        // However slow this machine is.
                        sql.change("set lock_timeout " + PATIENCE.toMillis());
                        return work.call();
                    }));
            somebodyWaitsForUs();
            meanwhile.run();
            return started;
        });
        return waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void a_stolen_session_makes_no_token_that_outlives_the_reset() throws Exception {
        var made = whileTheOwnerUsesALink(() -> tokens.make(stolen, session, "Outlives", Scope.ALL, 7));

        assertThat(made.secret()).isEmpty();
        assertThat(made.ended()).isTrue();
        assertThat(tokens.of(stolen)).isEmpty();
    }

    @Test
    void nor_one_that_comes_back_to_life_when_the_account_is_enabled() throws Exception {
        var admin = Acting.as("disabling-admin", Role.ADMIN, sql);

        var made = whileHeld(() -> tokens.make(stolen, session, "Revives", Scope.ALL, 7), () -> {
            // As disabling does; who does it is somebody else's matter.
            accounts.setDisabled(stolen.id(), true);
            sessions.endAll(stolen.id());
        });
        admin.does(() -> people.enable(
                stolen.id(), accounts.byId(stolen.id()).orElseThrow().version()));

        assertThat(made.secret()).isEmpty();
        assertThat(tokens.of(stolen)).isEmpty();
    }

    @Test
    void a_password_that_was_replaced_while_it_was_compared_gives_no_session() throws Exception {
        var attempt = whileTheOwnerUsesALink(() -> signIn.attempt(login, SignedIn.PASSWORD, "192.0.2.77", "A browser"));

        assertThat(attempt).isEqualTo(LocalSignIn.Attempt.REFUSED);
        assertThat(sessions.of(stolen.id())).isEmpty();
        assertThat(sql.change("delete from sign_in_failure")).isPositive();
    }

    @Test
    void who_has_a_stolen_session_and_the_old_password_does_not_overwrite_the_owner_s_new_one() throws Exception {
        var changed =
                whileTheOwnerUsesALink(() -> people.changeOwnPassword(stolen, "the other wants this one", session));

        assertThat((Object) changed).isEqualTo(false);
        assertThat(SignedIn.signIn(login, "the owner has chosen this")).isNotNull();
    }

    @Test
    void nor_does_one_overwrite_what_somebody_changed_who_is_in_another_session_of_the_account() throws Exception {
        var changed = whileHeld(
                () -> people.changeOwnPassword(stolen, "the other wants this one", session),
                () -> accounts.setPassword(stolen.id(), "another hash"));

        assertThat((Object) changed).isEqualTo(false);
        assertThat(accounts.byId(stolen.id()).orElseThrow().passwordHash()).contains("another hash");
    }

    private void somebodyWaitsForUs() {
        var end = Instant.now().plus(PATIENCE);
        while (sql.number("select count(*) from information_schema.sessions where blocker_id = session_id()") == 0) {
            assertThat(Instant.now()).as("nobody waits").isBefore(end);
        }
    }

    @Test
    void a_name_stands_on_one_line() {
        assertThat(People.objection("Otto Otter", "otto")).isEmpty();
        for (var name : new String[] {"Otto\0Otter", "Otto\nOtter", "Otto\ud83d"}) {
            assertThat(People.objection(name, "otto")).isEqualTo(Optional.of(People.Outcome.NAME_WRONG));
        }
    }
}
