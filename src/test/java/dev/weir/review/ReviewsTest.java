package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.catalog.Criticality;
import dev.weir.catalog.Definitions;
import dev.weir.catalog.Details;
import dev.weir.catalog.Owner;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.changelog.proof.Statement;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.event.EventType;
import dev.weir.kernel.Actor;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.Drafts;
import dev.weir.release.Releases;
import dev.weir.review.Task.Outcome;
import dev.weir.review.Task.State;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReviewsTest {

    private static final int ROUNDS = 50;

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject
    Reviews reviews;

    @Inject
    Tasks tasks;

    @Inject
    Overdue overdue;

    @Inject
    Environments environments;

    @Inject
    Definitions definitions;

    @Inject
    Drafts drafts;

    @Inject
    Releases releases;

    @Inject
    ChangeLog log;

    @Inject
    MeterRegistry meters;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    private Acting ada;
    private Acting dora;
    private Acting arch;
    private Acting eve;
    private EnvironmentKey place;

    @BeforeEach
    void people_and_an_environment() {
        ada = Acting.as("review-ada", Role.ADMIN, sql);
        dora = Acting.as("review-dora", Role.DEVELOPER, sql);
        arch = Acting.as("review-arch", Role.ARCHITECT, sql);
        eve = Acting.as("review-eve", Role.AUDITOR, sql);
        place = new EnvironmentKey("reviewed" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "Reviewed", Kind.STAGING, false, Actor.SYSTEM));
        nothing_is_open();
    }

    /** So many cycles are open at once and no more: neither those of other tests count here, nor these there. */
    @AfterEach
    void nothing_is_open() {
        sql.change(
                "update review_cycle set closed_by = '', closed_by_name = '', closed_at = opened_at, closed_why = '',"
                        + " report = '', report_hash = '' where closed_at is null");
    }

    private Decided<Cycle> opens(Acting who, Set<Matter> matters, Set<EnvironmentKey> places, String owner) {
        return who.does(() -> reviews.open(
                new Opening("First quarter", Optional.of(reviews.today().plusDays(7)), matters, places, owner)));
    }

    private Cycle opened(Matter matter, Acting owner) {
        return done(opens(ada, Set.of(matter), Set.of(place), owner.subject()));
    }

    private static <T> T done(Decided<T> became) {
        return became.match(thing -> thing, why -> {
            throw new AssertionError(why);
        });
    }

    private static Optional<Why> why(Decided<?> became) {
        return became.match(thing -> Optional.empty(), Optional::of);
    }

    private Task task(Cycle cycle, long number) {
        return ada.does(() -> tasks.find(cycle.number(), number)).orElseThrow();
    }

    private Cycle now(Cycle cycle) {
        return ada.does(() -> reviews.find(cycle.number())).orElseThrow();
    }

    private Decided<Task> signs(Acting who, Task task, Outcome outcome, String words) {
        return who.does(() -> tasks.sign(task.cycle(), task.number(), task.version(), Optional.of(outcome), words));
    }

    private Task signed(Acting who, Task task) {
        return done(signs(who, task, Outcome.IN_ORDER, ""));
    }

    private Decided<Task> confirms(Acting who, Task task) {
        var seen = task.signature().orElseThrow().hash();
        return who.does(() -> tasks.counterSign(task.cycle(), task.number(), seen));
    }

    private Optional<Why> closes(Cycle cycle, String reason) {
        return why(ada.does(() -> reviews.close(cycle.number(), now(cycle).version(), reason)));
    }

    private void publish(long days) {
        var document = Tenant.balancedWith(Map.of("retention", Map.of("events", days)));
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), document));
        ada.does(() -> releases.publish(place, drafts.of(place).version(), "So it is", ""));
    }

    private List<Row> told(String kind, String id) {
        return log.find(new Filter("", kind, id, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 50);
    }

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
    }

    @Test
    void what_has_changed_since_the_evidence_was_gathered_is_not_signed() {
        var cycle = opened(Matter.PRIVACY, dora);
        var task = task(cycle, 1);
        publish(50);

        assertThat(dora.does(() -> tasks.holds(task))).isFalse();
        assertThat(why(signs(dora, task, Outcome.IN_ORDER, ""))).contains(Why.CHANGED);
        var again = done(dora.does(() -> tasks.gather(task.cycle(), 1, task.version())));
        assertThat(again.evidence()).isNotEqualTo(task.evidence());
        assertThat(why(signs(dora, task, Outcome.IN_ORDER, ""))).contains(Why.OUTDATED);
        var signed = signed(dora, again);

        // What was signed stays what it was, and says that it is so no more.
        publish(40);
        assertThat(eve.does(() -> tasks.holds(signed))).isFalse();
        assertThat(eve.does(() -> tasks.evidence(signed)).intact()).isTrue();
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
    void definitions_go_to_the_person_who_owns_them_and_others_to_who_was_named() {
        var name = "Reviewed " + MADE.incrementAndGet();
        define(name + " of a person", Optional.of(new Owner(false, "Person review-arch")));
        define(name + " of a team", Optional.of(new Owner(true, "Team " + name)));
        define(name + " of nobody", Optional.empty());

        var cycle = done(opens(ada, Set.of(Matter.DEFINITIONS), Set.of(place), dora.subject()));

        var all = ada.does(() -> tasks.of(cycle));
        assertThat(owner(all, "Definitions of Person review-arch")).isEqualTo(arch.subject());
        assertThat(owner(all, "Definitions of the team Team " + name)).isEqualTo(dora.subject());
        assertThat(owner(all, "Definitions without an owner")).isEqualTo(dora.subject());
        var his = titled(all, "Definitions of Person review-arch");
        assertThat(arch.does(() -> tasks.evidence(his)).canonical())
                .contains(name + " of a person", place.value(), "silent-since-birth")
                .doesNotContain(name + " of nobody");
        define(name + ", another", Optional.of(new Owner(false, "Person review-arch")));
        assertThat(why(signs(arch, his, Outcome.IN_ORDER, ""))).contains(Why.CHANGED);
    }

    private void define(String name, Optional<Owner> owner) {
        var filter = dev.weir.catalog.matching.Filter.parse("text equals \"" + name + "\"")
                .match(valid -> valid, refused -> {
                    throw new AssertionError(refused);
                });
        arch.does(() -> definitions.create(
                new Details(name, EventType.CLICK, filter, "", List.of(), "", "", Criticality.NORMAL, owner), false));
    }

    private static Task titled(List<Task> all, String title) {
        return all.stream()
                .filter(task -> task.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static String owner(List<Task> all, String title) {
        return titled(all, title).owner().subject();
    }

    @Test
    void the_evidence_names_nobody_and_holds_nothing_of_an_event() {
        sql.change("""
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status, reason,
                                   redacted, revision, stale, findings, body)
                values (?, 1, ?, '1234567890', 'track', ?, ?, 'custom', 'Canary-1', 'quarantined', 'ORIGIN_FENCE', false, 1,
                        false, '[{"reason":"ORIGIN_FENCE","rule":"floor.origin","field":"properties.canary-2"}]',
                        '{"type":"custom","name":"Canary-3"}')
                """, place.value(), UUID.randomUUID(), clock.instant(), clock.instant());

        var cycle = done(
                opens(ada, Set.of(Matter.PRIVACY, Matter.QUARANTINE, Matter.ACCESS), Set.of(place), dora.subject()));

        var evidence = ada.does(() -> tasks.of(cycle)).stream()
                .map(task -> ada.does(() -> tasks.evidence(task)).canonical())
                .toList();
        assertThat(evidence)
                .hasSize(3)
                .allSatisfy(text ->
                        assertThat(text.toLowerCase(java.util.Locale.ROOT)).doesNotContain("canary", "person review"));
        assertThat(evidence.get(0)).contains("\"revision\":1", "\"loosenings\":0");
        assertThat(evidence.get(1)).contains("ORIGIN_FENCE", ":1}");
        assertThat(evidence.get(2)).contains(ada.subject(), "\"role\":\"auditor\"");
    }

    @Test
    void one_event_more_is_no_other_quarantine_but_another_reason_is() {
        aside(1, "ORIGIN_FENCE");
        var task = task(opened(Matter.QUARANTINE, dora), 1);
        aside(2, "ORIGIN_FENCE");
        assertThat(dora.does(() -> tasks.holds(task))).isTrue();

        aside(3, "IDENTITY_REFUSED");

        assertThat(dora.does(() -> tasks.holds(task))).isFalse();
    }

    private void aside(long sequence, String reason) {
        sql.change("""
                insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status, reason,
                                   redacted, revision, stale, findings, body)
                values (?, ?, ?, '1234567890', 'track', ?, ?, 'custom', 'Bought', 'quarantined', ?, false, 1, false, '[]',
                        '{"type":"custom","name":"Bought"}')
                """, place.value(), sequence, UUID.randomUUID(), clock.instant(), clock.instant(), reason);
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

    @Test
    void so_many_cycles_are_open_and_no_more() {
        for (int i = 0; i < Reviews.MOST_OPEN; i++) {
            opened(Matter.QUARANTINE, dora);
        }

        assertThat(why(opens(ada, Set.of(Matter.QUARANTINE), Set.of(place), ada.subject())))
                .contains(Why.TOO_MANY_CYCLES);
    }
}
