package dev.weir.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Shop", " The otter's shop 🦦 ", "Fluß"})
    void what_stands_on_one_line_is_a_name(String name) {
        assertThat(Names.valid(name)).isTrue();
    }

    @Test
    void a_name_has_100_characters() {
        assertThat(Names.valid(" " + "n".repeat(100) + " ")).isTrue();
        assertThat(Names.valid("n".repeat(101))).isFalse();
    }

    /** PostgreSQL can't hold some of them. */
    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"", " ", "a\0b", "a\nb", "a\tb", "a\u0085b", "a\ud83db"})
    void what_does_not_is_none(String name) {
        assertThat(Names.valid(name)).isFalse();
    }
}
