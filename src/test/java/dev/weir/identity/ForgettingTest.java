package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.database.Sql;
import dev.weir.testsupport.HeldClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Names that wait for a decision wait for two weeks. */
@QuarkusTest
class ForgettingTest {

    @Inject
    LinkCuts cuts;

    @Inject
    Sql sql;

    @Test
    void a_link_that_nobody_decides_about_is_forgotten_after_two_weeks() {
        var clock = HeldClock.atThisMoment();
        var job = counted(clock.instant());

        clock.pass(Duration.ofDays(14).minusSeconds(1));
        cuts.forget();
        assertThat(waiting(job)).isEqualTo(1);

        clock.pass(Duration.ofSeconds(2));
        cuts.forget();
        assertThat(waiting(job)).isZero();
    }

    private long waiting(String job) {
        return sql.number("select count(*) from cut_target where job = ?", job);
    }

    private String counted(Instant now) {
        var id = UUID.randomUUID().toString();
        var ended = now.truncatedTo(ChronoUnit.MICROS);
        sql.change(
                "insert into job (id, kind, environment, input, state, place, counts, asked_by, asked_by_name, asked_at, ended_at,"
                        + " due_at) values (?, ?, 'development', '', 'done', '', '{}', 'local:x', 'Somebody', ?, ?, ?)",
                id,
                CutCount.KIND,
                ended,
                ended,
                ended);
        sql.change(
                "insert into cut_target (job, environment, edge, user_id, identity, alias)"
                        + " values (?, 'development', ?, '4711', 'otter', 'h:1')",
                id,
                UUID.randomUUID());
        return id;
    }
}
