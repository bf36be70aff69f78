package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {

    private static final long SEED = 20261127;

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "-19.99, -19.99",
        "123456789.25, 123456789.25",
        "0.000001, 0.000001",
        "1e-7, 1e-7",
        "1e21, 1e+21",
        "1e300, 1e+300",
        "2.0, 2",
        "2E-3, 0.002",
        "5e-324, 5e-324",
        "0.30000000000000004, 0.30000000000000004",
        "9007199254740993.0, 9007199254740992",
        "999999999999999.9, 999999999999999.9",
    })
    void numbers_are_written_as_javascript_writes_them(double number, String written) {
        assertThat(Numerals.text(number)).isEqualTo(written);
    }

    @Test
    void what_is_written_reads_back_and_nothing_shorter_does() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            double number = i % 2 == 0
                    ? Math.round(random.nextDouble() * 1e9) / Math.pow(10, random.nextInt(9))
                    : random.nextGaussian() * Math.pow(10, random.nextInt(-9, 16));

            var written = String.valueOf(Numerals.text(number));

            assertThat(Double.parseDouble(written)).isEqualTo(number);
            int digits = new BigDecimal(written).stripTrailingZeros().precision();
            if (digits > 1) {
                var shorter = new BigDecimal(number).round(new java.math.MathContext(digits - 1));
                assertThat(shorter.doubleValue()).as(written).isNotEqualTo(number);
            }
        }
    }
}
