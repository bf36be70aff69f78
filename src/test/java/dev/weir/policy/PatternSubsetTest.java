package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSubsetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EMP-\\d{6}",
                "(?:kunde|customer)\\s?#?\\d{4,10}",
                "\\bproject [a-z]+\\b",
                "[A-Z]{2}\\d{2}[ -]?\\d{4}",
                "\\w+@corp",
                "^secret: .+",
                "(?:\\d{3}-){2}\\d{4}",
                "(?:[a-z]{1,8}-)+x",
                "a{2}b{1,3}?c+?",
                "Straße",
                "[^\\s,;]{5}",
                "\\d+\\s*-\\s*\\d+",
                "[Y-b]",
            })
    void what_means_the_same_everywhere_is_accepted(String pattern) {
        assertThat(PatternSubset.check(pattern)).isEmpty();
        assertThat(PatternSubset.compile(pattern)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "a(?=b) § 1",
                "a(?!b) § 1",
                "(?<=a)b § 0",
                "(?<name>a) § 0",
                "(?i)a § 0",
                "(a)\\1 § 3",
                "\\p{L} § 0",
                "\\x41 § 0",
                "a\\t § 1",
                "a** § 2",
                "a++ § 2",
                "+a § 0",
                "a{101} § 2",
                "a{3,2} § 1",
                "a{0} § 1",
                "a{ § 1",
                "a} § 1",
                "a] § 1",
                "(a § 0",
                "a) § 1",
                "[a § 0",
                "[] § 0",
                "[z-a] § 1",
                "[\\d-z] § 1",
                "[[a]] § 1",
                "[é] § 1",
                "[\\b] § 1",
                "a* § 0",
                "a|b* § 0",
                "^ § 0",
                "(a*)+ § 4",
                "(a+)+ § 4",
                "(a|a)*b § 5",
                "(a|ab)+c § 6",
                "(a?)+ § 4",
                "(?:a+){3} § 6",
                "(?:a{1,9}){20}b § 10",
                "x.*y.*z § 4",
                "\\b+ § 2",
                "a\\ § 1",
            })
    void anything_else_is_refused_where_it_stands(String pattern, int position) {
        assertThat(PatternSubset.check(pattern).map(PatternSubset.Fault::position))
                .contains(position);
    }

    @Test
    void size_is_limited() {
        assertThat(PatternSubset.check("")).isPresent();
        assertThat(PatternSubset.check("a".repeat(200))).isEmpty();
        assertThat(PatternSubset.check("a".repeat(201)).map(PatternSubset.Fault::position))
                .contains(200);
        assertThat(PatternSubset.check("((a{100}){100}){100}")).isPresent();
        assertThat(PatternSubset.check("(".repeat(100) + "a" + ")".repeat(100))).isPresent();
    }

    @Test
    void a_refusal_never_quotes_the_pattern() {
        assertThat(PatternSubset.check("hunter2(?=x)").orElseThrow().message()).doesNotContain("hunter2");
    }

    @Test
    void no_ascii_letter_matches_a_character_that_only_folds_to_it() {
        assertThat(PatternSubset.compile("k").matcher("\u212a").find()).isFalse();
        assertThat(PatternSubset.compile("s").matcher("\u017f").find()).isFalse();
        assertThat(PatternSubset.compile("k").matcher("K").find()).isTrue();
    }
}
