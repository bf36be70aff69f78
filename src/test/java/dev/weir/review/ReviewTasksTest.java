package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.changelog.proof.Statement;
import dev.weir.kernel.CanonicalJson;
import dev.weir.review.Task.Outcome;
import dev.weir.review.Task.State;
import dev.weir.testsupport.Acting;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of a review cycle each task is signed by its owner and confirmed by an Auditor. */
@QuarkusTest
class ReviewTasksTest extends Reviewing {

    private static final int ROUNDS = 50;

    @Inject
    ChangeLog log;

    @Test
    void its_owner_signs_an_auditor_confirms_and_the_report_says_so_with_the_key_of_the_log() {
        var cycle = opened(Matter.PRIVACY, dora);
        var task = task(cycle, 1);
        assertThat(task.owner().subject()).isEqualTo(dora.subject());
        assertThat(dora.does(() -> tasks.mine())).contains(task);

        var signed = done(signs(dora, task, Outcome.NEEDS_WORK, "The wish list is missing"));
        assertThat(dora.does(() -> tasks.mine())).doesNotContain(task);
        assertThat(eve.does(() -> tasks.mine())).contains(signed);
        var confirmed = done(confirms(eve, signed));
        assertThat(closes(cycle, "")).isEmpty();

        assertThat(confirmed.state()).isEqualTo(State.COUNTERSIGNED);
        var closed = now(cycle);
        assertThat(closed.progress().whole()).isTrue();
        assertThat(closed.progress().needWork()).isEqualTo(1);
        var report = eve.does(() -> reviews.report(cycle.number())).orElseThrow();
        var statement = Statement.of(report.note(), log.key().orElseThrow()).orElseThrow();
        assertThat(CanonicalJson.sha256(statement.content())).isEqualTo(report.hash());
        assertThat(statement.content())
                .contains("The wish list is missing", task.evidence(), dora.subject(), eve.subject());
        assertThat(told("review-task", cycle.number() + "-1"))
                .extracting(Row::action)
                .containsExactly("counter-signed", "signed", "assigned");
        assertThat(told("review-cycle", "" + cycle.number()))
                .extracting(Row::action)
                .containsExactly("closed", "opened");
        assertThat(told("review-cycle", "" + cycle.number()).get(0).content()).contains(report.hash());
    }

    private List<Row> told(String kind, String id) {
        return log.find(new Filter("", kind, id, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 50);
    }

    @Test
    void nobody_else_signs() {
        var task = task(opened(Matter.PRIVACY, dora), 1);

        assertThat(why(signs(ada, task, Outcome.IN_ORDER, ""))).contains(Why.NOT_YOURS);
        assertThat(why(signs(arch, task, Outcome.IN_ORDER, ""))).contains(Why.NOT_YOURS);
        assertThatThrownBy(() -> signs(eve, task, Outcome.IN_ORDER, "")).isInstanceOf(ForbiddenException.class);
        assertThat(why(arch.does(() -> tasks.gather(task.cycle(), 1, task.version()))))
                .contains(Why.NOT_YOURS);

        assertThat(task(now(ada.does(() -> reviews.find(task.cycle())).orElseThrow()), 1))
                .isEqualTo(task);
    }

    @Test
    void only_an_auditor_confirms_and_never_what_is_their_own() {
        var signed = signed(dora, task(opened(Matter.PRIVACY, dora), 1));
        var doraNow = new Acting(dora.subject(), Role.AUDITOR);

        for (var who : List.of(ada, arch, dora)) {
            assertThatThrownBy(() -> confirms(who, signed)).isInstanceOf(ForbiddenException.class);
        }
        assertThat(why(confirms(doraNow, signed))).contains(Why.OWN);
        assertThat(why(doraNow.does(() -> tasks.handBack(
                        signed.cycle(), 1, signed.signature().orElseThrow().hash(), "Not so"))))
                .contains(Why.OWN);
        assertThat(doraNow.does(() -> tasks.mine())).doesNotContain(signed);
        var fred = Acting.as("review-fred", Role.AUDITOR, sql);
        dora.letsIn(fred, Instant.now().minusSeconds(60), sql);
        assertThat(why(confirms(fred, signed))).contains(Why.OWN);
        assertThat(why(confirms(eve, signed))).isEmpty();
    }

    @Test
    void of_two_at_once_one_wins_and_the_other_is_told() throws Exception {
        var task = task(opened(Matter.PRIVACY, dora), 1);

        var signing = List.of(
                dora.starts(() -> tasks.sign(task.cycle(), 1, task.version(), Optional.of(Outcome.IN_ORDER), "")),
                dora.starts(
                        () -> tasks.sign(task.cycle(), 1, task.version(), Optional.of(Outcome.NEEDS_WORK), "Not so")));
        assertThat(outcomes(signing)).containsExactlyInAnyOrder(Optional.empty(), Optional.of(Why.OUTDATED));

        var seen = task(now(ada.does(() -> reviews.find(task.cycle())).orElseThrow()), 1)
                .signature()
                .orElseThrow()
                .hash();
        var other = Acting.as("review-eric", Role.AUDITOR, sql);
        var confirming = List.of(
                eve.starts(() -> tasks.counterSign(task.cycle(), 1, seen)),
                other.starts(() -> tasks.counterSign(task.cycle(), 1, seen)));
        assertThat(outcomes(confirming)).containsExactlyInAnyOrder(Optional.empty(), Optional.of(Why.CONFIRMED));
    }

    /** One meeting may miss: so they meet often, each time at one point. */
    @Test
    void of_two_who_decide_on_the_same_look_one_wins_each_time() throws Exception {
        var task = task(opened(Matter.PRIVACY, dora), 1);
        for (int round = 0; round < ROUNDS; round++) {
            var seen = task(now(ada.does(() -> reviews.find(task.cycle())).orElseThrow()), 1);
            var start = new CyclicBarrier(2);

            var both = Stream.of(dora, arch)
                    .map(owner -> ada.starts(() -> {
                        start.await();
                        return tasks.assign(seen.cycle(), 1, seen.version(), owner.subject());
                    }))
                    .toList();

            assertThat(outcomes(both))
                    .as("round %d", round)
                    .containsExactlyInAnyOrder(Optional.empty(), Optional.of(Why.OUTDATED));
        }
    }

    private static List<Optional<Why>> outcomes(List<Future<Decided<Task>>> both) throws Exception {
        return List.of(why(both.get(0).get()), why(both.get(1).get()));
    }

    @Test
    void what_is_handed_back_is_signed_anew_and_an_older_look_confirms_nothing() {
        var first = signed(dora, task(opened(Matter.PRIVACY, dora), 1));
        var seen = first.signature().orElseThrow().hash();

        assertThat(why(eve.does(() -> tasks.handBack(first.cycle(), 1, seen, "no"))))
                .contains(Why.REASON_WRONG);
        var back = done(eve.does(() -> tasks.handBack(first.cycle(), 1, seen, "Look at the origins")));
        assertThat(back.state()).isEqualTo(State.OPEN);
        assertThat(back.signature()).isEmpty();
        assertThat(back.returned().orElseThrow().why()).isEqualTo("Look at the origins");
        assertThat(why(eve.does(() -> tasks.counterSign(first.cycle(), 1, seen))))
                .contains(Why.NOT_SIGNED);
        var second = signed(dora, back);

        assertThat(second.returned()).isEmpty();
        assertThat(why(eve.does(() -> tasks.counterSign(first.cycle(), 1, seen))))
                .contains(Why.OTHER_SIGNATURE);
        assertThat(why(confirms(eve, second))).isEmpty();
    }

    @Test
    void an_admin_names_another_owner_until_it_is_signed() {
        var task = task(opened(Matter.PRIVACY, dora), 1);

        assertThat(why(ada.does(() -> tasks.assign(task.cycle(), 1, task.version(), eve.subject()))))
                .contains(Why.OWNER_WRONG);
        assertThatThrownBy(() -> dora.does(() -> tasks.assign(task.cycle(), 1, task.version(), arch.subject())))
                .isInstanceOf(ForbiddenException.class);
        var moved = done(ada.does(() -> tasks.assign(task.cycle(), 1, task.version(), arch.subject())));
        assertThat(why(signs(dora, moved, Outcome.IN_ORDER, ""))).contains(Why.NOT_YOURS);
        var signed = signed(arch, moved);
        assertThat(why(ada.does(() -> tasks.assign(task.cycle(), 1, signed.version(), dora.subject()))))
                .contains(Why.NOT_OPEN);
    }

    @Test
    void what_is_said_has_three_to_a_thousand_characters_and_may_be_nothing_where_all_is_in_order() {
        var task = task(opened(Matter.PRIVACY, dora), 1);

        for (var words : List.of("", "no", "w".repeat(1001), "half \ud800")) {
            assertThat(why(signs(dora, task, Outcome.NEEDS_WORK, words))).contains(Why.WORDS_WRONG);
        }
        assertThat(why(signs(dora, task, Outcome.IN_ORDER, "no"))).contains(Why.WORDS_WRONG);
        assertThat(why(dora.does(() -> tasks.sign(task.cycle(), 1, task.version(), Optional.empty(), ""))))
                .contains(Why.OUTCOME_WRONG);
        assertThat(why(signs(dora, task, Outcome.NEEDS_WORK, "w".repeat(1000)))).isEmpty();
    }
}
