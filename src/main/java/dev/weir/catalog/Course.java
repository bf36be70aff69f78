package dev.weir.catalog;

import dev.weir.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one definition matched, event by event. Knows counts, places and names of elements, never whose event it was. */
final class Course {

    static final Duration DAY = Duration.ofDays(1);

    private final Instant now;
    private final BitSet events = new BitSet();
    private final Set<Place> places = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Map<Long, Long> byHour = new HashMap<>();
    private @Nullable Instant first;
    private @Nullable Instant last;

    Course(Instant now) {
        this.now = now;
    }

    /** Where in a site an element is, whatever it is called there: what stays when its class is renamed. */
    record Place(@Nullable String path, @Nullable String text, String tag) {
        static Optional<Place> of(Event event, @Nullable String path) {
            return event.hierarchy().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Place(
                            path,
                            event.text(),
                            event.hierarchy().elements().get(0).tag()));
        }
    }

    void matched(int ordinal, Instant at, Event event, @Nullable String path) {
        events.set(ordinal);
        byHour.merge(Rhythm.hour(at), 1L, Long::sum);
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
        Place.of(event, path).ifPresent(places::add);
        if (!event.hierarchy().isEmpty()) {
            var target = event.hierarchy().elements().get(0);
            target.classes().forEach(name -> names.add("." + name));
            if (target.id() != null) {
                names.add("#" + target.id());
            }
        }
    }

    long count() {
        return events.cardinality();
    }

    Rhythm rhythm() {
        return Rhythm.of(now, byHour, first().map(Rhythm::hour));
    }

    Optional<Instant> first() {
        return Optional.ofNullable(first);
    }

    Optional<Instant> last() {
        return Optional.ofNullable(last);
    }

    boolean at(Place place) {
        return places.contains(place);
    }

    boolean called(String name) {
        return names.contains(name);
    }

    /** How much of both is in both, from 0 to 1. */
    double likeness(Course other) {
        var both = (BitSet) events.clone();
        both.and(other.events);
        long common = both.cardinality();
        long all = count() + other.count() - common;
        return all == 0 ? 0 : (double) common / all;
    }
}
