package dev.weir.simulation;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One trial of a policy against the one in force. It is about exactly one content on top of exactly one revision.
 *
 * @param request number of the change request that was tried; empty for the draft
 * @param document what was tried
 * @param base the revision it was compared with
 * @param uploaded whether the events came from a file; else they are the recorded ones
 * @param wanted how many events there are to look at
 * @param looked how many have been looked at
 */
public record Simulation(
        String id,
        EnvironmentKey environment,
        Optional<Long> request,
        PolicyDocument document,
        long base,
        boolean uploaded,
        int wanted,
        int looked,
        State state,
        String askedBy,
        Instant askedAt,
        Optional<Instant> endedAt,
        Optional<Effect> effect) {

    /** How far it is. The names are stored: never rename one. */
    public enum State {
        WAITING("info"),
        RUNNING("info"),
        DONE("ok"),
        CANCELLED(""),
        FAILED("bad"),
        /** Weir was stopped while it ran. */
        LOST("warn");

        private final String tone;

        State(String tone) {
            this.tone = tone;
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String tone() {
            return tone;
        }

        public boolean pending() {
            return this == WAITING || this == RUNNING;
        }
    }

    public String hash() {
        return document.hash();
    }

    /** Whether it says something about this content on top of this revision. */
    public boolean about(String hash, long number) {
        return hash().equals(hash) && base == number;
    }
}
