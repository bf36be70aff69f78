package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.AppId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private static final AppId APP = new AppId("1234567890");

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private final RateLimits rates = new RateLimits(
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
            10,
            20);

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
    void one_app_id_does_not_use_up_anothers() {
        rates.take(APP, 20);

        assertThat(rates.take(new AppId("0987654321"), 20).passes()).isTrue();
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
}
