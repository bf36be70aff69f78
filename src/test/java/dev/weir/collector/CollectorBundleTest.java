package dev.weir.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What every visitor of every page pays for, and what the script must not be able to do. */
class CollectorBundleTest {

    /** What has been reached, for the collector with its engine and all detectors, before its policy: docs/decisions/0008. */
    private static final int REACHED = 10_032;

    /** Java packs with the machine's zlib, and not all of them pack alike. */
    private static final int ANOTHER_ZLIB = 40;

    @Test
    void the_script_does_not_grow_unnoticed() throws IOException {
        var compressed = gzip9(CollectorBundle.governed());

        System.out.println("collector with engine and detectors: " + compressed + " bytes gzip -9");
        assertThat(compressed).isLessThanOrEqualTo(REACHED + ANOTHER_ZLIB);
    }

    @Test
    void it_runs_no_text_as_code_and_writes_no_markup() {
        assertThat(CollectorBundle.governed())
                .doesNotContainPattern("\\beval\\b")
                .doesNotContainPattern("\\bFunction\\(")
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write");
    }

    @Test
    void it_has_no_code_that_reads_a_field() {
        assertThat(CollectorBundle.governed())
                .doesNotContainPattern(
                        "\\.(value|files|checked|selectedIndex|selectedOptions|innerText|textContent)\\b")
                .doesNotContain("FormData", "valueAsNumber", "defaultValue");
    }

    private static int gzip9(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.size();
    }
}
