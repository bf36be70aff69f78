package dev.weir.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been done to one event so far, each thing once, in order. Belongs to one judgement and one thread. */
final class Findings {

    private final Set<Finding> findings = new LinkedHashSet<>(4);
    private @Nullable Reason quarantine;

    void add(Reason reason, String field, String rule) {
        findings.add(new Finding(reason, field, rule));
        if (quarantine == null && reason.effect() == Reason.Effect.QUARANTINED) {
            quarantine = reason;
        }
    }

    void add(Finding finding) {
        add(finding.reason(), finding.field(), finding.rule());
    }

    /** The first reason to set the event aside, if there was one. */
    @Nullable
    Reason quarantine() {
        return quarantine;
    }

    List<Finding> list() {
        return List.copyOf(findings);
    }
}
