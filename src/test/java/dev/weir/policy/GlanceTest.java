package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is left at a glance, every expression would leave. */
class GlanceTest {

    private static final long SEED = 20261128;

    /** What nearly makes a find, and what makes one together with others. */
    private static final List<String> PIECES = List.of(
            "a",
            "s",
            "i",
            "c",
            "asic ",
            "Basic ",
            "bAsIc dXNlcjpwYXNz",
            "Bearer ",
            "bearer a.b.c.d.e.f.g.h.i",
            "B",
            "b",
            "-----",
            "-----BEGIN PRIVATE KEY-----",
            "J",
            "ey",
            "eyJ",
            "0",
            "7",
            "42",
            "301",
            "1999",
            "12345",
            "born ",
            "dob ",
            "d.o.b",
            ":",
            "::",
            "fe80",
            "DE89",
            "DE8",
            "AKIA",
            "SK",
            "sk-",
            "SG.",
            "AIza",
            "ABCDEFGHIJKLMNOP",
            "shipping-and-",
            " size 40",
            "item_0_name",
            " ",
            " ",
            ".",
            "-",
            "_",
            "/",
            "(",
            "+",
            "[email]",
            "token=",
            "\"",
            "@",
            "%41",
            "&#6",
            "\\n",
            "\u00e9",
            "\u00a0",
            "\u0000",
            "case-a",
            "CASE-",
            "case-a7",
            "x1y",
            "Nov ",
            "st",
            "p-4 ",
            "red");

    private static final List<String> KEYS = List.of("", "plan", "birthday", "B", "phone", "ssn");

    @Test
    void what_is_left_at_a_glance_is_left_by_every_expression() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        var parameters = new ParameterNames(new Json(Map.of("mode", "block", "names", List.of("token"))));
        var detectors = Detectors.SHARED.stream()
                .map(name -> TextRule.detector(name, Action.MASK))
                .toList();
        var rules = new ArrayList<>(detectors);
        rules.add(TextRule.national(List.of("DE", "US"), Action.MASK));
        var patterns = new ArrayList<>(detectors);
        patterns.add(TextRule.pattern("case-[a-z]\\d", "case", Action.MASK));
        patterns.add(TextRule.pattern("x\\dy", "short", Action.MASK));
        patterns.add(TextRule.pattern("shipping", "word", Action.MASK));
        int left = 0;
        for (var some : List.of(detectors, rules, patterns)) {
            var fast = Scrubber.of(some, parameters);
            var naive = NaiveScrubber.of(some, parameters);
            for (int i = 0; i < 10_000; i++) {
                var text = text(random);
                var key = KEYS.get(random.nextInt(KEYS.size()));
                if (fast.leaves(text, key)) {
                    left++;

                    assertThat(naive.scrub(text, key))
                            .as("%s under %s", text, key)
                            .isEqualTo(Scrubbed.clean(text));
                }
            }
        }
        assertThat(left).isGreaterThan(3_000);
    }

    @Test
    void words_and_a_few_digits_are_left_at_a_glance() {
        var scrubber = Scrubber.of(
                List.of(TextRule.detector("phone", Action.MASK), TextRule.pattern("case-\\d{6}", "case", Action.MASK)));

        assertThat(List.of("Add shoe number 7 to the cart", "item_0_name", "Free shipping, returns in 30 days", "p-4"))
                .allMatch(text -> scrubber.leaves(text, "plan"));
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int parts = random.nextInt(7); parts >= 0; parts--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
