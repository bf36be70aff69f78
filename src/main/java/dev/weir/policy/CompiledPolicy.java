package dev.weir.policy;

import dev.weir.event.Event;

/** A policy in the one shape enforcement can read without thinking: immutable, pure, shared by all threads. Never throws. */
public final class CompiledPolicy {

    private final PolicyDocument document;

    private CompiledPolicy(PolicyDocument document) {
        this.document = document;
    }

    /** {@code hashKey} is the environment's own secret for {@code hash} rules. */
    public static CompiledPolicy of(PolicyDocument document, byte[] hashKey) {
        return new CompiledPolicy(document);
    }

    public PolicyDocument document() {
        return document;
    }

    public Verdict judge(Event event, Circumstances circumstances) {
        return new Verdict.Dropped(Reason.CAPTURE_OFF, java.util.List.of());
    }
}
