package dev.weir.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been done to one event so far, each thing once, in order. Belongs to one judgement and one thread. */
final class Findings {

    /** Null as long as there is none, as in most events. */
    private @Nullable Set<Finding> findings;

    private @Nullable Reason quarantine;

    void add(Reason reason, String field, String rule) {
        if (findings == null) {
            findings = new LinkedHashSet<>();
        }
        findings.add(new Finding(reason, field, rule));
        if (quarantine == null && reason.effect() == Reason.Effect.QUARANTINED) {
            quarantine = reason;
        }
    }

    void addAll(List<Finding> others) {
        for (int i = 0; i < others.size(); i++) {
            var one = others.get(i);
            add(one.reason(), one.field(), one.rule());
        }
    }

    /** The first reason to set the event aside, if there was one. */
    @Nullable
    Reason quarantine() {
        return quarantine;
    }

    List<Finding> list() {
        return findings == null ? List.of() : List.copyOf(findings);
    }
}
