package dev.weir.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the vectors that RFC 8785 itself gives. */
class CanonicalJsonTest {

    /** Appendix B: the bits of a number, and how it is written. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbers_are_written_as_ecmascript_writes_them(String bits, String written) {
        assertThat(CanonicalJson.write(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_json_can_not_say_is_refused(double number) {
        assertThatThrownBy(() -> CanonicalJson.write(number)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_double_comes_back_and_in_no_more_digits_than_java_needs() {
        long seed = 8785;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                continue;
            }

            var written = CanonicalJson.write(number);

            assertThat(Double.parseDouble(written))
                    .as("seed %d, %s", seed, written)
                    .isEqualTo(number);
            assertThat(digits(written)).isLessThanOrEqualTo(digits(Double.toString(number)));
        }
    }

    private static int digits(String number) {
        return number.replaceFirst("[eE].*", "")
                .replaceAll("[-.]", "")
                .replaceFirst("^0+", "")
                .replaceFirst("0+$", "")
                .length();
    }

    /** Section 3.2.2. */
    @Test
    void the_example_of_the_rfc() {
        var value = new LinkedHashMap<String, @Nullable Object>();
        value.put("numbers", List.of(333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001));
        value.put("string", "€$" + (char) 0x0F + "\nA'B\"\\\\\"/");
        value.put("literals", Arrays.asList(null, true, false));

        assertThat(CanonicalJson.write(value))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** Section 3.2.3: by UTF-16 code unit, so an emoji comes before U+FB33. */
    @Test
    void keys_are_sorted_by_their_utf_16_code_units() {
        var value = new LinkedHashMap<String, Object>();
        value.put("\u20ac", "Euro Sign");
        value.put("\r", "Carriage Return");
        value.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        value.put("1", "One");
        value.put("\ud83d\ude00", "Emoji: Grinning Face");
        value.put("\u0080", "Control");
        value.put("\u00f6", "Latin Small Letter O With Diaeresis");

        var read = (Map<?, ?>) Objects.requireNonNull(CanonicalJson.read(CanonicalJson.write(value)));

        assertThat(read.values().stream().map(String::valueOf))
                .containsExactly(
                        "Carriage Return",
                        "One",
                        "Control",
                        "Latin Small Letter O With Diaeresis",
                        "Euro Sign",
                        "Emoji: Grinning Face",
                        "Hebrew Letter Dalet With Dagesh");
    }

    @Test
    void half_of_a_surrogate_pair_is_refused() {
        assertThatThrownBy(() -> CanonicalJson.write("\ud83d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write("a\ude00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write(Map.of("\ude00\ud83d", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " {}",
                "{} ",
                "{\"a\": 1}",
                "{\"b\":1,\"a\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "[1 ,2]",
                "{\"a\" :1}",
                "\"\\u0041\"",
                "\"\\/\"",
                "\"\\u000A\"",
                "\"\\u000a\"",
                "\"\\u001F\"",
                "\"\n\"",
                "\"\ud83d\"",
                "\"open",
                "1.0",
                "01",
                "-0",
                "1e3",
                "1E30",
                "9007199254740993",
                "+1",
                "NaN",
                "tru",
                "True",
                "[[]",
                "1 2"
            })
    void any_other_spelling_is_not_read(String text) {
        assertThatThrownBy(() -> CanonicalJson.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not canonical JSON at character ");
    }

    @Test
    void what_is_nested_too_deep_is_not_read() {
        assertThat(CanonicalJson.read("[".repeat(64) + "]".repeat(64))).isNotNull();
        assertThatThrownBy(() -> CanonicalJson.read("[".repeat(65) + "]".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_written_is_read_again() {
        long seed = 4711;
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var value = generated(random, 0);

            assertThat(CanonicalJson.read(CanonicalJson.write(value)))
                    .as("seed %d", seed)
                    .isEqualTo(value);
        }
    }

    private static @Nullable Object generated(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong(-(1L << 53), 1L << 53);
            case 3 -> random.nextGaussian();
            case 4 -> text(random);
            case 5 -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(generated(random, depth + 1));
                }
                yield list;
            }
            default -> {
                var map = new TreeMap<String, @Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), generated(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int bound = List.of(0x20, 0x80, 0x3000, 0x110000).get(random.nextInt(4));
            int point = random.nextInt(bound);
            text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 'x' : point);
        }
        return text.toString();
    }
}
