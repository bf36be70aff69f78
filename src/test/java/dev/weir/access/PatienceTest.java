package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "4, 0", "5, 1", "6, 2", "7, 4", "10, 32", "14, 512", "15, 900", "16, 900", "1000000, 900"})
    void the_wait_doubles_up_to_a_quarter_of_an_hour(int failures, long seconds) {
        assertThat(Patience.wait(failures, 5)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
