package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternIndexTest {

    private static final long SEED = 20261127;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "KD-\\d{6};kd-",
                "\\bacct[ -]?\\d+;acct,acct-,acct ",
                "[ab]c;ac,bc",
                "colou?r;color,colour",
                "(?:red|green)\\d;red,green",
                "\\d+ (?:Street|Road); street, road",
                "x{3}\\d;xxx",
                "(?:ab){1,2};ab",
                "^MRN\\.\\d+$;mrn.",
                "\\d{2}-employee-\\d{3};-employee-",
                "abcdefghijklmnop;abcdefghijkl",
            })
    void what_every_match_holds_is_known(String pattern, String literals) {
        assertThat(PatternSubset.literals(pattern)).isEqualTo(Set.of(literals.split(",")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\d{6}", "[a-z]+\\d", "a?\\d", "(?:ab)?\\d", "abc|\\d{4}", ".\\d", "é\\d", "[^a]\\d", "\\w{3}"})
    void patterns_without_a_literal_are_marked_to_run_always(String pattern) {
        var index = PatternIndex.of(List.of("abc", pattern));

        assertThat(index.always().stream().toArray()).containsExactly(1);
        assertThat(index.occur("nothing of it")).isTrue();
        assertThat(index.occurring("nothing of it").stream().toArray()).containsExactly(1);
    }

    @Test
    void each_pattern_is_found_by_its_own_literal_whatever_the_case() {
        var index = PatternIndex.of(List.of("she", "he", "hers", "his", "us\\d"));

        assertThat(index.occurring("aSHErs").stream().toArray()).containsExactly(0, 1, 2);
        assertThat(index.occurring("h\u00e9 hi us").stream().toArray()).containsExactly(4);
        assertThat(index.occur("nobody")).isFalse();
        assertThat(index.always().isEmpty()).isTrue();
    }

    @Test
    void indexed_patterns_find_what_patterns_one_by_one_find() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        int hits = 0;
        int passed = 0;
        for (int policy = 0; policy < 30; policy++) {
            var rules = rules(random, 1 + random.nextInt(20));
            var indexed = Scrubber.of(rules);
            var naive = NaiveScrubber.of(rules);
            for (int i = 0; i < 40; i++) {
                var text = text(random);

                var expected = naive.scrub(text, null);

                assertThat(indexed.scrub(text, null))
                        .as("%s by %s", text, rules)
                        .isEqualTo(expected);
                hits += expected.hits().size();
                passed += rules.size() - indexed.patterns().occurring(text).cardinality();
            }
        }
        assertThat(hits).isGreaterThan(100);
        assertThat(passed).as("patterns that did not have to run").isGreaterThan(1_000);
    }

    @Test
    void two_hundred_patterns_together_find_what_each_alone_finds() {
        var rules = new ArrayList<TextRule>();
        for (int i = 0; i < 200; i++) {
            rules.add(TextRule.pattern("employee-" + i + "\\d{3}", "p" + i, Action.MASK));
        }
        var text =
                IntStream.range(0, 200).mapToObj(i -> " Employee-" + i + "123").reduce("", String::concat);

        assertThat(Scrubber.of(rules).scrub(text, null))
                .isEqualTo(NaiveScrubber.of(rules).scrub(text, null));
    }

    private static List<TextRule> rules(Random random, int count) {
        var rules = new ArrayList<TextRule>();
        rules.add(TextRule.detector("email", Action.MASK));
        while (rules.size() < count) {
            var pattern = TextAgreementTest.pattern(random, 3);
            if (PatternSubset.check(pattern).isEmpty()) {
                rules.add(TextRule.pattern(
                        pattern, "p" + rules.size(), random.nextInt(9) == 0 ? Action.DROP : Action.MASK));
            }
        }
        return rules;
    }

    private static String text(Random random) {
        var alphabet = List.of(
                "a",
                "b",
                "k",
                "s",
                "S",
                "A",
                "B",
                "1",
                "2",
                "-",
                "_",
                " ",
                "\u00e9",
                "\u00fc",
                "\u212a",
                "\u017f",
                "x",
                "i",
                "/",
                ".",
                "[",
                "]",
                "\\",
                "%61",
                "%2561",
                "\\u0062",
                "\u200b",
                "\ud83d\ude00",
                "@b.co");
        var text = new StringBuilder();
        for (int i = random.nextInt(30); i >= 0; i--) {
            text.append(alphabet.get(random.nextInt(alphabet.size())));
        }
        return text.toString();
    }
}
