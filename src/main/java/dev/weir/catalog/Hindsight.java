package dev.weir.catalog;

import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.catalog.matching.Subject;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Matches;
import dev.weir.store.StoredEvents;
import dev.weir.store.StoredEvents.Stored;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks back: which kept events a filter matches. Reads what the store holds, after the policy, and keeps nothing. */
@ApplicationScoped
public class Hindsight {

    static final int DAYS = 30;
    static final int SAMPLES = 10;

    /** Events looked at one by one in one preview; docs/limits.md. */
    static final int MOST = 50_000;

    private final StoredEvents events;
    private final Matching matching;
    private final Clock clock;

    Hindsight(StoredEvents events, Matching matching, Clock clock) {
        this.events = events;
        this.matching = matching;
        this.clock = clock;
    }

    public Preview preview(EnvironmentKey environment, EventType type, Filter filter) {
        return preview(events, clock.instant(), matching.inForce(), new Looked(environment, type, filter), MOST);
    }

    /** The preview of a definition, and hour by hour whether it is as it was to be expected. */
    public record Back(Preview preview, Rhythm rhythm) {}

    public Back back(EnvironmentKey environment, EventType type, Filter filter) {
        var looked = new Looked(environment, type, filter);
        return back(events, clock.instant(), matching.inForce(), looked, MOST);
    }

    static Back back(StoredEvents events, Instant now, MatcherVersion version, Looked looked, int most) {
        var question = new Asking(version, looked.type, looked.filter);
        var since = first(now).atStartOfDay().toInstant(ZoneOffset.UTC);
        var found = events.matchesByHour(looked.environment, looked.type, since, question, most, SAMPLES);
        // Where older events were not looked at, nothing is known of the weeks before.
        var known = found.cut()
                ? Optional.<Long>empty()
                : found.spans().keySet().stream().min(Long::compare);
        return new Back(preview(now, looked, found), Rhythm.of(now, found.spans(), known));
    }

    /** What is looked for. */
    record Looked(EnvironmentKey environment, EventType type, Filter filter) {}

    static Preview preview(StoredEvents events, Instant now, MatcherVersion version, Looked looked, int most) {
        var since = first(now).atStartOfDay().toInstant(ZoneOffset.UTC);
        var question = new Asking(version, looked.type, looked.filter);
        return preview(now, looked, events.matches(looked.environment, looked.type, since, question, most, SAMPLES));
    }

    private static LocalDate first(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS - 1);
    }

    private static Preview preview(Instant now, Looked looked, Matches found) {
        var first = first(now);
        var days = IntStream.range(0, DAYS)
                .mapToObj(first::plusDays)
                .map(day -> new Preview.Day(day, found.days().getOrDefault(day, 0L)))
                .toList();
        var samples = found.newest().stream().map(Hindsight::sample).toList();
        return new Preview(looked.environment.value(), found.count(), found.looked(), found.cut(), days, samples);
    }

    private static Preview.Sample sample(Stored stored) {
        var event = stored.event();
        return new Preview.Sample(
                stored.receivedAt(),
                what(event),
                Subject.path(event.page().url()),
                event.hierarchy().isEmpty()
                        ? null
                        : target(event.hierarchy().elements().get(0)));
    }

    private static String what(Event event) {
        var name = event.name();
        var text = event.text();
        var title = event.page().title();
        return name != null ? name : text != null ? text : title != null ? title : "";
    }

    private static String target(Element element) {
        var target = new StringBuilder(element.tag());
        if (element.id() != null) {
            target.append('#').append(element.id());
        }
        element.classes().forEach(name -> target.append('.').append(name));
        return target.toString();
    }
}
