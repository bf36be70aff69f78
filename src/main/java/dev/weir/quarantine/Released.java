package dev.weir.quarantine;

import java.util.Map;

/** What became of events that were to be released: together they are those that were asked for. */
public record Released(long kept, Map<String, Long> dropped, Map<String, Long> stays, long gone) {

    public Released {
        dropped = Map.copyOf(dropped);
        stays = Map.copyOf(stays);
    }

    public long droppedAll() {
        return sum(dropped);
    }

    public long staysAll() {
        return sum(stays);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
