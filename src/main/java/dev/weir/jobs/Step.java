package dev.weir.jobs;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a job has come after one step.
 *
 * @param place where the next step begins; only the kind reads it
 * @param done of {@code total}, which is empty as long as nobody knows
 * @param counts numbers that the kind counts, as they are now
 * @param last whether there is nothing left to do
 */
public record Step(String place, long done, Optional<Long> total, Map<String, Long> counts, boolean last) {

    public Step {
        counts = Map.copyOf(counts);
    }

    /** As far as the job was before. */
    public static Step of(Job job) {
        return new Step(job.place(), job.done(), job.total(), job.counts(), false);
    }

    public Step at(String next) {
        return new Step(next, done, total, counts, last);
    }

    public Step outOf(long all) {
        return new Step(place, done, Optional.of(all), counts, last);
    }

    public Step did(long more) {
        return new Step(place, done + more, total, counts, last);
    }

    public Step counted(String name, long more) {
        var sum = new TreeMap<>(counts);
        sum.merge(name, more, Long::sum);
        return new Step(place, done, total, sum, last);
    }

    public Step theLast() {
        return new Step(place, done, total, counts, true);
    }
}
