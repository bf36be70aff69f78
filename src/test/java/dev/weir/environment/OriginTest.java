package dev.weir.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com, https://shop.example.com",
        "https://shop.example.com/, https://shop.example.com",
        "'  HTTPS://Shop.Example.COM  ', https://shop.example.com",
        "https://shop.example.com:443, https://shop.example.com",
        "http://shop.example.com:80, http://shop.example.com",
        "https://shop.example.com:80, https://shop.example.com:80",
        "http://localhost:8080, http://localhost:8080",
        "http://127.0.0.1:3000, http://127.0.0.1:3000",
        "https://bücher.example, https://xn--bcher-kva.example",
        "http://[::1]:8080, http://[::1]:8080",
    })
    void is_kept_exactly_as_a_browser_sends_it(String typed, String kept) {
        assertThat(Origin.parse(typed).accepted()).contains(new Origin(kept));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "NULL",
                "*",
                "https://*",
                "https://*.example.com",
                "shop.example.com",
                "//shop.example.com",
                "ftp://shop.example.com",
                "file:///etc",
                "javascript://x",
                "https://",
                "https://shop.example.com/cart",
                "https://shop.example.com//",
                "https://shop.example.com?x",
                "https://shop.example.com#x",
                "https://user@shop.example.com",
                "https://shop.example.com:0",
                "https://shop.example.com:65536",
                "https://shop.example.com:",
                "https://shop.example.com:80a",
                "https://shop..example",
                "https://-shop.example",
                "https://shop.example.com https://evil.example",
                "https://shop.example.com,https://evil.example",
                "https://256.1.1.1",
                "https://1.2.3",
                "https://[::1",
                "https://[not]",
                "https://sh\\op.example",
                "https://shop_x.example",
                "https://shop.example.com\u0000",
                "https://a\nb.example",
            })
    void anything_else_is_refused_with_a_reason(String typed) {
        var parsed = Origin.parse(typed);

        assertThat(parsed.accepted()).isEmpty();
        assertThat(parsed.objection()).isNotBlank();
    }
}
