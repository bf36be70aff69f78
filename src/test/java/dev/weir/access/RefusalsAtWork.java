package dev.weir.access;

import io.quarkus.arc.Arc;

/** What was refused is told within a minute; a test that looks for it has it told at once. */
public final class RefusalsAtWork {

    private RefusalsAtWork() {}

    public static void tell() {
        Arc.container().instance(Refusals.class).get().tell();
    }
}
