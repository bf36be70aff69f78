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

    /** The collector: capture, delivery, the interface for pages, and the policy's engine. */
    private static final int COLLECTOR = 7 * 1024;

    /** Everything that every page loads, before its policy: the collector and what recognises personal data in texts. */
    private static final int SCRIPT = 10_700;

    @Test
    void the_collector_with_its_engine_has_at_most_seven_kilobytes() throws IOException {
        var compressed = gzip9(CollectorBundle.part("collector"));

        System.out.println("collector: " + compressed + " bytes gzip -9");
        assertThat(compressed).isLessThanOrEqualTo(COLLECTOR);
    }

    @Test
    void the_collector_and_its_detectors_do_not_grow_unnoticed() throws IOException {
        var compressed = gzip9(CollectorBundle.governed());

        System.out.println("collector and detectors: " + compressed + " bytes gzip -9");
        assertThat(compressed).isLessThanOrEqualTo(SCRIPT);
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
