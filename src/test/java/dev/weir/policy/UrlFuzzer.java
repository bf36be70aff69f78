package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whatever stands in an address, a blocked parameter after it does not stay, and what stays is clean for the same rules. */
class UrlFuzzer {

    private static final String VALUE = "zq7kcanary";
    private static final CompiledPolicy POLICY = CompiledPolicy.of(policy(), Contract.KEY);

    private static PolicyDocument policy() {
        var json = new LinkedHashMap<String, @Nullable Object>(
                PolicyDocument.balanced().json());
        json.put(
                "urls",
                Map.of(
                        "fragment",
                        "keep",
                        "identifiers",
                        "keep",
                        "parameters",
                        Map.of("mode", "block", "names", List.of("voucher"))));
        return PolicyDocumentTest.parsed(json);
    }

    @FuzzTest
    void address(byte[] data) {
        var text = new String(data, StandardCharsets.UTF_8);

        var clean = POLICY.address(text).url();
        var planted = POLICY.address(text + (text.contains("?") ? "&" : "?") + "voucher=" + VALUE)
                .url();

        if (clean != null) {
            assertThat(Wording.isClean(clean)).isTrue();
            assertThat(POLICY.address(clean).url()).isEqualTo(clean);
        }
        // A search that watches comparisons soon writes the value somewhere by itself, where nobody forbids it; a host
        // in capitals as well.
        if (planted != null && !read(text).toLowerCase(Locale.ROOT).contains(VALUE)) {
            assertThat(read(planted)).doesNotContain(VALUE);
        }
    }

    private static String read(String text) {
        return Decoding.decode(Decoding.decode(Folding.fold(AddressText.tidy(text))));
    }
}
