package dev.weir.restoration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.People;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.environment.Outcome;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.restoration.Restoration.State;
import dev.weir.restoration.Restorations.Became;
import dev.weir.restoration.Restorations.Line;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Untriggered;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asks, who agrees, and what becomes of it when somebody else is there, too. */
@QuarkusTest
class RestorationsTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final int ROUNDS = 10;

    @Inject
    Restorations restorations;

    @Inject
    Environments environments;

    @Inject
    People people;

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    private Acting ada;
    private Acting bob;
    private Acting arthur;
    private Acting dora;
    private EnvironmentKey place;

    @BeforeEach
    void an_environment_with_two_names() {
        ada = Acting.as("back-ada", Role.ADMIN, sql);
        bob = Acting.as("back-bob", Role.ADMIN, sql);
        arthur = Acting.as("back-arthur", Role.ARCHITECT, sql);
        dora = Acting.as("back-dora", Role.DEVELOPER, sql);
        named();
    }

    private void named() {
        place = new EnvironmentKey("back" + MADE.incrementAndGet());
        ada.does(() -> environments.create(place, "First", Kind.STAGING, false, Actor.SYSTEM));
        ada.does(() -> environments.change(place, "Second", false, 0));
    }

    private List<Row> rows(String kind, String object) {
        return log.find(new Filter("", kind, object, "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 100);
    }

    /** The row that the environment began with. */
    private long first() {
        var rows = rows("environment", place.value());
        return rows.get(rows.size() - 1).sequence();
    }

    private Became ask(Acting who, long version) {
        return who.does(() -> restorations.ask(Versioned.ENVIRONMENT, place.value(), first(), version, "As it was"));
    }

    private Restoration asked(Acting who, long version) {
        var became = ask(who, version);
        assertThat(became.answer()).isEqualTo(Answer.DONE);
        return became.restoration().orElseThrow();
    }

    private Became agree(Acting who, Restoration asked) {
        return who.does(() -> restorations.agree(asked.number(), asked.hash()));
    }

    private Answer decline(Acting who, Restoration asked) {
        return who.does(() -> restorations.decline(asked.number(), asked.hash(), "Not today"))
                .answer();
    }

    private State state(Restoration asked) {
        return ada.does(() -> restorations.find(asked.number())).orElseThrow().state();
    }

    private String name() {
        return environments.find(place).orElseThrow().name();
    }

    @Test
    void an_architect_asks_and_an_admin_agrees_to_what_only_an_admin_edits() {
        var asked = asked(arthur, 1);

        assertThat(name()).isEqualTo("Second");
        assertThat(agree(arthur, asked).answer()).isEqualTo(Answer.NOT_ALLOWED);
        assertThat(decline(arthur, asked)).isEqualTo(Answer.OWN);
        assertThat(agree(ada, asked).answer()).isEqualTo(Answer.DONE);

        assertThat(name()).isEqualTo("First");
        assertThat(state(asked)).isEqualTo(State.APPLIED);
        var told = rows("restoration", String.valueOf(asked.number()));
        assertThat(told).extracting(Row::action).containsExactly("restored", "asked");
        assertThat(told.get(0).after().get("row")).isEqualTo(asked.row());
        assertThat(told.get(0).after().get("asked by")).isEqualTo(arthur.subject());
        assertThat(told.get(0).reason()).contains("As it was");
        var edit = rows("environment", place.value()).get(0);
        assertThat(edit.after()).isEqualTo(Map.of("name", "First"));
        assertThat(edit.correlation()).isEqualTo(told.get(0).correlation());
        assertThat(edit.actor()).isEqualTo(ada.subject());
    }

    @Test
    void who_asks_for_an_admin_to_come_back_has_let_them_in_as_who_agrees_has() {
        var id = dora.subject().substring("local:".length());
        var before = version(id);
        ada.does(() -> people.change(id, Role.ADMIN, false, Optional.empty(), before, ""));
        ada.does(() -> people.change(id, Role.DEVELOPER, false, Optional.empty(), version(id), ""));
        var then = rows("account", id).stream()
                .filter(row -> Role.ADMIN.equals(row.after().get("role")))
                .findFirst()
                .orElseThrow();
        sql.change("delete from let_in where account = ?", id);

        var asked = arthur.does(() ->
                        restorations.ask(Versioned.PERSON, id, then.sequence(), version(id), "She is needed again"))
                .restoration()
                .orElseThrow();
        assertThat(agree(bob, asked).answer()).isEqualTo(Answer.DONE);

        assertThat(sql.list("select distinct let_in_by from let_in where account = ?", row -> row.getString(1), id))
                .containsExactlyInAnyOrder(arthur.subject(), bob.subject());
    }

    private long version(String account) {
        return sql.first("select version from account where id = ?", row -> row.getLong(1), account)
                .orElseThrow();
    }

    @Test
    void who_may_make_the_edit_alone_agrees_to_what_they_asked_for() {
        var asked = asked(ada, 1);

        assertThat(agree(ada, asked).answer()).isEqualTo(Answer.DONE);
        assertThat(name()).isEqualTo("First");
    }

    @Test
    void what_has_changed_since_makes_it_void_for_good() {
        var asked = asked(ada, 1);
        ada.does(() -> environments.change(place, "Third", false, 1));

        assertThat(ada.does(() -> restorations.line(asked)).outdated()).isTrue();
        // Also where it is as it was when it was asked for.
        ada.does(() -> environments.change(place, "Second", false, 2));
        var became = agree(bob, asked);

        assertThat(became.answer()).isEqualTo(Answer.VOID);
        assertThat(name()).isEqualTo("Second");
        assertThat(state(asked)).isEqualTo(State.VOID);
        assertThat(rows("restoration", String.valueOf(asked.number())))
                .extracting(Row::action)
                .containsExactly("void", "asked");
        assertThat(agree(bob, asked).answer()).isEqualTo(Answer.CLOSED);
    }

    @Test
    void who_asks_anew_displaces_what_is_void_and_is_given_what_they_asked_for_already() {
        var old = asked(bob, 1);
        ada.does(() -> environments.change(place, "Third", false, 1));

        assertThat(ask(ada, 1).answer()).isEqualTo(Answer.OUTDATED);
        assertThat(state(old)).isEqualTo(State.OPEN);
        var asked = ask(ada, 2);

        assertThat(asked.made()).isTrue();
        assertThat(state(old)).isEqualTo(State.VOID);
        var again = ask(ada, 2);
        assertThat(again.made()).isFalse();
        assertThat(again.restoration()).isEqualTo(asked.restoration());
        assertThat(ask(bob, 2).restoration()).isNotEqualTo(asked.restoration());
    }

    @Test
    void what_was_declined_or_taken_back_changes_nothing_any_more() {
        var declined = asked(arthur, 1);
        assertThat(decline(bob, declined)).isEqualTo(Answer.DONE);
        var withdrawn = asked(arthur, 1);
        assertThat(bob.does(() -> restorations.withdraw(withdrawn.number(), withdrawn.hash()))
                        .answer())
                .isEqualTo(Answer.NOT_YOURS);
        assertThat(arthur.does(() -> restorations.withdraw(withdrawn.number(), withdrawn.hash()))
                        .answer())
                .isEqualTo(Answer.DONE);

        assertThat(state(declined)).isEqualTo(State.DECLINED);
        assertThat(state(withdrawn)).isEqualTo(State.WITHDRAWN);
        assertThat(agree(ada, declined).answer()).isEqualTo(Answer.CLOSED);
        assertThat(agree(ada, withdrawn).answer()).isEqualTo(Answer.CLOSED);
        assertThat(name()).isEqualTo("Second");
    }

    @Test
    void an_architect_does_not_ask_for_what_only_an_admin_may_ask_for() {
        ada.does(() -> environments.change(place, "Second", true, 1));

        var became = ask(arthur, 2);

        assertThat(became.answer().status()).isEqualTo(403);
        assertThat(became.restoration()).isEmpty();
    }

    @Test
    void that_it_be_critical_no_longer_takes_who_asked_to_be_an_admin_still() {
        ada.does(() -> environments.change(place, "Second", true, 1));
        var eve = Acting.as("back-eve-" + place, Role.ADMIN, sql);
        var asked = asked(eve, 2);
        assertThat(agree(eve, asked).answer().status()).isEqualTo(403);
        sql.change(
                "update account set role = 'developer' where id = ?",
                eve.subject().substring("local:".length()));

        assertThat(agree(bob, asked).answer().status()).isEqualTo(409);

        assertThat(environments.find(place).orElseThrow().critical()).isTrue();
        assertThat(state(asked)).isEqualTo(State.OPEN);
    }

    @Test
    void what_would_come_back_is_void_once_it_was_erased() {
        var view = view();
        var asked = arthur.does(
                        () -> restorations.ask(Versioned.VIEW, view, oldest("saved-view", view), 1, "As it was"))
                .restoration()
                .orElseThrow();
        var eraser = new Actor(ada.subject(), "Ada", Actor.Means.SESSION);
        log.eraseRow(rows("saved-view", view).get(0).sequence(), eraser, "They asked");

        assertThat(agree(arthur, asked).answer()).isEqualTo(Answer.VOID);
        assertThat(sql.first("select name from saved_view where id = ?", row -> row.getString(1), view))
                .contains("Later of " + place);
    }

    private long oldest(String kind, String object) {
        var rows = rows(kind, object);
        return rows.get(rows.size() - 1).sequence();
    }

    /** Arthur's own, which asks for something else by now. */
    private String view() {
        var program = SignedIn.signIn("back-arthur", SignedIn.PASSWORD).token("Views of " + place, "all");
        var home = "/api/v1/definitions/views";
        String id = with(program)
                .body(Map.of("name", "Sooner of " + place, "query", Map.of("owner", "Growth")))
                .post(home)
                .path("id");
        with(program)
                .header("If-Match", "\"0\"")
                .body(Map.of("name", "Later of " + place, "query", Map.of("owner", "Sales")))
                .put(home + "/" + id);
        return id;
    }

    private static RequestSpecification with(String program) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + program).contentType("application/json");
    }

    @Test
    void a_developer_sees_those_of_environments_that_are_their_own() {
        var asked = asked(ada, 1);
        var about = dora.does(() -> restorations.find(asked.number()));
        assertThat(about).isEmpty();
        assertThat(dora.does(() -> restorations.list(place, Long.MAX_VALUE, 50)))
                .isEmpty();

        sql.change(
                "insert into account_environment (account, environment) values (?, ?)",
                dora.subject().substring("local:".length()),
                place.value());

        assertThat(dora.does(() -> restorations.find(asked.number()))).contains(asked);
        assertThat(dora.does(() -> restorations.list(place, Long.MAX_VALUE, 50)))
                .extracting(Line::restoration)
                .containsExactly(asked);
        assertThat(dora.does(() -> restorations.list(Long.MAX_VALUE, 50)))
                .allMatch(line -> line.restoration().environment().isPresent());
    }

    @Test
    void it_waits_for_who_may_agree_and_did_not_ask() {
        var asked = asked(arthur, 1);

        assertThat(waitsFor(ada, asked)).isTrue();
        assertThat(waitsFor(arthur, asked)).isFalse();
        assertThat(waitsFor(dora, asked)).isFalse();
        ada.does(() -> environments.change(place, "Third", false, 1));
        assertThat(waitsFor(ada, asked)).isFalse();
    }

    private boolean waitsFor(Acting who, Restoration asked) {
        return who.does(() -> restorations.waiting(place)).stream()
                .anyMatch(line -> line.restoration().equals(asked));
    }

    @Test
    void there_are_only_so_many_and_what_is_void_makes_way() {
        var asked = asked(ada, 1);
        long before = sql.number("select count(*) from restoration where state = 'open'");
        for (long i = before; i < Restorations.MOST_OPEN; i++) {
            sql.change(
                    "insert into restoration (number, kind, object, environment, row_number, seen_row, version, hash, reason,"
                            + " asked_by, asked_by_name, asked_at, state) select ?, kind, object, environment, row_number, seen_row,"
                            + " version, hash, reason, asked_by, asked_by_name, asked_at, state from restoration where number = ?",
                    -i - 1,
                    asked.number());
        }
        try {
            var full = place;
            named();
            assertThat(ask(ada, 1).answer()).isEqualTo(Answer.FULL);
            ada.does(() -> environments.change(full, "Third", false, 1));
            assertThat(ask(ada, 1).answer()).isEqualTo(Answer.DONE);

            assertThat(state(asked)).isEqualTo(State.VOID);
            assertThat(sql.number("select count(*) from restoration where number < 0 and state = 'open'"))
                    .isZero();
        } finally {
            // Nobody asked for them, and who compares with the log would find that.
            Untriggered.during(sql, "restoration", () -> sql.change("delete from restoration where number < 0"));
        }
    }

    @Test
    void of_two_who_decide_at_once_one_does_and_the_other_is_told() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            named();
            var asked = asked(arthur, 1);
            var one = together(
                    () -> agree(ada, asked).answer(),
                    round % 2 == 0 ? () -> agree(bob, asked).answer() : () -> decline(bob, asked));

            assertThat(one).containsExactlyInAnyOrder(Answer.DONE, Answer.CLOSED);
            boolean applied = state(asked) == State.APPLIED;
            assertThat(name()).isEqualTo(applied ? "First" : "Second");
            assertThat(rows("restoration", String.valueOf(asked.number()))).hasSize(2);
            assertThat(rows("environment", place.value())).hasSize(applied ? 3 : 2);
        }
    }

    @Test
    void of_an_edit_and_an_agreement_at_once_one_is_first() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            named();
            var asked = asked(arthur, 1);
            var both = together(
                    () -> agree(ada, asked).answer(),
                    () -> bob.does(() -> environments.change(place, "Bob's", false, 1)));

            boolean applied = both.get(0).equals(Answer.DONE);
            assertThat(state(asked)).isEqualTo(applied ? State.APPLIED : State.VOID);
            assertThat(name()).isEqualTo(applied ? "First" : "Bob's");
            assertThat(both.get(1)).isEqualTo(applied ? Outcome.OUTDATED : Outcome.DONE);
        }
    }

    /** Both begin when both are there. */
    private static List<Object> together(Callable<?>... deeds) throws Exception {
        var barrier = new CyclicBarrier(deeds.length);
        var under = new ArrayList<Future<?>>();
        for (var deed : deeds) {
            under.add(Acting.alongside(() -> {
                barrier.await();
                return deed.call();
            }));
        }
        var answers = new ArrayList<Object>();
        for (var each : under) {
            answers.add(each.get());
        }
        return answers;
    }
}
