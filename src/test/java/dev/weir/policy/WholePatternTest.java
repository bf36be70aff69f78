package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholePatternTest {

    @ParameterizedTest
    @CsvSource({
        "[a-z]+_[a-z]+, cart_emptied, true",
        "[a-z]+_[a-z]+, Cart_Emptied, false",
        "[a-z]+_[a-z]+, the cart_emptied, false",
        "Cart .+, Cart Emptied, true",
        "Cart .+, cart emptied, false",
        "^Cart .+$, Cart Emptied, true",
        "[^a-z]+, ABC, true",
        "[^a-z]+, ABc, false",
        "É.+, Élan, true",
        "É.+, élan, false",
        "x(?:a|A)b, xAb, true",
    })
    void the_whole_name_has_to_match_and_the_case_of_its_letters_counts(String pattern, String name, boolean fits) {
        assertThat(WholePattern.fault(pattern)).isEmpty();
        assertThat(WholePattern.of(pattern).fits(name)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {"a(?=b) § 2", "(a+)+ § 5", "a** § 3", "(a § 1", "\\p{L} § 1", "[^a]*canary** § 13"})
    void what_is_outside_of_the_subset_is_refused_with_its_position_and_not_quoted(String pattern, int position) {
        assertThat(WholePattern.fault(pattern).orElseThrow())
                .startsWith("At character " + position + ": ")
                .doesNotContain("canary");
    }

    @Test
    void a_character_beyond_two_bytes_is_one_that_a_dot_takes_as_two() {
        assertThat(WholePattern.of("a.{2}b").fits("a\ud83d\ude00b")).isTrue();
    }
}
