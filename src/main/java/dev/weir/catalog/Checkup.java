package dev.weir.catalog;

import dev.weir.catalog.Course.Place;
import dev.weir.catalog.Health.Cause;
import dev.weir.catalog.Health.State;
import dev.weir.catalog.matching.Matcher;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.catalog.matching.Stability;
import dev.weir.catalog.matching.Subject;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the health of many definitions from a run of events. Give it the events, then ask. Not for several threads. */
final class Checkup {

    /** Below these numbers nothing is concluded: chance alone could explain it. */
    private static final long ENOUGH = Rhythm.ENOUGH;

    private static final double MOST = 0.5;
    private static final double ALIKE = 0.8;
    private static final int SHOWN = 5;
    private static final int RECENT = 5000;

    private final Instant now;
    private final List<Definition> definitions;
    private final Matcher<Definition> matcher;
    private final Map<String, Course> courses = new LinkedHashMap<>();
    private final Map<String, Counted> counted;
    private final Map<EventType, Integer> seen = new HashMap<>();
    private final Map<EventType, Instant> oldest = new HashMap<>();
    private final List<Recent> recent = new ArrayList<>();
    private int ordinal;

    /**
     * What was counted of a definition, also of events that are not told here.
     *
     * @param since from when on all events were looked at
     */
    record Counted(Rhythm rhythm, long count, Instant since) {}

    /** An event of the last 24 hours with an element, and what it matches. */
    private record Recent(EventType type, Event event, Place place, List<Definition> matched) {}

    Checkup(MatcherVersion version, List<Definition> definitions, Instant now) {
        this(version, definitions, now, Map.of());
    }

    /** @param counted of definitions, by id, of which all events were counted already and not only those that are told here */
    Checkup(MatcherVersion version, List<Definition> definitions, Instant now, Map<String, Counted> counted) {
        this.now = now;
        this.counted = Map.copyOf(counted);
        this.definitions = List.copyOf(definitions);
        this.matcher = Matching.matcher(version, this.definitions);
        definitions.forEach(d -> courses.put(d.id(), new Course(now)));
    }

    void event(Instant at, Event event) {
        var matched = matcher.match(event);
        var path = Subject.path(event.page().url());
        seen.merge(event.type(), 1, Integer::sum);
        oldest.merge(event.type(), at, (one, other) -> one.isBefore(other) ? one : other);
        ordinal++;
        matched.forEach(d -> course(d).matched(ordinal, at, event, path));
        if (recent.size() < RECENT && at.isAfter(now.minus(Course.DAY))) {
            Place.of(event, path).ifPresent(place -> recent.add(new Recent(event.type(), event, place, matched)));
        }
    }

    List<Health> healths() {
        return definitions.stream().map(this::health).toList();
    }

    private Health health(Definition definition) {
        var course = course(definition);
        var twins = others(
                definition,
                other -> other.details()
                        .filter()
                        .toString()
                        .equals(definition.details().filter().toString()));
        var alike = course.count() < ENOUGH
                ? List.<String>of()
                : others(definition, other -> course.likeness(course(other)) >= ALIKE);
        var rhythm = rhythm(definition);
        var state = state(definition, rhythm, !twins.isEmpty(), !alike.isEmpty());
        return new Health(
                definition,
                state,
                count(definition),
                since(definition),
                course.first(),
                course.last(),
                rhythm,
                state == State.DUPLICATE ? twins : state == State.OVERLAPPING ? alike : List.of(),
                state == State.COLLAPSED ? cause(definition, course) : Optional.empty());
    }

    private Rhythm rhythm(Definition definition) {
        var known = counted.get(definition.id());
        return known == null ? course(definition).rhythm() : known.rhythm();
    }

    private long count(Definition definition) {
        var known = counted.get(definition.id());
        long here = course(definition).count();
        return known == null ? here : Math.max(here, known.count());
    }

    /** As many events as one look takes in, and there may be older ones. */
    private Instant since(Definition definition) {
        var known = counted.get(definition.id());
        var type = definition.details().type();
        var back = now.minus(Recorded.BACK);
        var here = seen.getOrDefault(type, 0) < Recorded.MOST ? back : oldest.getOrDefault(type, back);
        return known == null || here.isBefore(known.since()) ? here : known.since();
    }

    private State state(Definition definition, Rhythm rhythm, boolean twin, boolean alike) {
        if (rhythm.collapsed() > 0) {
            return State.COLLAPSED;
        }
        var course = course(definition);
        if (count(definition) == 0) {
            return definition.created().at().isBefore(since(definition)) ? State.UNSEEN : State.SILENT;
        }
        if (twin) {
            return State.DUPLICATE;
        }
        long all = seen.getOrDefault(definition.details().type(), 0);
        if (all >= 5 * ENOUGH && course.count() > all * MOST) {
            return State.OVER_MATCHING;
        }
        return alike ? State.OVERLAPPING : State.HEALTHY;
    }

    private List<String> others(Definition definition, java.util.function.Predicate<Definition> same) {
        return definitions.stream()
                .filter(other -> !other.id().equals(definition.id()))
                .filter(other -> other.details().type() == definition.details().type())
                .filter(same)
                .limit(SHOWN)
                .map(Definition::name)
                .toList();
    }

    /** What the elements are called that stand where matching ones stood, and that it does not match. */
    private Optional<Cause> cause(Definition definition, Course course) {
        var names = new HashMap<String, Integer>();
        var anywhere = new HashMap<String, Integer>();
        int strays = 0;
        for (var one : recent) {
            if (one.type() != definition.details().type()) {
                continue;
            }
            var called = names(one.event().hierarchy().elements().get(0));
            called.forEach(name -> anywhere.merge(name, 1, Integer::sum));
            if (!one.matched().contains(definition) && course.at(one.place())) {
                strays++;
                called.forEach(name -> names.merge(name, 1, Integer::sum));
            }
        }
        int all = strays;
        // A name that many others have too would find those as well. Of names that are as good, the one that will hold
        // longest.
        return names.entrySet().stream()
                .filter(name -> !course.called(name.getKey()))
                .max(Comparator.<Map.Entry<String, Integer>>comparingDouble(name -> (double) name.getValue()
                                * name.getValue()
                                / anywhere.getOrDefault(name.getKey(), name.getValue()))
                        .thenComparing(
                                name -> !Stability.generated(name.getKey().substring(1)))
                        .thenComparing(name -> name.getKey().startsWith("#"))
                        .thenComparing(Map.Entry::getKey))
                .map(name -> new Cause(name.getKey(), Math.round(100f * name.getValue() / all)));
    }

    private static List<String> names(Element target) {
        var names = new ArrayList<String>();
        target.classes().forEach(name -> names.add("." + name));
        if (target.id() != null) {
            names.add("#" + target.id());
        }
        return names;
    }

    private Course course(Definition definition) {
        return java.util.Objects.requireNonNull(courses.get(definition.id()));
    }
}
