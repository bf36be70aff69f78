package dev.weir.privacy;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Finding;
import java.util.List;

/** What the bench shows. Lives for one answer. */
record BenchView(
        EnvironmentKey environment,
        String environmentName,
        Draft draft,
        long inForce,
        boolean changed,
        String policy,
        String kind,
        String selector,
        String consent,
        boolean gpc,
        String text,
        String error,
        List<Result> results,
        int more) {

    /** One event, judged. {@code after} is empty when nothing of it would be stored. */
    record Result(String title, String outcome, String why, String before, String after, List<Step> steps) {

        public String tone() {
            return switch (outcome) {
                case "kept" -> "ok";
                case "redacted" -> "info";
                case "quarantined" -> "warn";
                default -> "bad";
            };
        }
    }

    /** One thing that was done. {@code page} is empty where no rule decides. */
    record Step(String field, String what, String rule, String page) {

        public static Step of(EnvironmentKey environment, Finding finding) {
            return new Step(
                    ReasonWords.field(finding.field()),
                    ReasonWords.of(finding.reason()),
                    finding.rule(),
                    ReasonWords.page(environment, finding.rule()).orElse(""));
        }
    }

    /** Something to begin with. */
    record Example(String name, String title, String kind, String text) {}

    public List<Example> examples() {
        return BenchExamples.ALL;
    }

    public boolean is(String wanted) {
        return kind.equals(wanted);
    }
}
