package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The detectors that read character by character find what the browser's expressions find, and change texts alike. */
class OneWalkTest {

    private static final long SEED = 20261127;

    private static final ParameterNames PARAMETERS =
            new ParameterNames(new Json(Map.of("mode", "block", "names", List.of("token", "tok*", "a", "1", "ssn"))));

    @Test
    void one_walk_finds_what_the_expressions_find() {
        System.out.println("seed " + SEED);
        var mixtures = new Mixtures(SEED);
        var rules = Detectors.SHARED.stream()
                .map(name -> TextRule.detector(name, Action.MASK))
                .toList();
        var fast = Scrubber.of(rules, PARAMETERS);
        var naive = NaiveScrubber.of(rules, PARAMETERS);
        int hits = 0;
        for (int i = 0; i < 40_000; i++) {
            var text = mixtures.text();
            var key = mixtures.key();

            var expected = naive.scrub(text, key);

            assertThat(fast.scrub(text, key)).as("%s under %s", text, key).isEqualTo(expected);
            hits += expected.hits().size();
        }
        assertThat(hits).isGreaterThan(8_000);
    }

    @Test
    void one_detector_alone_finds_what_its_expression_finds() {
        System.out.println("seed " + (SEED + 1));
        var mixtures = new Mixtures(SEED + 1);
        for (var detector : Detectors.SHARED) {
            var rules = List.of(TextRule.detector(detector, Action.DROP));
            var fast = Scrubber.of(rules);
            var naive = NaiveScrubber.of(rules);
            int hits = 0;
            for (int i = 0; i < 8_000; i++) {
                var text = mixtures.text();
                var key = mixtures.key();

                var expected = naive.scrub(text, key);

                assertThat(fast.scrub(text, key))
                        .as("%s in %s under %s", detector, text, key)
                        .isEqualTo(expected);
                hits += expected.hits().size();
            }
            assertThat(hits).as(detector).isPositive();
        }
    }

    @Test
    void words_are_read_as_their_expressions_read_them() {
        System.out.println("seed " + (SEED + 2));
        var mixtures = new Mixtures(SEED + 2);
        var lists =
                List.of(Expressions.PHONE_WORDS, Expressions.DOB_WORDS, Expressions.SSN_WORDS, Expressions.PHONE_NOT);
        for (var list : lists) {
            var read = new Words(0, list);
            var naive = new NaiveWords(list);
            for (int i = 0; i < 5_000; i++) {
                var text = mixtures.text() + mixtures.key() + " ".repeat(i % 9);

                assertThat(read.justBefore(text, 0, text.length())).as(text).isEqualTo(naive.justBefore(text));
                assertThat(read.in(text)).as(text).isEqualTo(naive.in(text));
            }
        }
    }

    @Test
    void folding_is_what_the_expressions_say_for_every_character() {
        var differing = new ArrayList<String>();
        for (int c = 0; c < 0x10000; c++) {
            var text = "a" + (char) c + "b";
            if (!Folding.fold(text).equals(NaiveScrubber.fold(text))) {
                differing.add(Integer.toHexString(c));
            }
        }

        assertThat(differing).isEmpty();
    }

    @Test
    void references_and_escapes_are_decoded_as_their_expression_says() {
        System.out.println("seed " + (SEED + 3));
        var random = new Random(SEED + 3);
        var pieces = List.of(
                "&#", "&", "#", "x", "X", "0", "00", "4", "64", "7f", "999", ";", "\\", "%", "u00", "u", "n", "r", "t",
                "a", "F", "%41", "%25", " ");
        int changed = 0;
        for (int i = 0; i < 40_000; i++) {
            var text = new StringBuilder();
            for (int parts = random.nextInt(14); parts >= 0; parts--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            var given = text.toString();

            var decoded = Decoding.decode(given);

            assertThat(decoded).as(given).isEqualTo(NaiveScrubber.decode(given));
            changed += decoded.equals(given) ? 0 : 1;
        }
        assertThat(changed).isGreaterThan(8_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1",
                "1.",
                "0 ",
                "1-",
                "01 ",
                "01-",
                "(1) ",
                "+1 ",
                "+1(",
                "a@",
                "@",
                "a@b.",
                "eyJ",
                "eyJ.",
                "sk-",
                "sk-1",
                "1111 ",
                "4111 ",
                "DE89 ",
                "AB12",
                "a:",
                "1:",
                ":",
                "::",
                "born 1 ",
                "call 1.",
                "123-",
                "123-456-",
                "555 ",
                "\"a\"@",
                "00 1",
                "bearer ",
                "-----BEGIN ",
                "a1:",
                "1x",
                "1 ext"
            })
    void repeated_pieces_are_read_alike(String piece) {
        var rules = Detectors.SHARED.stream()
                .map(name -> TextRule.detector(name, Action.MASK))
                .toList();
        var text = piece.repeat(300 / piece.length()) + " 7 b";

        for (var key : List.of("", "phone", "dob", "ssn")) {
            assertThat(Scrubber.of(rules).scrub(text, key))
                    .as(key)
                    .isEqualTo(NaiveScrubber.of(rules).scrub(text, key));
        }
    }
}
