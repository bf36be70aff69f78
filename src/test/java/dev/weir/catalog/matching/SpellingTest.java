package dev.weir.catalog.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/caf%C3%A9|/café",
                "/caf%c3%a9|/café",
                "/caf%E9|/caf%E9",
                "/%E4%BE%A1%E6%A0%BC|/価格",
                "/%F0%9F%9B%92/x|/🛒/x",
                "/my%20file%2Epdf|/my file.pdf",
                "/a%2Fb%2ac%3f|/a%2Fb%2Ac%3F",
                "/100%|/100%",
                "/100%2|/100%2",
                "/%zz%41|/%zzA",
                "/%C3|/%C3",
                "/%c3x%A9|/%C3x%A9",
                "/%C3%28%C3%A9|/%C3%28é",
                "/%00%0A%7F|/%00%0A%7F",
                "/%C2%85|/%C2%85",
                "/%ED%A0%80|/%ED%A0%80",
                "/%C0%AF|/%C0%AF",
                "/+|/+"
            })
    void an_address_is_read_as_people_write_it(String spelt, String written) {
        assertThat(Spelling.readable(spelt)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 20261127})
    void letters_of_any_language_come_back_from_their_escapes(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            var text = random.ints(8, 0xA0, 0x2FFFF)
                    .filter(point -> Character.isDefined(point) && !Character.isSurrogate((char) point))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

            assertThat(Spelling.readable("/" + URLEncoder.encode(whole, StandardCharsets.UTF_8)))
                    .as("seed %d, text %d", seed, i)
                    .isEqualTo("/" + whole);
        }
    }

    @Test
    void what_a_star_or_a_slash_stands_for_in_a_filter_is_not_brought_in_by_an_escape() {
        var glob = condition("path glob \"/a%2Ab\"");

        assertThat(((Filter.Condition) MatcherVersion.TWO.read(glob)).value()).isEqualTo("/a%2Ab");
        assertThat(MatcherVersion.TWO.read(condition("text equals \"%41\"")))
                .isEqualTo(condition("text equals \"%41\""));
    }

    private static Filter condition(String text) {
        return Filter.parse(text).match(valid -> valid, refused -> {
            throw new AssertionError(refused.message());
        });
    }
}
