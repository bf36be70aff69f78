package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long somebody stays signed in, by a clock that the test moves. */
@QuarkusTest
class SessionsTest {

    @Inject
    AccessConfig config;

    @Inject
    Sessions sessions;

    @Test
    void a_session_that_nobody_uses_ends_after_half_an_hour() {
        var clock = HeldClock.atThisMoment();
        var somebody = SignedIn.as(Role.AUDITOR);

        clock.pass(config.idle().minusSeconds(1));
        assertThat(status(somebody)).isEqualTo(200);
        clock.pass(config.idle().minusSeconds(1));
        assertThat(status(somebody)).as("using it keeps it").isEqualTo(200);
        clock.pass(config.idle());
        assertThat(status(somebody)).isEqualTo(302);
        assertThat(config.idle()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void a_session_ends_after_twelve_hours_however_much_it_is_used() {
        var clock = HeldClock.atThisMoment();
        var somebody = SignedIn.as(Role.AUDITOR);
        var step = Duration.ofMinutes(20);

        for (var passed = step; passed.compareTo(config.absolute()) < 0; passed = passed.plus(step)) {
            clock.pass(step);
            assertThat(status(somebody)).as("after %s", passed).isEqualTo(200);
        }
        clock.pass(step);

        assertThat(status(somebody)).isEqualTo(302);
        assertThat(config.absolute()).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void looking_whether_a_session_lasts_does_not_keep_it() {
        var clock = HeldClock.atThisMoment();
        var token = new Token(SignedIn.as(Role.AUDITOR).session());

        clock.pass(config.idle().minusSeconds(1));
        assertThat(sessions.lasts(token)).isTrue();
        clock.pass(Duration.ofSeconds(1));

        assertThat(sessions.lasts(token)).isFalse();
        assertThat(sessions.account(token)).isEmpty();
    }

    @Test
    void what_has_ended_is_forgotten_and_what_lasts_is_not() {
        var clock = HeldClock.atThisMoment();
        var ended = new Token(SignedIn.as(Role.AUDITOR).session());
        clock.pass(config.idle());
        var lasting = new Token(SignedIn.as(Role.AUDITOR).session());

        sessions.forgetEnded();

        assertThat(sessions.lasts(ended)).isFalse();
        assertThat(sessions.lasts(lasting)).isTrue();
    }

    private static int status(SignedIn somebody) {
        return somebody.request().get("/console/environments").statusCode();
    }
}
