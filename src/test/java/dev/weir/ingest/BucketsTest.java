package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final long APP = 1234567890L;

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private final Buckets rates = new Buckets(
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            "app",
            10,
            20,
            64);

    @Test
    void a_burst_passes_and_what_follows_waits() {
        var burst = rates.take(APP, 20);
        var more = rates.take(APP, 5);

        assertThat(burst.passes()).isTrue();
        assertThat(more.passes()).isFalse();
        assertThat(more.delay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void time_brings_it_back_up_to_the_burst() {
        rates.take(APP, 20);

        now = now.plusSeconds(1);
        assertThat(rates.take(APP, 10).passes()).isTrue();
        assertThat(rates.take(APP, 1).passes()).isFalse();
        now = now.plusSeconds(3600);
        assertThat(rates.take(APP, 20).passes()).isTrue();
        assertThat(rates.take(APP, 1).passes()).isFalse();
    }

    @Test
    void one_key_does_not_use_up_anothers() {
        rates.take(APP, 20);

        assertThat(rates.take(987654321L, 20).passes()).isTrue();
    }

    @Test
    void a_request_larger_than_the_burst_passes_when_nothing_else_came() {
        assertThat(rates.take(APP, 1000).passes()).isTrue();
    }

    @Test
    void a_clock_that_goes_back_gives_nothing_and_takes_nothing() {
        rates.take(APP, 20);

        now = now.minusSeconds(60);

        assertThat(rates.take(APP, 1).passes()).isFalse();
    }

    @Test
    void what_is_given_back_can_be_taken_again_and_no_more_than_that() {
        rates.take(APP, 20);

        rates.giveBack(APP, 5);
        assertThat(rates.take(APP, 5).passes()).isTrue();
        assertThat(rates.take(APP, 1).passes()).isFalse();
        rates.giveBack(APP, 1000);

        assertThat(rates.take(APP, 20).passes()).isTrue();
        assertThat(rates.take(APP, 1).passes()).isFalse();
    }

    @Test
    void of_more_keys_than_it_remembers_the_one_that_was_silent_longest_begins_anew() {
        rates.take(APP, 20);
        var others = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            rates.take(others.nextLong(), 1);
        }

        assertThat(rates.size()).isLessThanOrEqualTo(64);
        assertThat(rates.take(APP, 20).passes()).isTrue();
    }

    @Test
    void its_policy_is_a_quota_in_the_time_that_fills_it() {
        assertThat(rates.policy()).isEqualTo("\"app\";q=20;w=2");
    }
}
