package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.Hierarchy;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchJudgeTest {

    private static final long SEED = 20261127;

    @Test
    void events_that_come_together_are_judged_as_each_alone() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        var planted = new Planted(SEED);
        int kept = 0;
        for (int p = 0; p < 100; p++) {
            var policy = CompiledPolicy.of(planted.policy(), Contract.KEY);
            var circumstances = Contract.Case.circumstances(planted.given());
            var batch = policy.batch(circumstances);
            var before = new ArrayList<ObjectNode>();
            for (int i = 0; i < 20; i++) {
                var event = planted.event().event();
                if (!before.isEmpty() && random.nextInt(3) > 0) {
                    // As a browser's events do, most happen on the page of the one before.
                    var shared = before.get(random.nextInt(before.size()));
                    event.set("page", shared.get("page"));
                    event.set("session", shared.get("session"));
                }
                before.add(event);

                var alone = policy.judge(Wire.event(event), circumstances);

                assertThat(batch.judge(Wire.event(event))).as("%s", event).isEqualTo(alone);
                kept += alone instanceof Verdict.Dropped ? 0 : 1;
            }
        }
        assertThat(kept).isGreaterThan(500);
    }

    @Test
    void elements_that_events_have_in_common_are_judged_as_in_each_alone() {
        System.out.println("seed " + (SEED + 1));
        var random = new Random(SEED + 1);
        var planted = new Planted(SEED + 1);
        int kept = 0;
        for (int p = 0; p < 100; p++) {
            var policy = CompiledPolicy.of(planted.policy(), Contract.KEY);
            var circumstances = Contract.Case.circumstances(planted.given());
            var batch = policy.batch(circumstances);
            var elements = new ArrayList<Element>();
            for (int i = 0; i < 20; i++) {
                var event = Wire.event(planted.event().event());
                elements.addAll(event.hierarchy().elements());
                var path = new ArrayList<Element>();
                for (int depth = random.nextInt(5); depth > 0 && !elements.isEmpty(); depth--) {
                    path.add(elements.get(random.nextInt(elements.size())));
                }
                var other = new Event(
                        event.type(),
                        event.name(),
                        event.text(),
                        event.href(),
                        new Hierarchy(path),
                        event.properties(),
                        event.identity(),
                        event.page(),
                        event.session());

                var alone = policy.judge(other, circumstances);

                assertThat(batch.judge(other)).as("%s", other).isEqualTo(alone);
                kept += alone instanceof Verdict.Dropped ? 0 : 1;
            }
        }
        assertThat(kept).isGreaterThan(300);
    }

    @Test
    void a_handle_is_the_same_however_often_it_is_asked_for() {
        var policy = CompiledPolicy.of(PolicyDocument.balanced(), Contract.KEY);
        var batch = policy.batch(new Circumstances(Circumstances.Consent.GRANTED, false));
        for (int i = 0; i < 300; i++) {
            var sent = i % 3 == 0 ? "4b825dc642cb6eb9a060e54bf8d69288" : "user-" + i % 150;

            assertThat(batch.handle(sent)).isEqualTo(policy.handle(sent));
        }
    }
}
