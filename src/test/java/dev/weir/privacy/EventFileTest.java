package dev.weir.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What docs/limits.md says of a file of events to simulate on: read just as large as it says, and not a bit larger. */
class EventFileTest {

    private static final String EVENT = "{\"type\":\"reset\"}\n";

    @Test
    void a_file_has_10_000_events() {
        assertThat(read(EVENT.repeat(10_000)).events()).hasSize(10_000);
        assertThat(read(EVENT.repeat(10_001)).objection()).contains("10000 events");
    }

    @Test
    void a_file_has_2_MiB() {
        var rest = " ".repeat((2 << 20) - EVENT.length());

        assertThat(read(EVENT + rest).events()).hasSize(1);
        assertThat(read(EVENT + rest + " ").objection()).contains("2 MB");
    }

    private static EventFile.Content read(String text) {
        return EventFile.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
