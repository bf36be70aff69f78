package dev.weir.jobs;

import dev.weir.kernel.EnvironmentKey;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One job as its row has it.
 *
 * @param input what the kind needs to know; never a personal value
 * @param place where the next step begins, in words of the kind; empty before the first
 * @param total what {@code done} will be in the end, as far as anybody knows
 * @param counts what the kind has counted so far
 * @param askedBy subject of who asked, and the name they had
 * @param take how often it was taken: whoever has it writes under the last number, and nobody under an earlier one
 */
public record Job(
        String id,
        String kind,
        Optional<EnvironmentKey> environment,
        String input,
        State state,
        String place,
        long done,
        Optional<Long> total,
        Map<String, Long> counts,
        Person askedBy,
        Instant askedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        int attempts,
        long take) {

    public Job {
        counts = Map.copyOf(counts);
    }

    public record Person(String subject, String name) {}

    /** The names are stored: never rename one. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String stored) {
            return valueOf(stored.toUpperCase(Locale.ROOT));
        }

        public boolean over() {
            return this != WAITING && this != RUNNING;
        }
    }

    /** From 0 to 100; nothing while the end is unknown. */
    public Optional<Long> percent() {
        return total.map(all -> all <= 0 ? 100 : Math.min(100, done * 100 / all));
    }

    Job after(Step step) {
        return new Job(
                id,
                kind,
                environment,
                input,
                step.last() ? State.DONE : State.RUNNING,
                step.place(),
                step.done(),
                step.total(),
                step.counts(),
                askedBy,
                askedAt,
                startedAt,
                endedAt,
                0,
                take);
    }

    Job in(State other) {
        return tried(other, attempts, take);
    }

    /** As a node has it that takes it over: who had it before and fell silent has tried in vain. */
    Job taken() {
        return tried(State.RUNNING, state == State.RUNNING ? attempts + 1 : attempts, take + 1);
    }

    private Job tried(State other, int times, long taken) {
        return new Job(
                id,
                kind,
                environment,
                input,
                other,
                place,
                done,
                total,
                counts,
                askedBy,
                askedAt,
                startedAt,
                endedAt,
                times,
                taken);
    }
}
