package dev.weir.snippet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfNoneMatchTest {

    private static final String TAG = "\"abc-1\"";

    @ParameterizedTest
    @ValueSource(strings = {"\"abc-1\"", "W/\"abc-1\"", "\"x\", \"abc-1\"", "\"x\",W/\"abc-1\",\"y\"", "*", " * "})
    void holds_the_tag(String header) {
        assertThat(IfNoneMatch.of(header).holds(TAG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc-1", "\"abc\"", "\"abc-1-gz\"", "\"*\"", "w/", "\"abc-1", "\"x\" *"})
    void does_not_hold_it(String header) {
        assertThat(IfNoneMatch.of(header).holds(TAG)).isFalse();
    }

    @Test
    void an_absent_or_endless_header_holds_nothing() {
        assertThat(IfNoneMatch.of(null).holds(TAG)).isFalse();
        assertThat(IfNoneMatch.of(TAG + "," + "x".repeat(5000)).holds(TAG)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br;q=0.1, GZIP", "*", "identity, *;q=0.5", "deflate,gzip;q=1.0"})
    void gzip_is_accepted(String header) {
        assertThat(Coding.GZIP.accepted(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0", "x-gzips"})
    void gzip_is_not_accepted(String header) {
        assertThat(Coding.GZIP.accepted(header)).isFalse();
    }
}
