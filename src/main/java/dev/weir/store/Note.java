package dev.weir.store;

import dev.weir.policy.Finding;

/** One thing that was done or said about an event, in the words of the policy and of {@link Refusal}; nothing of the event. */
public record Note(String reason, String field, String rule) {

    public static Note of(Finding finding) {
        return new Note(finding.reason().name(), finding.field(), finding.rule());
    }

    public static Note of(Refusal refusal, String field) {
        return new Note(refusal.name(), field, "ingest");
    }
}
