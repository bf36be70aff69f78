package dev.weir.store;

import dev.weir.policy.PolicyDocument;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the policy in force keeps what came in. Read from a valid document only: there is no retention without a policy. */
record Retention(Duration events, Duration quarantine) {

    static Retention of(PolicyDocument policy) {
        var days = policy.json().get("retention") instanceof Map<?, ?> given ? given : Map.of();
        return new Retention(days(days.get("events")), days(days.get("quarantine")));
    }

    private static Duration days(@Nullable Object number) {
        if (number instanceof Long days && days > 0) {
            return Duration.ofDays(days);
        }
        throw new IllegalArgumentException("a policy that says how long in no number of days");
    }

    /** What was dropped is never known for longer than what was kept. */
    Duration dropped(Duration most) {
        return events.compareTo(most) < 0 ? events : most;
    }

    /**
     * How long after a writer last made sure of it, at least, something that events share is referred to by none: that was at most a
     * day before the last of them came in. Another day for clocks that differ and deletions that are late.
     */
    Duration shared() {
        var longest = events.compareTo(quarantine) > 0 ? events : quarantine;
        return longest.plus(Acquainted.AGAIN).plusDays(1);
    }
}
