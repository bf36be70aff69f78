package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.event.Event;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.simulation.Simulation.State;
import dev.weir.simulation.Simulations.Question;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Tenant;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SimulationsTest {

    @Inject
    Simulations simulations;

    @Inject
    SimulationRows rows;

    @Inject
    Runs runs;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    private Acting ada;
    private Tenant tenant;
    private EnvironmentKey place;

    @BeforeEach
    void an_environment_with_three_events() {
        ada = Acting.as("simulating-ada", Role.ADMIN, sql);
        tenant = Tenant.development();
        place = tenant.environment();
        recorded(1, "Order Placed", "4711");
        recorded(2, "Order Placed", "4712");
        recorded(3, "Cart Opened", "4712");
    }

    private void recorded(long sequence, String name, String identity) {
        tenant.change(
                "insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, user_id, identity,"
                        + " status, redacted, revision, stale, findings, body)"
                        + " values (?, ?, ?, ?, 'track', current_timestamp, current_timestamp, 'custom', ?, ?, ?, 'kept', false, 1, false, '[]', ?)",
                place.value(),
                sequence,
                UUID.randomUUID(),
                tenant.app(),
                name,
                "u" + identity,
                identity,
                "{\"type\":\"custom\",\"name\":\"" + name + "\",\"properties\":{\"plan\":\"gold\"},\"identity\":\""
                        + identity + "\"}");
    }

    private Question blocking(String name) {
        var document = PolicyDocument.parse(Map.of("version", 1L, "events", List.of(name)))
                .match(valid -> valid, errors -> {
                    throw new AssertionError(errors);
                });
        return new Question(place, Optional.empty(), document, 1, PolicyDocument.balanced());
    }

    private Simulation done(Simulation started) {
        Finished.of(started.id());
        return ada.does(() -> simulations.find(place, started.id())).orElseThrow();
    }

    @Test
    void the_newest_recorded_events_are_tried_in_the_background() {
        var two = done(ada.does(() -> simulations.onRecorded(blocking("order placed"), 2))
                .orElseThrow());
        var all = done(ada.does(() -> simulations.onRecorded(blocking("order placed"), 1000))
                .orElseThrow());

        assertThat(two.state()).isEqualTo(State.DONE);
        assertThat(two.looked()).isEqualTo(2);
        assertThat(two.effect().orElseThrow().newlyDropped()).isEqualTo(1);
        assertThat(all.wanted()).isEqualTo(3);
        assertThat(all.looked()).isEqualTo(3);
        assertThat(all.effect().orElseThrow().newlyDropped()).isEqualTo(2);
        assertThat(all.effect().orElseThrow().usersAffected()).isEqualTo(2);
        assertThat(ada.does(() -> simulations.list(place))).hasSize(2);
    }

    @Test
    void definitions_that_would_lose_matches_are_named() {
        var name = "Bought " + place;
        sql.change(
                "insert into definition (id, name, sort_name, reserved_name, type, filter, category, tags, description, context,"
                        + " criticality, status, search_text, authors, created_by, created_by_name, created_at, changed_by,"
                        + " changed_by_name, changed_at) values (?, ?, ?, ?, 'custom', 'event equals \"Order Placed\"', '', '', '', '',"
                        + " 'normal', 'draft', '', '', 'a', 'a', current_timestamp, 'a', 'a', current_timestamp)",
                UUID.randomUUID().toString(),
                name,
                name,
                name);
        sql.change("update catalog_head set changes = changes + 1");

        var all = done(ada.does(() -> simulations.onRecorded(blocking("order placed"), 1000))
                .orElseThrow());

        assertThat(all.effect().orElseThrow().definitions()).anySatisfy(matching -> {
            assertThat(matching.name()).isEqualTo(name);
            assertThat(matching.now()).isEqualTo(2);
            assertThat(matching.lost()).isEqualTo(2);
            assertThat(matching.then()).isZero();
        });
    }

    @Test
    void it_is_about_one_content_on_top_of_one_revision() {
        var question = blocking("order placed");
        var started = done(ada.does(() -> simulations.onRecorded(question, 10)).orElseThrow());

        assertThat(ada.does(() -> simulations.about(place, question.document().hash(), 1))
                        .map(Simulation::id))
                .contains(started.id());
        assertThat(ada.does(() -> simulations.about(place, question.document().hash(), 2)))
                .isEmpty();
        assertThat(ada.does(() -> simulations.about(place, CanonicalJson.sha256("other"), 1)))
                .isEmpty();
    }

    @Test
    void nothing_of_a_file_is_left() {
        var file = List.of(Event.custom("Order Placed", Map.of("canary-name", "canary-value"), "canary-identity"));
        var ended = done(ada.does(() -> simulations.onFile(blocking("order placed"), file))
                .orElseThrow());

        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(ended.effect().orElseThrow().newlyDropped()).isEqualTo(1);
        assertThat(tenant.rows("select * from policy_simulation where environment = ?", place.value())
                        .toString())
                .doesNotContain("canary", "Order Placed");
    }

    @Test
    void a_sample_of_a_recorded_event_is_read_again_and_gone_with_the_event() {
        var question = new Question(
                place,
                Optional.empty(),
                Tenant.balancedWith(Map.of("properties", List.of(Map.of("name", "plan", "action", "drop")))),
                1,
                PolicyDocument.balanced());
        var ended = done(ada.does(() -> simulations.onRecorded(question, 10)).orElseThrow());
        var sample = ended.effect().orElseThrow().samples().get(0);

        assertThat(tenant.rows("select effect from policy_simulation where environment = ?", place.value())
                        .toString())
                .doesNotContain("gold", "4711", "Order Placed");
        assertThat(ada.does(() -> simulations.lines(ended, sample, question.inForce())))
                .isNotEmpty();
        tenant.change("delete from event where environment = ?", place.value());
        assertThat(ada.does(() -> simulations.lines(ended, sample, question.inForce())))
                .isEmpty();
    }

    @Test
    void only_so_many_wait_and_what_is_cancelled_does_not_run() throws Exception {
        var occupied = new Occupied();
        var question = blocking("order placed");
        var started = new ArrayList<Simulation>();
        try {
            ada.does(() -> simulations.onFile(question, occupied));
            occupied.reached().await();
            for (int i = 0; i < Runs.WAITING; i++) {
                started.add(ada.does(() -> simulations.onRecorded(question, 10)).orElseThrow());
            }
            assertThat(simulations.full()).isTrue();
            assertThat(ada.does(() -> simulations.onRecorded(question, 10))).isEmpty();

            var cancelled = ada.does(
                            () -> simulations.cancel(place, started.get(1).id()))
                    .orElseThrow();
            assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        } finally {
            occupied.open().countDown();
        }

        assertThat(started.stream().map(this::done).map(Simulation::state))
                .containsExactly(State.DONE, State.CANCELLED, State.DONE);
    }

    /** A file that lets nobody past its beginning until it is open. */
    private static final class Occupied extends AbstractList<Event> {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        CountDownLatch reached() {
            return reached;
        }

        CountDownLatch open() {
            return open;
        }

        @Override
        public Event get(int index) {
            try {
                reached.countDown();
                open.await();
                return Event.custom("Order Placed", Map.of(), null);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public int size() {
            return 1;
        }
    }

    @Test
    void one_that_runs_stops_when_it_is_cancelled() {
        var question = blocking("order placed");
        var started = ada.does(() -> simulations.onRecorded(question, 10)).orElseThrow();
        done(started);

        sql.change("update policy_simulation set state = 'running', effect = null where id = ?", started.id());
        assertThat(rows.progress(started.id(), 1, clock.instant())).isTrue();
        ada.does(() -> simulations.cancel(place, started.id()));
        assertThat(rows.progress(started.id(), 2, clock.instant())).isFalse();
        rows.done(
                started.id(),
                2,
                new Trial(question.inForce(), question.document(), List.of(), event -> List.of()).effect(),
                clock.instant());

        assertThat(done(started).state()).isEqualTo(State.CANCELLED);
        assertThat(done(started).effect()).isEmpty();
    }

    @Test
    void one_whose_node_has_gone_says_that_it_is_lost() {
        var started = ada.does(() -> simulations.onRecorded(blocking("order placed"), 10))
                .orElseThrow();
        done(started);
        sql.change(
                "update policy_simulation set state = 'running', effect = null, beat_at = ? where id = ?",
                clock.instant().minus(SimulationRows.SILENCE).minus(Duration.ofSeconds(1)),
                started.id());

        runs.beat();

        assertThat(done(started).state()).isEqualTo(State.LOST);
    }

    @Test
    void only_the_newest_are_remembered() {
        for (int i = 0; i < 3; i++) {
            done(ada.does(() -> simulations.onRecorded(blocking("order placed"), 1))
                    .orElseThrow());
        }

        rows.forget(place, 2);

        assertThat(ada.does(() -> simulations.list(place))).hasSize(2);
    }

    @Test
    void an_auditor_looks_and_starts_nothing() {
        var auditor = Acting.as("simulating-auditor", Role.AUDITOR, sql);

        assertThat(auditor.does(() -> simulations.list(place))).isEmpty();
        assertThatThrownBy(() -> auditor.does(() -> simulations.onRecorded(blocking("order placed"), 1)))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> auditor.does(() -> simulations.cancel(place, "any")))
                .isInstanceOf(ForbiddenException.class);
    }
}
