package dev.weir.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskedTest {

    @Test
    void a_reason_has_three_to_a_thousand_characters() {
        assertThat(Asked.why(" why ")).isEqualTo("why");
        assertThat(Asked.why("w".repeat(1000))).hasSize(1000);
        assertThat(Asked.why(" no ")).isNull();
        assertThat(Asked.why("w".repeat(1001))).isNull();
        assertThat(Asked.why(null)).isNull();
    }
}
