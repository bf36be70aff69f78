package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.event.Event;
import dev.weir.kernel.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whatever somebody publishes is refused with its faults, or is a policy that judges and reads the same when it is written out. */
class PolicyDocumentFuzzer {

    private static final Event EVENT =
            Event.custom("Order", Map.of("note", "ann@shop.example", "next", "https://shop.example/a?b=c#d"), "4711");

    @FuzzTest
    void document(byte[] data) {
        var text = new String(data, StandardCharsets.UTF_8);
        canonical(text);
        Object json;
        try {
            json = Wire.plain(Wire.JSON.readTree(text));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return;
        }
        PolicyDocument.parse(Wire.longs(json)).match(PolicyDocumentFuzzer::judges, errors -> {
            assertThat(errors).isNotEmpty();
            return true;
        });
    }

    private static boolean judges(PolicyDocument document) {
        var findings = CompiledPolicy.of(document, Contract.KEY)
                .judge(EVENT, Circumstances.SERVER)
                .findings();
        assertThat(findings).extracting(Finding::reason).doesNotContain(Reason.POLICY_FAILURE);
        var again = PolicyDocument.parse(CanonicalJson.read(document.canonical()));
        assertThat(again.<@Nullable String>match(PolicyDocument::hash, errors -> null))
                .isEqualTo(document.hash());
        return true;
    }

    /** Refuses with one exception; what it takes is written as it was read. */
    private static void canonical(String text) {
        try {
            assertThat(CanonicalJson.write(CanonicalJson.read(text))).isEqualTo(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not canonical JSON");
        }
    }
}
