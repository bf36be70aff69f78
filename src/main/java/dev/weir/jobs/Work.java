package dev.weir.jobs;

import java.time.Duration;
import java.util.Map;

/**
 * How jobs of one kind are done: a bean of the feature that has the kind. To make a kind, write one of these and call
 * {@link Jobs#ask} where it is asked for; progress, leases, cancelling, receipts and the pages come by themselves.
 *
 * <p>A job is done in small steps. Each runs in a transaction of its own, in which Weir also writes how far the job has come: after a
 * crash, or when the lease went to another node, a step has either happened and is counted, or it hasn't happened. What a step does
 * outside of the database must therefore bear being done twice. A step never starts a transaction, and lets failures of the database
 * through: it is tried again, later, and after {@value Runner#ATTEMPTS} attempts without progress the job fails. What no attempt could ever do
 * throws {@link Futile}.
 */
public interface Work {

    /** A word of at most 32 small letters and hyphens. Stored, so never renamed. */
    String kind();

    /** What people read: "Delete users". */
    String title();

    /** The next step: some thousand rows at most, because a cancellation waits for it. Where it begins is {@link Job#place}. */
    Step step(Job job);

    /**
     * How long one step may take at most, where that is longer than the lease of a job: for a step that can't be a small one. After it
     * another node takes the job, and what the step did is rolled back.
     */
    default Duration longest() {
        return Duration.ZERO;
    }

    /** What people read for each of {@link Job#counts}, in the order in which it is shown. */
    default Map<String, String> words() {
        return Map.of();
    }

    /** Where people read what came of it, as an address of the console; empty where the numbers say it all. */
    default String outcome(Job job) {
        return "";
    }

    /** Whether asking, the end and a cancellation are rows of the change log: not for work that only looks. */
    default boolean told() {
        return true;
    }

    /**
     * Called once it is over, however it ended: whatever the kind keeps for the job besides its row has to be forgotten, and what its
     * steps left to be done is asked for.
     */
    default void over(Job job) {}
}
