package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampsTest {

    private static final long SEED = 20261127;
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    /** With Z a time is read by hand, with another spelling of the same zone by the platform. */
    @Test
    void the_usual_spelling_is_read_as_the_platform_reads_the_others() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = String.format(
                    Locale.ROOT,
                    "%04d-%02d-%02dT%02d:%02d:%02d%s",
                    random.nextInt(1960, 2100),
                    random.nextInt(14),
                    random.nextInt(33),
                    random.nextInt(25),
                    random.nextInt(61),
                    random.nextInt(61),
                    random.nextBoolean() ? "" : String.format(Locale.ROOT, ".%03d", random.nextInt(1000)));

            var read = of(text + "Z");

            assertThat(read).as(text).isEqualTo(of(text + "+00:00"));
            good += read.isPresent() ? 1 : 0;
        }
        assertThat(good).isGreaterThan(10_000);
    }

    private static Optional<Instant> of(String text) {
        return Timestamps.of(text, NOW);
    }
}
