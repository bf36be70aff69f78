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

    Duration longest() {
        return events.compareTo(quarantine) > 0 ? events : quarantine;
    }

    /**
     * How long after a writer last made sure of it, at least, something that events share is referred to by none: that was at most a
     * day before the last of them came in. Two days more, for events that go with their day and for clocks that differ.
     */
    Duration shared() {
        return longest().plus(Acquainted.AGAIN).plusDays(2);
    }
}
