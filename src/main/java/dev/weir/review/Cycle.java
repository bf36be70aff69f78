package dev.weir.review;

import dev.weir.changelog.Thing;
import dev.weir.kernel.EnvironmentKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A campaign of reviews. Once it is closed, nothing of it changes.
 *
 * @param due the last day, in UTC
 * @param environments in which it looks
 * @param version changes with everything that happens in it
 */
public record Cycle(
        long number,
        String name,
        LocalDate due,
        List<EnvironmentKey> environments,
        Act opened,
        Optional<Closing> closing,
        Progress progress,
        long version) {

    public Cycle {
        environments = List.copyOf(environments);
    }

    /**
     * @param why empty where nothing was left to do
     * @param hash SHA-256 of the report's content
     */
    public record Closing(Act act, String why, String hash) {}

    /** How far it is: signed are also those that are counter-signed. */
    public record Progress(long tasks, long signed, long counterSigned, long needWork) {

        public boolean whole() {
            return counterSigned == tasks;
        }
    }

    public boolean open() {
        return closing.isEmpty();
    }

    public boolean overdue(LocalDate today) {
        return open() && !progress.whole() && today.isAfter(due);
    }

    /** Tasks that are late: whatever is not counter-signed after the last day. */
    public long late(LocalDate today) {
        return overdue(today) ? progress.tasks() - progress.counterSigned() : 0;
    }

    /** As what a change of it is about. */
    public Thing thing() {
        return Thing.of("review-cycle", Long.toString(number));
    }
}
