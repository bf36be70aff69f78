package dev.weir.store;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which hierarchies and locations this node has seen stored in the last day, so that it needn't look for them with every event. Knows
 * ids only, at most {@value #MOST} of them: then it forgets all and begins again.
 */
final class Acquainted {

    static final int MOST = 100_000;

    /** After so long a row is touched again, lest it be taken for one that nobody refers to. {@link Expiry} waits longer. */
    static final Duration AGAIN = Duration.ofDays(1);

    private final Map<String, Map<Shared.Kind, Map<UUID, Instant>>> met = new HashMap<>();
    private int size;
    private final Map<String, Long> cleared = new HashMap<>();

    synchronized boolean knows(String environment, Shared shared, Instant now) {
        var at = of(environment, shared.kind()).get(shared.id());
        return at != null && now.isBefore(at.plus(AGAIN)) && !now.isBefore(at);
    }

    /** {@code known}: what {@link #cleared} said before it was made sure; if that has changed, it may be gone already. */
    synchronized void met(String environment, Shared shared, Instant now, @Nullable Long known) {
        if (known == null || !known.equals(cleared.get(environment))) {
            return;
        }
        if (size >= MOST) {
            met.clear();
            size = 0;
        }
        size += of(environment, shared.kind()).put(shared.id(), now) == null ? 1 : 0;
    }

    /** How often rows of an environment had been taken away when that was heeded last; null when it never was. */
    synchronized @Nullable Long cleared(String environment) {
        return cleared.get(environment);
    }

    /** Forgets what it knows of an environment of which rows were taken away since then. */
    synchronized void heed(String environment, long times) {
        var before = cleared.put(environment, times);
        if (before == null || before != times) {
            var forgotten = met.remove(environment);
            size -= forgotten == null
                    ? 0
                    : forgotten.values().stream().mapToInt(Map::size).sum();
        }
    }

    private Map<UUID, Instant> of(String environment, Shared.Kind kind) {
        return met.computeIfAbsent(environment, e -> new EnumMap<>(Shared.Kind.class))
                .computeIfAbsent(kind, k -> new HashMap<>());
    }
}
