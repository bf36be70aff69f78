package dev.weir.simulation;

import dev.weir.jobs.Job;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One trial of a policy against the one in force. It is about exactly one content on top of exactly one revision.
 *
 * @param id also of its job
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
        WAITING("waiting", "info"),
        RUNNING("running", "info"),
        DONE("done", "ok"),
        CANCELLED("cancelled", ""),
        FAILED("failed", "bad"),
        /** Weir was stopped before its file had been tried: nobody has that any more. */
        LOST("interrupted", "warn");

        private final String words;
        private final String tone;

        State(String words, String tone) {
            this.words = words;
            this.tone = tone;
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String words() {
            return words;
        }

        public String tone() {
            return tone;
        }

        public boolean pending() {
            return this == WAITING || this == RUNNING;
        }
    }

    /** As far as its job is. */
    Simulation at(Job job) {
        return new Simulation(
                id,
                environment,
                request,
                document,
                base,
                uploaded,
                wanted,
                Math.toIntExact(job.done()),
                job.state() == Job.State.RUNNING ? State.RUNNING : State.WAITING,
                askedBy,
                askedAt,
                endedAt,
                effect);
    }

    public String hash() {
        return document.hash();
    }

    /** Whether it says something about this content on top of this revision. */
    public boolean about(String hash, long number) {
        return hash().equals(hash) && base == number;
    }
}
