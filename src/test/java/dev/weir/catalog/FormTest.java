package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/limits.md says of a definition: taken just as long as it says, and no character longer. */
class FormTest {

    @Test
    void names_have_100_characters_texts_2000_and_there_are_20_tags_of_32() {
        assertThat(form(100, 2000, tags(20, 32)).read().errors()).isEmpty();
        assertThat(form(101, 2001, tags(1, 1)).read().errors())
                .containsOnlyKeys("name", "category", "description", "context", "owner");
        assertThat(form(1, 1, tags(21, 32)).read().errors()).containsOnlyKeys("tags");
        assertThat(form(1, 1, tags(1, 33)).read().errors()).containsOnlyKeys("tags");
    }

    private static Form form(int name, int text, Stream<String> tags) {
        return new Form(
                        "n".repeat(name),
                        "click",
                        "text equals \"a\"",
                        "c".repeat(name),
                        "",
                        "d".repeat(text),
                        "x".repeat(text),
                        "normal",
                        "team",
                        "o".repeat(name))
                .withTags(tags);
    }

    private static Stream<String> tags(int number, int length) {
        return IntStream.range(0, number).mapToObj(i -> "t".repeat(length - 1) + (char) ('a' + i));
    }
}
