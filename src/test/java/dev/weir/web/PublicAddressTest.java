package dev.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weir.example.com",
                "https://example.com/weir",
                "https://weir.example.com?a=b",
                "https://weir.example.com\"<script>",
                "ftp://weir.example.com",
                "https://"
            })
    void what_is_no_address_of_a_site_stops_the_start_and_the_setting_is_named(String url) {
        assertThatThrownBy(() -> new PublicAddress(Optional.of(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weir.url");
    }

    @Test
    void a_slash_at_the_end_is_no_path() {
        assertThat(new PublicAddress(Optional.of(" https://weir.example.com:8443/ ")).configured())
                .contains("https://weir.example.com:8443");
    }
}
