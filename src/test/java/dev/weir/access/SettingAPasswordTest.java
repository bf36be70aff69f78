package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.database.Sql;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingAPasswordTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    People people;

    @Inject
    AccountRepository accounts;

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
