package dev.weir.policy;

import java.util.List;

/** The algebra of policies: which of two is stricter, and the least policy that is as strict as both. Never looks at an event. */
public final class Strictness {

    /** The order in which the detectors run, whatever order a policy names them in. */
    public static final List<String> PASSES =
            List.of("jwt", "apikey", "email", "iban", "card", "ssn", "dob", "ipv6", "ipv4", "phone", "phone-national");

    private Strictness() {}

    /**
     * A policy that allows nothing which one of the two forbids. Commutative, associative and idempotent; invalid where no document
     * can say what both ask for. docs/policy-language.md has the table, and what it can't promise.
     */
    public static PolicyDocument.Parsed stricter(PolicyDocument one, PolicyDocument other) {
        return one.canonical().equals(other.canonical())
                ? new PolicyDocument.Parsed.Valid(one)
                : new Joined(one, other).parsed();
    }

    /** What changes from one policy to another, rule by rule, each with its direction. docs/releases.md has the proofs. */
    public static List<RuleChange> classify(PolicyDocument before, PolicyDocument after) {
        var forward = new Proofs(before, after);
        var backward = new Proofs(after, before);
        return Comparison.steps(before, after).stream()
                .map(step -> {
                    var judged = forward.judged(step);
                    boolean wayBack = judged.direction() == Direction.BOTH
                            && backward.judged(step.reversed()).direction() == Direction.TIGHTENING;
                    return new RuleChange(
                            step.path(),
                            step.from(),
                            step.to(),
                            step.before(),
                            step.after(),
                            wayBack ? Direction.LOOSENING : judged.direction(),
                            judged.why());
                })
                .toList();
    }
}
