package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every shared case, by the browser's engine in a real Chromium: with its reasons, and as it ships. */
class ContractInChromiumTest {

    @Test
    void the_browser_decides_as_the_cases_say_reasons_and_order_included() {
        var cases = Contract.cases();
        var wrong = new ArrayList<String>();

        try (var engine = new BrowserEngine(true)) {
            var answers = engine.judge(questions(cases));
            for (int i = 0; i < cases.size(); i++) {
                var answer = Wire.normalised(answers.get(i));
                if (!answer.toString().equals(cases.get(i).expected().toString())) {
                    wrong.add(cases.get(i) + "\n  expected " + cases.get(i).expected() + "\n  but was  " + answer);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void the_engine_that_ships_decides_the_same_without_saying_why() {
        var cases = Contract.cases();

        try (var engine = new BrowserEngine(false)) {
            var answers = engine.judge(questions(cases));
            for (int i = 0; i < cases.size(); i++) {
                assertThat(silent(Wire.normalised(answers.get(i))))
                        .as(cases.get(i).toString())
                        .isEqualTo(silent(cases.get(i).expected()));
            }
        }
    }

    private static String silent(ObjectNode answer) {
        var silent = answer.deepCopy();
        silent.remove(List.of("outcome", "reason", "findings"));
        return silent.toString();
    }

    private static List<BrowserEngine.Question> questions(List<Contract.Case> cases) {
        return cases.stream()
                .map(shared -> new BrowserEngine.Question(
                        shared.policy().inPages().canonical(), shared.event(), given(shared.given())))
                .toList();
    }

    private static JsonNode given(JsonNode given) {
        return given.isMissingNode() ? Wire.JSON.createObjectNode() : given;
    }
}
