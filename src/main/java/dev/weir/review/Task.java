package dev.weir.review;

import dev.weir.changelog.Thing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * What one person looks at.
 *
 * @param due the last day of its cycle, in UTC
 * @param closed whether its cycle is
 * @param evidence SHA-256 of the evidence
 * @param version changes with everything that is done to it, also with the evidence
 */
public record Task(
        long cycle,
        long number,
        Portion portion,
        Someone owner,
        String evidence,
        Instant gatheredAt,
        State state,
        Optional<Signature> signature,
        Optional<Act> counterSigned,
        Optional<Return> returned,
        LocalDate due,
        boolean closed,
        long version) {

    /** How far it is. The names are stored: never rename one. */
    public enum State {
        OPEN("open", "waits for its owner", ""),
        SIGNED("signed", "waits for an Auditor", "info"),
        COUNTERSIGNED("counter-signed", "counter-signed", "ok");

        private final String id;
        private final String words;
        private final String tone;

        State(String id, String words, String tone) {
            this.id = id;
            this.words = words;
            this.tone = tone;
        }

        public String id() {
            return id;
        }

        public String words() {
            return words;
        }

        public String tone() {
            return tone;
        }

        static State of(String id) {
            return Arrays.stream(values())
                    .filter(state -> state.id.equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a task is in no such state"));
        }
    }

    /** What its owner says. The names are stored: never rename one. */
    public enum Outcome {
        IN_ORDER("in-order", "in order", "ok"),
        NEEDS_WORK("needs-work", "needs work", "warn");

        private final String id;
        private final String words;
        private final String tone;

        Outcome(String id, String words, String tone) {
            this.id = id;
            this.words = words;
            this.tone = tone;
        }

        public String id() {
            return id;
        }

        public String words() {
            return words;
        }

        public String tone() {
            return tone;
        }

        public static Optional<Outcome> of(String id) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.id.equals(id))
                    .findFirst();
        }
    }

    /** @param hash SHA-256 over who says what of which evidence: what an Auditor counter-signs */
    public record Signature(Outcome outcome, String words, Act act, String hash) {}

    /** An Auditor didn't confirm what was signed before. */
    public record Return(Act act, String why) {}

    public String title() {
        return portion.title();
    }

    /** How far it is, or how far it came. */
    public String standing() {
        if (!closed || state == State.COUNTERSIGNED) {
            return state.words();
        }
        return state == State.OPEN ? "not signed" : "not counter-signed";
    }

    public boolean overdue(LocalDate today) {
        return !closed && state != State.COUNTERSIGNED && today.isAfter(due);
    }

    public String address() {
        return "/console/reviews/" + cycle + "/tasks/" + number;
    }

    /** As what a change of it is about. */
    public Thing thing() {
        return named(cycle, number);
    }

    static Thing named(long cycle, long number) {
        return Thing.of("review-task", cycle + "-" + number);
    }
}
