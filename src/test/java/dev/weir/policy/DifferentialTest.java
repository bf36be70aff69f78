package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both engines on the same generated policies and events: whole answers, reasons and their order included. */
class DifferentialTest {

    private static final long SEED = 42;
    private static final int POLICIES = 120;
    private static final int EVENTS = 50;

    @Test
    void both_engines_decide_generated_events_alike() {
        System.out.println("differential: seed " + SEED);
        var generated = new Generated(SEED);

        compare(
                () -> PolicyDocument.parse(generated.policy())
                        .match(valid -> valid, errors -> PolicyDocument.balanced()),
                generated::event,
                generated::given);
    }

    @Test
    void both_engines_decide_events_full_of_secrets_alike() {
        System.out.println("differential: seed " + SEED);
        var planted = new Planted(SEED);

        // A tag that no element can have is nothing a browser could be asked about.
        compare(
                planted::policy,
                () -> Stream.generate(planted::event)
                        .filter(planting -> planting.plants().stream()
                                .noneMatch(plant -> plant.channel().equals("tag")))
                        .findFirst()
                        .orElseThrow()
                        .event(),
                planted::given);
    }

    @Test
    void both_engines_leave_the_same_of_odd_addresses() {
        System.out.println("differential: seed " + SEED);
        var odd = new OddAddresses(SEED);
        var turn = new AtomicInteger();

        compare(
                () -> OddAddresses.POLICIES.get(turn.getAndIncrement() % OddAddresses.POLICIES.size()),
                () -> Wire.JSON
                        .createObjectNode()
                        .put("type", "pageview")
                        .set("page", Wire.JSON.createObjectNode().put("url", odd.next())),
                Wire.JSON::createObjectNode);
    }

    private static void compare(
            Supplier<PolicyDocument> documents, Supplier<ObjectNode> events, Supplier<ObjectNode> circumstances) {
        var questions = new ArrayList<BrowserEngine.Question>();
        var expected = new ArrayList<String>();
        int kept = 0;
        while (questions.size() < POLICIES * EVENTS) {
            var document = documents.get().inPages();
            var policy = CompiledPolicy.of(document, Contract.KEY);
            for (int i = 0; i < EVENTS; i++) {
                var event = events.get();
                var given = circumstances.get();
                var verdict = policy.judge(Wire.event(event), Contract.Case.circumstances(given));
                kept += verdict instanceof Verdict.Dropped ? 0 : 1;
                questions.add(new BrowserEngine.Question(document.canonical(), event, given));
                expected.add(Wire.json(verdict).toString());
            }
        }
        var wrong = new ArrayList<String>();
        try (var engine = new BrowserEngine(true)) {
            var answers = engine.judge(questions);
            for (int i = 0; i < expected.size(); i++) {
                var answer = Wire.normalised(answers.get(i)).toString();
                if (!answer.equals(expected.get(i)) && wrong.size() < 10) {
                    wrong.add("\n" + questions.get(i).event() + "\n  java    " + expected.get(i) + "\n  browser "
                            + answer + "\n  policy "
                            + questions.get(i).policy().replaceAll("\"names\":\\[[^]]{300,}]", "…"));
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(expected).hasSizeGreaterThanOrEqualTo(5_000);
        assertThat(kept).isGreaterThan(2_000);
        assertThat(expected).noneMatch(answer -> answer.contains("POLICY_FAILURE"));
    }
}
