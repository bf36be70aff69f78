package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shared case, by the server's engine. */
class ContractTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.weir.policy.Contract#cases")
    void the_server_decides_as_the_case_says(Contract.Case shared) {
        var policy = CompiledPolicy.of(shared.policy(), Contract.KEY);

        var verdict = policy.judge(Wire.event(shared.event()), shared.circumstances());

        assertThat(Wire.json(verdict).toPrettyString())
                .as(shared.why())
                .isEqualTo(shared.server().toPrettyString());
    }

    @Test
    void there_are_cases_enough_and_each_says_why() {
        var cases = Contract.cases();

        assertThat(cases).hasSizeGreaterThanOrEqualTo(400);
        assertThat(cases).extracting(Contract.Case::toString).doesNotHaveDuplicates();
        assertThat(cases).extracting(Contract.Case::why).noneMatch(String::isBlank);
        for (var reason : Reason.values()) {
            if (reason != Reason.POLICY_FAILURE) {
                assertThat(cases)
                        .as(reason.name())
                        .anyMatch(shared -> shared.server().toString().contains(reason.name()));
            }
        }
    }
}
