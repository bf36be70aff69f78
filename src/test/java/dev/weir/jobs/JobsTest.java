package dev.weir.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.database.Sql;
import dev.weir.jobs.Job.State;
import dev.weir.jobs.Jobs.Cancelled;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.testsupport.Acting;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobsTest {

    private static final Actor ADA = new Actor("local:ada-of-jobs", "Ada", Actor.Means.SESSION);

    @Inject
    Jobs jobs;

    @Inject
    JobRows rows;

    @Inject
    Kinds kinds;

    @Inject
    ChangeLog log;

    @Inject
    JobsConfig config;

    @Inject
    CurrentActor current;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    private final List<Job> asked = new ArrayList<>();

    /** The table is everybody's: what is left over, here or by another test, would be done in the next one. */
    @BeforeEach
    @AfterEach
    void nothing_is_left() {
        sql.change(
                "update job set state = 'cancelled', worker = null, ended_at = ? where state in ('waiting', 'running')",
                clock.instant());
    }

    @Test
    void a_job_is_done_step_by_step_and_leaves_a_receipt() {
        var job = ask(5, 0);
        assertThat(job.state()).isEqualTo(State.WAITING);
        assertThat(job.percent()).isEmpty();

        runOne();

        var done = rows.find(job.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.percent()).contains(100L);
        assertThat(done.counts()).containsEntry("added", 5L);
        assertThat(done.startedAt()).isPresent();
        assertThat(done.endedAt()).isPresent();
        assertThat(effect(job)).isEqualTo(5);
        assertThat(over(job)).isTrue();
        assertThat(told(job)).containsExactly("asked", "done");
    }

    @Test
    void what_a_killed_node_left_is_taken_up_where_it_stood() {
        var job = ask(5, 0);
        var first = node(clock);
        first.step(first.step(first.take().orElseThrow()));

        assertThat(node(clock).take()).isEmpty();
        var later = Clock.offset(clock, config.lease().plusSeconds(1));
        var second = node(later);
        var taken = second.take().orElseThrow();
        assertThat(taken.done()).isEqualTo(2);
        second.run(taken);

        assertThat(rows.find(job.id()).orElseThrow().state()).isEqualTo(State.DONE);
        assertThat(effect(job)).isEqualTo(5);
    }

    @Test
    void a_node_that_lost_its_lease_changes_nothing_more() {
        var job = ask(5, 0);
        var slow = node(clock);
        var seen = slow.step(slow.take().orElseThrow());
        var other = node(Clock.offset(clock, config.lease().plusSeconds(1)));
        var taken = other.take().orElseThrow();

        assertThatThrownBy(() -> slow.step(seen)).hasMessageContaining("somebody else's");
        assertThat(effect(job)).isEqualTo(1);
        other.run(taken);
        slow.run(seen);

        assertThat(effect(job)).isEqualTo(5);
        assertThat(rows.find(job.id()).orElseThrow().counts()).containsEntry("added", 5L);
    }

    @Test
    void a_thread_that_slept_while_its_own_node_took_the_job_again_changes_nothing_more() {
        var job = ask(5, 0);
        var name = UUID.randomUUID().toString();
        var asleep = node(clock, name);
        var seen = asleep.step(asleep.take().orElseThrow());
        var awake = node(Clock.offset(clock, config.lease().plusSeconds(1)), name);
        var taken = awake.take().orElseThrow();

        assertThatThrownBy(() -> asleep.step(seen)).hasMessageContaining("somebody else's");
        assertThat(effect(job)).isEqualTo(1);
        asleep.run(seen);
        assertThat(rows.find(job.id()).orElseThrow().state()).isEqualTo(State.RUNNING);
        var on = awake.step(taken);
        asleep.run(seen);
        awake.run(on);

        assertThat(effect(job)).isEqualTo(5);
        assertThat(rows.find(job.id()).orElseThrow().counts()).containsEntry("added", 5L);
        assertThat(told(job)).containsExactly("asked", "done");
    }

    /** What a step does besides the database is not undone with it: so it does not even begin. */
    @Test
    void who_lost_the_job_does_not_begin_another_step() {
        var job = ask(5, 2);
        var name = UUID.randomUUID().toString();
        var asleep = node(clock, name);
        var seen = asleep.step(asleep.take().orElseThrow());
        assertThat(node(Clock.offset(clock, config.lease().plusSeconds(1)), name)
                        .take())
                .isPresent();

        // The second step would fail by itself.
        assertThatThrownBy(() -> asleep.step(seen)).hasMessageContaining("somebody else's");
        assertThat(effect(job)).isEqualTo(1);
    }

    @Test
    void a_step_that_takes_long_keeps_its_job_for_as_long_as_its_kind_says() {
        var environment =
                new EnvironmentKey("long-" + UUID.randomUUID().toString().substring(0, 8));
        QuarkusTransaction.requiringNew().run(() -> jobs.askOnce(LongStepInTests.KIND, environment));
        var seen = node(clock).take().orElseThrow();

        assertThat(node(Clock.offset(clock, config.lease().plusSeconds(1))).take())
                .isEmpty();
        var later = node(Clock.offset(clock, LongStepInTests.LONGEST.plusSeconds(1)));

        assertThat(later.take().orElseThrow().id()).isEqualTo(seen.id());
    }

    @Test
    void two_nodes_never_do_the_same_step() throws Exception {
        for (int i = 0; i < 20; i++) {
            ask(3, 0);
        }

        List<Future<?>> nodes =
                List.of(Acting.alongside(this::untilNoneIsLeft), Acting.alongside(this::untilNoneIsLeft));
        for (var node : nodes) {
            node.get();
        }
        // Each passes over what the other one is taking, so both may have looked away from the last one.
        untilNoneIsLeft();

        assertThat(asked).allSatisfy(job -> {
            assertThat(effect(job)).isEqualTo(3);
            assertThat(told(job)).containsExactly("asked", "done");
        });
    }

    private int untilNoneIsLeft() {
        var node = node(clock);
        int did = 0;
        for (var job = node.take(); job.isPresent(); job = node.take()) {
            node.run(job.get());
            did++;
        }
        return did;
    }

    @Test
    void after_a_cancellation_not_one_more_step_happens() {
        var job = ask(5, 0);
        var node = node(clock);
        var seen = node.step(node.take().orElseThrow());
        var admin = Acting.as("jobs-admin", Role.ADMIN, sql);

        assertThat(admin.does(() -> jobs.cancel(job.id()))).isEqualTo(Cancelled.DONE);

        assertThatThrownBy(() -> node.step(seen)).hasMessageContaining("somebody else's");
        assertThat(node.take()).isEmpty();
        assertThat(effect(job)).isEqualTo(1);
        assertThat(over(job)).isTrue();
        assertThat(rows.find(job.id()).orElseThrow().state()).isEqualTo(State.CANCELLED);
        assertThat(told(job)).containsExactly("asked", "cancelled");
        assertThat(admin.does(() -> jobs.cancel(job.id()))).isEqualTo(Cancelled.OVER);
        assertThat(admin.does(() -> jobs.cancel("nothing-here"))).isEqualTo(Cancelled.UNKNOWN);
    }

    @Test
    void only_who_asked_or_an_admin_may_cancel() {
        var architect = Acting.as("jobs-architect", Role.ARCHITECT, sql);
        var other = ask(5, 0);
        var own = ask(5, 0, new Actor(architect.subject(), "Archie", Actor.Means.SESSION));

        assertThat(architect.does(() -> jobs.cancel(other.id()))).isEqualTo(Cancelled.NOT_YOURS);
        assertThat(architect.does(() -> jobs.cancel(own.id()))).isEqualTo(Cancelled.DONE);
        assertThat(rows.find(other.id()).orElseThrow().state()).isEqualTo(State.WAITING);
    }

    @Test
    void a_step_that_fails_leaves_nothing_and_is_tried_again_until_the_job_fails() {
        var job = ask(5, 3);
        var at = clock;
        var attempts = new AtomicInteger();
        for (int i = 0; i < 2 * Runner.ATTEMPTS; i++) {
            var node = node(at);
            node.take().ifPresent(taken -> {
                attempts.incrementAndGet();
                node.run(taken);
            });
            at = Clock.offset(at, Duration.ofMinutes(6));
        }

        assertThat(attempts).hasValue(Runner.ATTEMPTS);
        var failed = rows.find(job.id()).orElseThrow();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.done()).isEqualTo(2);
        assertThat(effect(job)).isEqualTo(2);
        assertThat(over(job)).isTrue();
        assertThat(told(job)).containsExactly("asked", "failed");
    }

    @Test
    void a_job_that_ends_its_node_each_time_is_given_up() {
        var job = ask(5, 0);
        var at = clock;
        for (int i = 0; i < Runner.ATTEMPTS; i++) {
            assertThat(node(at).take()).isPresent();
            at = Clock.offset(at, Duration.ofMinutes(6));
        }

        var last = node(at);
        last.run(last.take().orElseThrow());

        assertThat(rows.find(job.id()).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(effect(job)).isZero();
    }

    @Test
    void a_node_that_stops_gives_its_job_back_at_once() throws InterruptedException {
        var job = ask(5, 0);
        var node = node(clock);
        var taken = node.step(node.take().orElseThrow());
        node.stop(new ShutdownEvent());

        node.run(taken);

        var next = node(clock);
        next.run(next.take().orElseThrow());
        assertThat(effect(job)).isEqualTo(5);
    }

    @Test
    void there_are_never_more_than_so_many_pending() {
        ask(1, 0);
        ask(1, 0);
        var few = new Jobs(rows, kinds, current, log, pending(2), node(clock), clock);

        var third = QuarkusTransaction.requiringNew()
                .call(() -> few.ask(StepsInTests.KIND, Optional.empty(), "none 1 0", ADA, "One too many"));

        assertThat(third).isEmpty();
    }

    @Test
    void what_weir_needs_done_waits_however_many_are_pending_and_only_once() {
        var none = new Jobs(rows, kinds, current, log, pending(0), node(clock), clock);
        var environment =
                new EnvironmentKey("once-" + UUID.randomUUID().toString().substring(0, 8));

        for (int i = 0; i < 2; i++) {
            QuarkusTransaction.requiringNew().run(() -> none.askOnce(StepsInTests.KIND, environment));
        }

        assertThat(rows.waiting(StepsInTests.KIND, environment)).isEqualTo(1);
    }

    @Test
    void what_is_long_over_is_forgotten() {
        var job = ask(1, 0);
        runOne();

        node(Clock.offset(clock, config.keep().minusDays(1))).forget();
        assertThat(rows.find(job.id())).isPresent();
        node(Clock.offset(clock, config.keep().plusDays(1))).forget();

        assertThat(rows.find(job.id())).isEmpty();
    }

    private void runOne() {
        var node = node(clock);
        node.run(node.take().orElseThrow());
    }

    private Runner node(Clock at) {
        return node(at, UUID.randomUUID().toString());
    }

    private Runner node(Clock at, String name) {
        return new Runner(rows, kinds, log, config, at, name);
    }

    private Job ask(int steps, int failing) {
        return ask(steps, failing, ADA);
    }

    private Job ask(int steps, int failing, Actor by) {
        var name = "job-" + UUID.randomUUID().toString().substring(0, 18);
        sql.change("insert into event_cursor (environment, last_sequence) values (?, 0)", name);
        var job = QuarkusTransaction.requiringNew()
                .call(() -> jobs.ask(
                                StepsInTests.KIND,
                                Optional.empty(),
                                name + " " + steps + " " + failing,
                                by,
                                "Somebody asked")
                        .orElseThrow());
        asked.add(job);
        return job;
    }

    private long effect(Job job) {
        return sql.number("select last_sequence from event_cursor where environment = ?", name(job));
    }

    private boolean over(Job job) {
        return sql.number("select count(*) from event_cursor where environment = ?", name(job) + "-over") == 1;
    }

    private static String name(Job job) {
        return job.input().split(" ", -1)[0];
    }

    private List<String> told(Job job) {
        return sql.list(
                "select action from changelog where object_kind = 'job' and object_id = ? order by sequence",
                row -> row.getString(1),
                job.id());
    }

    private JobsConfig pending(int most) {
        return new JobsConfig() {
            @Override
            public String lookEvery() {
                return "off";
            }

            @Override
            public int atOnce() {
                return 1;
            }

            @Override
            public Duration lease() {
                return Duration.ofMinutes(1);
            }

            @Override
            public int pending() {
                return most;
            }

            @Override
            public Duration keep() {
                return Duration.ofDays(1);
            }
        };
    }
}
