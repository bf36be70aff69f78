package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting that would break a promise stops the start, and the log names it. */
class RefusedStartIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "weir.store.renew-every, 6s",
        "weir.store.renew-every, 0s",
        "weir.store.renew-every, off",
        "weir.url, https://example.com/weir",
        "weir.planes, everything",
        "weir.store, mongodb",
        "weir.store, kafka",
    })
    void a_node_with_such_a_setting_does_not_start_and_says_which_it_is(String setting, String value)
            throws IOException, InterruptedException {
        try (var weir = Node.start(folder, Map.of(setting, value))) {
            int status = weir.end();

            assertThat(status).isNotZero();
            assertThat(weir.log()).contains(setting).doesNotContain("Listening on");
        }
    }
}
