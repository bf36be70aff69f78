package dev.weir.policy;

import dev.weir.policy.Proofs.Judged;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a change of what is expected tightens, and what other changes mean for what is expected. Never looks at events. */
record SchemaProofs(List<Map<?, ?>> before, List<Map<?, ?>> after) {

    private static final String EXPECTED =
            "A schema expects a property of this name: what a rule takes or changes is not asked for any more.";

    private static final Judged ENTAILED =
            new Judged(Direction.NEUTRAL, "Another schema of this property asks for as much.");
    private static final Judged MORE = new Judged(Direction.TIGHTENING, "More events are set aside.");
    private static final Judged LESS = new Judged(Direction.BOTH, "Events may be kept that were set aside.");

    /** More that is expected sets more aside, and keeps nothing. */
    Judged judged(Comparison.Step step) {
        boolean known = isEntailed(step.after(), before);
        if (!isEntailed(step.before(), after)) {
            return LESS;
        }
        return known ? ENTAILED : MORE;
    }

    /** Of a rule for properties that is new, or says something else, about a property that is expected. */
    Optional<Judged> bearing(Comparison.Step step) {
        if (!(step.after() instanceof Map<?, ?> now) || now.equals(step.before())) {
            return Optional.empty();
        }
        var name = new NamePattern(String.valueOf(now.get("name")));
        return before.stream().anyMatch(expected -> name.fits(String.valueOf(expected.get("property"))))
                ? Optional.of(new Judged(Direction.BOTH, EXPECTED))
                : Optional.empty();
    }

    /** Whether one of the rules asks for all that this one asks for; no rule asks for nothing. */
    private static boolean isEntailed(@Nullable Object rule, List<Map<?, ?>> rules) {
        return !(rule instanceof Map<?, ?> asked)
                || rules.stream()
                        .anyMatch(other -> RuleChange.about(other).equals(RuleChange.about(asked))
                                && (Schemas.ANY.equals(asked.get("type"))
                                        || Objects.equals(other.get("type"), asked.get("type")))
                                && (Boolean.TRUE.equals(other.get("required"))
                                        || Boolean.FALSE.equals(asked.get("required"))));
    }
}
