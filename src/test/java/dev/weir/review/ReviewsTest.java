package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.review.Task.Outcome;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.HeldClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A review cycle is opened, is overdue, and is closed. */
@QuarkusTest
class ReviewsTest extends Reviewing {

    @Inject
    Overdue overdue;

    @Inject
    MeterRegistry meters;

    @Test
    void that_an_owner_can_sign_no_more_is_seen() {
        var gone = Acting.as("review-gone" + MADE.get(), Role.DEVELOPER, sql);
        var cycle = done(opens(ada, Set.of(Matter.PRIVACY, Matter.QUARANTINE), Set.of(place), gone.subject()));
        signed(gone, task(cycle, 1));
        assertThat(ada.does(() -> reviews.stranded(tasks.of(cycle)))).isEmpty();

        sql.change(
                "update account set disabled = true where id = ?",
                gone.subject().substring("local:".length()));

        assertThat(ada.does(() -> reviews.stranded(tasks.of(cycle)))).containsExactly(2L);
    }

    @Test
    void to_close_it_early_takes_a_reason_and_then_nothing_of_it_changes() {
        var cycle = done(opens(ada, Set.of(Matter.PRIVACY, Matter.ACCESS), Set.of(place), dora.subject()));
        var signed = signed(dora, task(cycle, 1));
        var open = task(cycle, 2);

        assertThat(why(ada.does(() -> reviews.close(cycle.number(), cycle.version(), "Enough of it"))))
                .contains(Why.OUTDATED);
        assertThat(closes(cycle, "no")).contains(Why.UNFINISHED);
        assertThat(ada.does(() -> reviews.report(cycle.number()))).isEmpty();
        assertThat(closes(cycle, "The shop is closed")).isEmpty();

        assertThat(closes(cycle, "Once more")).contains(Why.CLOSED);
        assertThat(why(signs(dora, open, Outcome.IN_ORDER, ""))).contains(Why.CLOSED);
        assertThat(why(confirms(eve, signed))).contains(Why.CLOSED);
        assertThat(why(ada.does(() -> tasks.gather(cycle.number(), 2, open.version()))))
                .contains(Why.CLOSED);
        assertThat(why(ada.does(() -> tasks.assign(cycle.number(), 2, open.version(), arch.subject()))))
                .contains(Why.CLOSED);
        assertThat(dora.does(() -> tasks.mine())).doesNotContain(open);
    }

    @Test
    void after_the_last_day_whatever_is_not_confirmed_is_overdue() {
        var time = HeldClock.atThisMoment();
        var cycle = done(opens(ada, Set.of(Matter.PRIVACY, Matter.QUARANTINE), Set.of(place), dora.subject()));
        done(confirms(eve, signed(dora, task(cycle, 1))));
        time.pass(Duration.ofDays(7));
        overdue.count();
        assertThat(now(cycle).overdue(reviews.today())).isFalse();
        assertThat(late()).isZero();
        assertThat(dora.does(() -> tasks.waiting()).late()).isZero();

        time.pass(Duration.ofDays(1));
        overdue.count();

        assertThat(now(cycle).late(reviews.today())).isEqualTo(1);
        assertThat(task(cycle, 1).overdue(reviews.today())).isFalse();
        assertThat(task(cycle, 2).overdue(reviews.today())).isTrue();
        assertThat(late()).isEqualTo(1);
        assertThat(dora.does(() -> tasks.waiting()).late()).isEqualTo(1);
        assertThat(ada.does(() -> tasks.waiting()).everybodysLate()).isEqualTo(1);
    }

    private double late() {
        return meters.get("weir.reviews.overdue").gauge().value();
    }

    @Test
    void what_says_too_little_or_too_much_opens_nothing() {
        var today = reviews.today();
        var due = Optional.of(today.plusDays(1));
        var privacy = Set.of(Matter.PRIVACY);
        var here = Set.of(place);
        var me = ada.subject();
        long before = sql.number("select count(*) from review_cycle");

        Stream.of(
                        Map.entry(Why.NAME_WRONG, new Opening(" ", due, privacy, here, me)),
                        Map.entry(Why.NAME_WRONG, new Opening("n".repeat(101), due, privacy, here, me)),
                        Map.entry(Why.NAME_WRONG, new Opening("a\u0000b", due, privacy, here, me)),
                        Map.entry(Why.NAME_WRONG, new Opening("half \ud800", due, privacy, here, me)),
                        Map.entry(Why.DUE_WRONG, new Opening("Q1", Optional.empty(), privacy, here, me)),
                        Map.entry(Why.DUE_WRONG, new Opening("Q1", Optional.of(today.minusDays(1)), privacy, here, me)),
                        Map.entry(
                                Why.DUE_WRONG, new Opening("Q1", Optional.of(today.plusDays(368)), privacy, here, me)),
                        Map.entry(Why.MATTER_WRONG, new Opening("Q1", due, Set.of(), here, me)),
                        Map.entry(Why.ENVIRONMENTS_WRONG, new Opening("Q1", due, privacy, Set.of(), me)),
                        Map.entry(
                                Why.ENVIRONMENTS_WRONG,
                                new Opening("Q1", due, privacy, Set.of(new EnvironmentKey("nowhere")), me)),
                        Map.entry(Why.OWNER_WRONG, new Opening("Q1", due, privacy, here, eve.subject())),
                        Map.entry(Why.OWNER_WRONG, new Opening("Q1", due, privacy, here, "local:nobody")))
                .forEach(wrong -> assertThat(why(ada.does(() -> reviews.open(wrong.getValue()))))
                        .as("%s", wrong)
                        .contains(wrong.getKey()));
        assertThatThrownBy(() -> opens(arch, privacy, here, me)).isInstanceOf(ForbiddenException.class);

        assertThat(sql.number("select count(*) from review_cycle")).isEqualTo(before);
    }

    @Test
    void so_many_cycles_are_open_and_no_more() {
        for (int i = 0; i < Reviews.MOST_OPEN; i++) {
            opened(Matter.QUARANTINE, dora);
        }

        assertThat(why(opens(ada, Set.of(Matter.QUARANTINE), Set.of(place), ada.subject())))
                .contains(Why.TOO_MANY_CYCLES);
    }
}
