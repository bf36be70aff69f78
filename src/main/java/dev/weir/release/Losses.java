package dev.weir.release;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.Change;
import dev.weir.privacy.PolicyDiff;
import dev.weir.privacy.Section;
import dev.weir.store.Aged;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * What a shorter retention deletes of what is stored. The algebra calls it tightening, and rightly: less is kept. But nothing brings back
 * what was deleted. Deletes nothing.
 */
@ApplicationScoped
class Losses {

    /** Longer than any policy lets events be kept. */
    private static final long FOREVER = 36_500;

    private final Aged stored;

    Losses(Aged stored) {
        this.stored = stored;
    }

    /**
     * Of a policy under which stored events may become less old than now.
     *
     * @param takesTwo whether it takes a second person though it tightens
     * @param older how many would be deleted within the hour
     */
    record Loss(boolean takesTwo, Aged.Count older) {

        Map<String, Object> json() {
            return Map.of(
                    "secondPerson", takesTwo,
                    "kept", older.kept(),
                    "quarantined", older.aside(),
                    "more", older.more());
        }
    }

    static boolean shortens(PolicyDiff diff) {
        return diff.of(Section.RETENTION).stream().anyMatch(Change::tightens);
    }

    /** Whether there is anything to lose. */
    boolean stored(EnvironmentKey environment) {
        return stored.any(environment);
    }

    /** What doesn't become shorter deletes no more than it does now. */
    Aged.Count older(EnvironmentKey environment, PolicyDiff diff) {
        return stored.older(environment, days(diff, "retention.events"), days(diff, "retention.quarantine"));
    }

    private static long days(PolicyDiff diff, String path) {
        return diff.of(Section.RETENTION).stream()
                .filter(change -> change.path().equals(path) && change.tightens())
                .findFirst()
                .map(Change::after)
                .map(days -> ((Number) days).longValue())
                .orElse(FOREVER);
    }
}
