package dev.weir.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * For which kept events a {@link Question} holds.
 *
 * @param days how many came in on each UTC day; days without one are missing
 * @param spans how many came in on each UTC day, or in each hour where that was asked for, counted from 1970; those without one are missing
 * @param looked how many events it was asked about
 * @param cut whether there were older ones about which it was not
 * @param newest some of them, the newest first
 */
public record Matches(
        Map<LocalDate, Long> days, Map<Long, Long> spans, long looked, boolean cut, List<StoredEvents.Stored> newest) {

    public Matches {
        days = Map.copyOf(days);
        spans = Map.copyOf(spans);
        newest = List.copyOf(newest);
    }

    public long count() {
        return days.values().stream().mapToLong(Long::longValue).sum();
    }
}
