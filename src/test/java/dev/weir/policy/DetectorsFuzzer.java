package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Whatever stands around personal data, it is found; and what is left is clean for the same detectors. */
class DetectorsFuzzer {

    private static final String EMAIL = "zqmwpt.canary47@kestrel.example";
    private static final String CARD = "4539 1488 0343 6467";
    private static final CompiledPolicy POLICY = CompiledPolicy.of(PolicyDocument.balanced(), Contract.KEY);

    @FuzzTest
    void text(byte[] data) {
        var text = new String(data, StandardCharsets.UTF_8);
        var read = Folding.fold(Wording.clean(text));
        var once = Decoding.decode(read);
        if (Stream.of(read, once, Decoding.decode(once)).anyMatch(DetectorsFuzzer::hasAPart)) {
            return; // A search that watches comparisons writes a part by itself, where it is nobody's.
        }

        for (var plain : List.of(
                text,
                text + "\nmy address: " + EMAIL + " thanks",
                EMAIL + "\n" + text,
                text + "\nmy card: " + CARD + " thanks",
                "card " + CARD + "\n" + text)) {
            var kept = kept(plain);
            assertThat(kept).doesNotContain("canary47").doesNotContain("1488 0343");
            assertThat(kept(kept)).isEqualTo(kept);
        }
    }

    private static boolean hasAPart(String read) {
        return read.contains("canary47") || read.contains("1488 0343");
    }

    private static String kept(String note) {
        var event = Event.custom("Note", Map.of("note", note), null);
        var verdict = POLICY.judge(event, Circumstances.SERVER);
        assertThat(verdict.findings()).extracting(Finding::reason).doesNotContain(Reason.POLICY_FAILURE);
        return String.valueOf(
                Objects.requireNonNull(JudgeLawsTest.kept(verdict)).properties().getOrDefault("note", ""));
    }
}
