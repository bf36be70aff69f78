package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.catalog.Matching;
import dev.weir.database.Sql;
import dev.weir.event.Event;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.Jobs.Cancelled;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.simulation.Simulation.State;
import dev.weir.simulation.Simulations.Question;
import dev.weir.store.PastPolicies;
import dev.weir.store.RecordedEvents;
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
    HeldFiles files;

    @Inject
    RecordedEvents recorded;

    @Inject
    PastPolicies policies;

    @Inject
    Matching matching;

    @Inject
    Jobs jobs;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** Longer than any lease. */
    private static final Duration LATER = Duration.ofMinutes(10);

    private Acting ada;
    private Tenant tenant;
    private EnvironmentKey place;

    @BeforeEach
    void an_environment_with_three_events() {
        // The jobs are everybody's: what another test has left would be done in the next one.
        JobsAtWork.all();
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
        return new Question(place, Optional.empty(), document, 1);
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
        assertThat(stored()).doesNotContain("canary", "Order Placed");
    }

    /** All that there is of simulations here. */
    private String stored() {
        return tenant.rows("select * from policy_simulation where environment = ?", place.value())
                        .toString()
                + tenant.rows("select * from job where environment = ?", place.value());
    }

    @Test
    void a_sample_of_a_recorded_event_is_read_again_and_gone_with_the_event() {
        var question = new Question(
                place,
                Optional.empty(),
                Tenant.balancedWith(Map.of("properties", List.of(Map.of("name", "plan", "action", "drop")))),
                1);
        var ended = done(ada.does(() -> simulations.onRecorded(question, 10)).orElseThrow());
        var sample = ended.effect().orElseThrow().samples().get(0);

        assertThat(tenant.rows("select effect from policy_simulation where environment = ?", place.value())
                        .toString())
                .doesNotContain("gold", "4711", "Order Placed");
        assertThat(ada.does(() -> simulations.lines(ended, sample, PolicyDocument.balanced())))
                .isNotEmpty();
        tenant.change("delete from event where environment = ?", place.value());
        assertThat(ada.does(() -> simulations.lines(ended, sample, PolicyDocument.balanced())))
                .isEmpty();
    }

    private Simulation found(Simulation started) {
        return ada.does(() -> simulations.find(place, started.id())).orElseThrow();
    }

    /** As a node has it that was just started. */
    private Simulating simulating(int events) {
        return new Simulating(rows, new HeldFiles(), recorded, policies, matching, clock, events);
    }

    @Test
    void what_a_killed_node_left_begins_again_by_itself_and_nothing_is_counted_twice() {
        var started = ada.does(() -> simulations.onRecorded(blocking("order placed"), 1000))
                .orElseThrow();
        assertThat(started.state()).isEqualTo(State.WAITING);
        JobsAtWork.node(simulating(2), Duration.ZERO).stepsAndIsKilled();
        assertThat(found(started).state()).isEqualTo(State.RUNNING);
        assertThat(found(started).looked()).isEqualTo(2);

        JobsAtWork.node(simulating(2), LATER).all();

        var ended = found(started);
        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(ended.looked()).isEqualTo(3);
        assertThat(ended.effect().orElseThrow().newlyDropped()).isEqualTo(2);
        assertThat(ended.effect().orElseThrow().identities()).isEqualTo(2);
        assertThat(jobs.of(started.id()).orElseThrow().counts()).containsEntry("begun", 2L);
        assertThat(jobs.of(started.id()).orElseThrow().percent()).contains(100L);
    }

    @Test
    void a_node_that_lost_it_meanwhile_goes_on_with_nothing_that_it_remembers() {
        var started = ada.does(() -> simulations.onRecorded(blocking("order placed"), 1000))
                .orElseThrow();
        var memory = simulating(2);
        JobsAtWork.node(memory, Duration.ZERO).stepsAndIsKilled();

        JobsAtWork.node(memory, LATER).all();

        assertThat(found(started).looked()).isEqualTo(3);
        assertThat(found(started).effect().orElseThrow().newlyDropped()).isEqualTo(2);
    }

    @Test
    void one_that_ends_its_node_each_time_is_given_up() {
        var started = ada.does(() -> simulations.onRecorded(blocking("order placed"), 1000))
                .orElseThrow();
        for (int i = 0; i < Simulating.BEGINNINGS; i++) {
            JobsAtWork.node(simulating(2), LATER.multipliedBy(i)).stepsAndIsKilled();
        }
        assertThat(found(started).state()).isEqualTo(State.RUNNING);

        JobsAtWork.node(simulating(2), LATER.multipliedBy(Simulating.BEGINNINGS))
                .all();

        assertThat(found(started).state()).isEqualTo(State.FAILED);
        assertThat(found(started).effect()).isEmpty();
    }

    @Test
    void a_file_whose_node_was_killed_has_to_be_uploaded_again_and_is_stored_nowhere() throws Exception {
        var occupied = new Occupied();
        var started = ada.does(() -> simulations.onFile(blocking("order placed"), occupied))
                .orElseThrow();
        try {
            occupied.reached().await();
            assertThat(found(started).state()).isEqualTo(State.RUNNING);
            assertThat(stored()).doesNotContain("canary");

            JobsAtWork.node(simulating(2), LATER).all();

            assertThat(found(started).state()).isEqualTo(State.LOST);
        } finally {
            occupied.open().countDown();
        }

        // Whoever had it wakes up too late.
        assertThat(done(started).state()).isEqualTo(State.LOST);
        assertThat(done(started).effect()).isEmpty();
        assertThat(stored()).doesNotContain("canary");
    }

    @Test
    void a_file_waits_for_no_other_job_and_only_so_many_are_tried_at_once() throws Exception {
        var occupied = new ArrayList<Occupied>();
        var question = blocking("order placed");
        var started = new ArrayList<Simulation>();
        try {
            for (int i = 0; i < HeldFiles.MOST; i++) {
                var file = new Occupied();
                occupied.add(file);
                started.add(ada.does(() -> simulations.onFile(question, file)).orElseThrow());
                file.reached().await();
            }
            assertThat(simulations.full()).isTrue();
            assertThat(ada.does(() -> simulations.onFile(question, List.of(Event.custom("Seen", Map.of(), null)))))
                    .isEmpty();
            assertThat(ada.does(() -> simulations.cancel(place, started.get(1).id())))
                    .isEqualTo(Cancelled.DONE);
        } finally {
            occupied.forEach(file -> file.open().countDown());
        }

        assertThat(started.stream().map(this::done).map(Simulation::state))
                .containsExactly(State.DONE, State.CANCELLED, State.DONE, State.DONE);
        assertThat(simulations.full()).isFalse();
    }

    @Test
    void only_so_many_on_recorded_events_wait() {
        var question = blocking("order placed");
        for (int i = 0; i < Simulations.PENDING; i++) {
            assertThat(ada.does(() -> simulations.onRecorded(question, 1))).isPresent();
        }

        assertThat(ada.does(() -> simulations.onRecorded(question, 1))).isEmpty();
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
                return Event.custom("Canary Placed", Map.of("canary", "canary"), "canary");
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
        var started = ada.does(() -> simulations.onRecorded(blocking("order placed"), 10))
                .orElseThrow();
        var node = JobsAtWork.node(simulating(2), Duration.ZERO);
        node.stepsAndIsKilled();

        assertThat(ada.does(() -> simulations.cancel(place, started.id()))).isEqualTo(Cancelled.DONE);
        JobsAtWork.node(simulating(2), LATER).all();

        assertThat(found(started).state()).isEqualTo(State.CANCELLED);
        assertThat(found(started).effect()).isEmpty();
        assertThat(ada.does(() -> simulations.cancel(place, started.id()))).isEqualTo(Cancelled.OVER);
        assertThat(ada.does(() -> simulations.cancel(place, "nothing-here"))).isEqualTo(Cancelled.UNKNOWN);
    }

    @Test
    void who_looks_on_cancels_nothing_of_somebody_elses() {
        var started = ada.does(() -> simulations.onRecorded(blocking("order placed"), 10))
                .orElseThrow();
        var archie = Acting.as("simulating-archie", Role.ARCHITECT, sql);

        assertThat(archie.does(() -> simulations.mayCancel(started))).isFalse();
        assertThat(archie.does(() -> simulations.cancel(place, started.id()))).isEqualTo(Cancelled.NOT_YOURS);
        assertThat(ada.does(() -> simulations.mayCancel(started))).isTrue();

        assertThat(done(started).state()).isEqualTo(State.DONE);
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
