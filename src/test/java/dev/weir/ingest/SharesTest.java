package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.AppId;
import io.quarkus.runtime.ShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two workers, of which one App ID may have one; three of its requests may wait. */
class SharesTest {

    private static final AppId BUSY = new AppId("1234567890");
    private static final AppId OTHER = new AppId("1234567891");

    private final Workers workers = new Workers(2, 10);
    private final Shares shares = new Shares(workers, 1, 3);

    @AfterEach
    void end() {
        workers.stop(new ShutdownEvent());
    }

    @Test
    void one_app_id_leaves_room_for_others() {
        assertThat(shares.enter(BUSY)).isTrue();

        assertThat(shares.enter(BUSY)).isFalse();
        assertThat(shares.enter(OTHER)).isTrue();

        shares.leave(BUSY);
        assertThat(shares.enter(BUSY)).isTrue();
    }

    @Test
    void what_waits_is_done_in_its_order_and_the_room_is_free_in_the_end() {
        assertThat(shares.enter(BUSY)).isTrue();
        var order = new ArrayList<Integer>();
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 1; i <= 3; i++) {
            int number = i;
            answers.add(waiting(() -> {
                order.add(number);
                return CompletableFuture.completedFuture(number);
            }));
        }
        assertThat(answers).noneMatch(CompletableFuture::isDone);

        shares.leave(BUSY);

        assertThat(answers.stream().map(CompletableFuture::join)).containsExactly(1, 2, 3);
        assertThat(order).containsExactly(1, 2, 3);
    }

    @Test
    void beyond_those_that_may_wait_nothing_is_taken() {
        shares.enter(BUSY);
        for (int i = 0; i < 3; i++) {
            assertThat(waiting(() -> CompletableFuture.completedFuture(0))).isNotDone();
        }

        Optional<CompletionStage<Integer>> fourth = shares.later(BUSY, () -> CompletableFuture.completedFuture(4));

        assertThat(fourth).isEmpty();
        assertThat(shares.<Integer>later(OTHER, () -> CompletableFuture.completedFuture(5)))
                .isPresent();
    }

    @Test
    void who_comes_when_the_room_has_just_become_free_does_not_wait() {
        assertThat(waiting(() -> CompletableFuture.completedFuture(1)).join()).isEqualTo(1);
    }

    @Test
    void what_fails_gives_the_room_on() {
        shares.enter(BUSY);
        var failing = this.<Integer>waiting(() -> {
            throw new IllegalStateException("on purpose");
        });
        var next = waiting(() -> CompletableFuture.completedFuture(2));

        shares.leave(BUSY);

        assertThat(next.join()).isEqualTo(2);
        assertThat(failing).isCompletedExceptionally();
    }

    @Test
    void never_more_of_one_app_id_at_once_than_may_be() throws InterruptedException {
        var many = new Shares(workers, 1, 1000);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(200);
        many.enter(BUSY);
        for (int i = 0; i < 200; i++) {
            many.later(BUSY, () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                done.countDown();
                return CompletableFuture.completedFuture(null);
            });
        }

        many.leave(BUSY);
        done.await();

        assertThat(most).hasValue(1);
    }

    private <T> CompletableFuture<T> waiting(java.util.function.Supplier<CompletionStage<T>> work) {
        return shares.later(BUSY, work).orElseThrow().toCompletableFuture();
    }

    @Test
    void a_full_line_of_workers_turns_new_requests_away_but_not_those_that_have_waited() throws InterruptedException {
        var full = new Workers(1, 1);
        var held = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var did = new CountDownLatch(1);
        assertThat(full.accept(() -> {
                    started.countDown();
                    await(held);
                }))
                .isTrue();
        started.await();
        assertThat(List.of(full.accept(() -> {}), full.accept(() -> {}))).containsExactly(true, false);

        assertThat(full.insist(did::countDown)).isTrue();
        held.countDown();
        did.await();
        full.stop(new ShutdownEvent());

        assertThat(full.accept(() -> {})).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
