package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HashingTest {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 3;
    private static final int BEYOND = 4;

    private final Hashing hashing = new Hashing(AT_ONCE, WAITING);

    @Test
    @Timeout(120)
    void few_are_at_work_at_once_some_wait_and_whoever_comes_then_is_turned_away() throws Exception {
        var working = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(BEYOND);
        var go = new CountDownLatch(1);
        Callable<Boolean> work = () -> {
            var done = hashing.ifThereIsRoom(() -> {
                most.accumulateAndGet(working.incrementAndGet(), Math::max);
                awaited(go);
                return working.decrementAndGet();
            });
            if (done.isEmpty()) {
                full.countDown();
            }
            return done.isPresent();
        };
        var crowd = Executors.newFixedThreadPool(AT_ONCE + WAITING + BEYOND);
        var answers = new ArrayList<Future<Boolean>>();

        for (int i = 0; i < AT_ONCE + WAITING + BEYOND; i++) {
            answers.add(crowd.submit(work));
        }
        awaited(full);
        var another = hashing.matches("any password at all", null);
        go.countDown();

        int served = 0;
        for (var answer : answers) {
            served += answer.get(30, TimeUnit.SECONDS) ? 1 : 0;
        }
        assertThat(another).isEmpty();
        assertThat(served).isEqualTo(AT_ONCE + WAITING);
        assertThat(most.get()).isEqualTo(AT_ONCE);
        assertThat(hashing.computed()).isEqualTo(AT_ONCE + WAITING);
        assertThat(hashing.room()).isEqualTo(AT_ONCE + WAITING);
        crowd.shutdown();
    }

    @Test
    void work_that_fails_leaves_its_place() {
        for (int i = 0; i < AT_ONCE + WAITING + 1; i++) {
            assertThatThrownBy(() -> hashing.ifThereIsRoom(() -> {
                        throw new IllegalStateException("of the test");
                    }))
                    .hasMessage("of the test");
        }

        assertThat(hashing.matches("nobody has this password", null)).contains(false);
        assertThat(hashing.room()).isEqualTo(AT_ONCE + WAITING);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
