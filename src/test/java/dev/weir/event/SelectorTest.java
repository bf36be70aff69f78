package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a selector may say, where it is refused, and how it is spelled. Its meaning is SelectorOracleTest's business. */
class SelectorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "a + b ¦ 2",
                "a ~ b ¦ 2",
                "a:has(b) ¦ 1",
                "a:last-child ¦ 1",
                "a:first-child ¦ 1",
                "a:hover ¦ 1",
                "a::before ¦ 1",
                "a:not(.b.c) ¦ 8",
                "a:not(.b, .c) ¦ 8",
                "a:not(:not(b)) ¦ 6",
                "a:not ¦ 1",
                "a:is(b) ¦ 1",
                "a:nth-child(2n) ¦ 13",
                "a:nth-child(odd) ¦ 12",
                "a:nth-child(0) ¦ 12",
                "a:nth-last-child(1) ¦ 1",
                "svg|a ¦ 3",
                "*|a ¦ 1",
                "[a|=b] ¦ 2",
                "[a=b ¦ 4",
                "[a='b] ¦ 3",
                "[a=1] ¦ 3",
                "[a=b s] ¦ 5",
                "[a] b c ] ¦ 8",
                "#1 ¦ 1",
                ".1 ¦ 1",
                "a,, b ¦ 2",
                "a > > b ¦ 4",
                "a > ¦ 3",
                "> a ¦ 0",
                "a, ¦ 2",
                "a /* x */ b ¦ 2",
                "[class] ¦ 0",
                "[class=a] ¦ 0",
                "[id] ¦ 0",
                "a{} ¦ 1",
                "& a ¦ 0",
                "a \\ ¦ 2",
            })
    void what_cannot_be_decided_is_refused_with_its_position(String text, int position) {
        var refused = Selector.parse(text)
                .<Selector.Refused>match(
                        selector -> {
                            throw new AssertionError("accepted as " + selector);
                        },
                        error -> error);

        assertThat(refused.position()).as(refused.message()).isEqualTo(position);
        assertThat(refused.message()).isNotBlank();
    }

    @Test
    void nothing_is_no_selector() {
        for (var text : List.of("", " ", "\n")) {
            assertThat(Selector.parse(text)).isInstanceOf(Selector.Parsed.Invalid.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "*",
                "a.b#c[d=\"e\"]",
                "a > b c, .d",
                "[a=\"b\" i]",
                ":not(a)",
                "li:nth-child(3):nth-of-type(2)",
                "\\31 st",
                ".a\\:b",
                "[a=\"\\\"\"]"
            })
    void a_spelling_is_stable(String text) {
        var spelled = selector(text).toString();

        assertThat(selector(spelled)).isEqualTo(selector(text)).hasToString(spelled);
    }

    @Test
    void white_space_quotes_and_escapes_do_not_make_another_selector() {
        assertThat(selector("  a>b ,[ x = 'y' ] ")).isEqualTo(selector("a > b, [x=\"y\"]"));
        assertThat(selector("\\61")).isEqualTo(selector("a"));
    }

    @Test
    void the_attributes_that_decide_are_known() {
        assertThat(selector("[Data-X] > :not([role=a]), #b[id^=c].d").attributes())
                .containsExactlyInAnyOrder("data-x", "role");
    }

    @Test
    void a_long_hierarchy_and_a_long_selector_cost_no_more_than_their_product() {
        var element = new Element("div", null, List.of("a"), Map.of(), 1, 1, false);
        var deep = new Hierarchy(java.util.Collections.nCopies(10_000, element));
        var long_ = selector(".a ".repeat(31) + ".b");

        assertThat(long_.matched(deep).isEmpty()).isTrue();
        assertThat(selector(".a ".repeat(32)).matches(deep, 0)).isTrue();
    }

    private static Selector selector(String text) {
        return Selector.parse(text).match(selector -> selector, refused -> {
            throw new AssertionError(refused);
        });
    }
}
