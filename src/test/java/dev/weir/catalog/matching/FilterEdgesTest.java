package dev.weir.catalog.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What docs/limits.md says of a filter: read just as large as it says, and not a bit larger. */
class FilterEdgesTest {

    private static final String CONDITION = "text equals \"a\"";

    @Test
    void a_filter_has_4000_characters() {
        assertThat(read(CONDITION + " ".repeat(4000 - CONDITION.length()))).isEmpty();
        assertThat(read(CONDITION + " ".repeat(4001 - CONDITION.length()))).contains("at most 4000 characters");
    }

    @Test
    void a_value_has_1000_characters() {
        assertThat(read("text equals \"" + "v".repeat(1000) + "\"")).isEmpty();
        assertThat(read("text equals \"" + "v".repeat(1001) + "\"")).contains("at most 1000 characters");
    }

    @Test
    void it_has_50_conditions() {
        assertThat(read(conditions(50))).isEmpty();
        assertThat(read(conditions(51))).contains("at most 50 conditions");
    }

    private static String conditions(int number) {
        return IntStream.range(0, number).mapToObj(i -> CONDITION).collect(Collectors.joining(" or "));
    }

    @Test
    void brackets_stand_within_20_brackets() {
        assertThat(read("(".repeat(20) + CONDITION + ")".repeat(20))).isEmpty();
        assertThat(read("(".repeat(21) + CONDITION + ")".repeat(21))).isNotEmpty();
    }

    /** Why it can't be read; empty where it can. */
    private static String read(String text) {
        return Filter.parse(text).match(valid -> "", Filter.Refused::message);
    }
}
