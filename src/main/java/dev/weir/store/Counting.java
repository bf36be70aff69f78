package dev.weir.store;

import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.store.Question.Answer;
import dev.weir.store.StoredEvents.Stored;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Answers one {@link Question} about the kept events of one type: asks it about each hierarchy and location once, lets the database
 * count what is certain from these, and looks at the events of which it is not.
 */
final class Counting {

    static final Duration DAY = Duration.ofDays(1);
    static final Duration HOUR = Duration.ofHours(1);

    private static final String OF_TYPE =
            "environment = ? and type = ? and status = 'kept'" + " and received_at >= ? and stored_on >= ?";

    /** Stands where a day or an hour would, for events that have to be looked at: no event came in before 1970. */
    private static final long PERHAPS = -1;

    private static final String AMONG = " in (select * from unnest(cast(? as uuid array)))";

    private final Connection connection;
    private final String environment;
    private final EventType type;
    private final Instant since;
    private final Question question;
    private final Optional<Sharing> hierarchies;
    private final Optional<Sharing> locations;
    private final Duration span;
    private final Map<Long, Long> spans = new TreeMap<>();

    /** @param span of a day or of an hour: what is counted together */
    Counting(Connection connection, String environment, EventType type, Instant since, Question question, Duration span)
            throws SQLException {
        this.connection = connection;
        this.environment = environment;
        this.type = type;
        this.since = since;
        this.question = question;
        this.span = span;
        this.hierarchies = Sharing.hierarchies(connection, environment, question);
        this.locations = Sharing.locations(connection, environment, question);
    }

    /** What an event has to have; where there is no set, whatever it has. */
    private record Ids(Optional<Set<UUID>> hierarchies, Optional<Set<UUID>> locations) {}

    private record Pair(UUID hierarchy, UUID location) {}

    /** {@code most}: events that are looked at one by one; where more would have to be, only the newest ones of the type are. */
    Matches count(int most, int samples) throws SQLException {
        if (hierarchies.isEmpty() && locations.isEmpty()) {
            return oneByOne(most, samples);
        }
        var events = certain();
        long open = events.getOrDefault(Answer.PERHAPS, 0L);
        if (open > 0 && !settle(open, most)) {
            return oneByOne(most, samples);
        }
        return new Matches(
                days(),
                spans,
                events.values().stream().mapToLong(Long::longValue).sum(),
                false,
                newest(most, samples));
    }

    /** Counts events for which the question certainly holds; answers how many there are of each answer. */
    private Map<Answer, Long> certain() throws SQLException {
        var events = new EnumMap<Answer, Long>(Answer.class);
        boolean settled = settled();
        // Most events are none of these: for them nothing is worked out, neither their day nor a second set.
        var sql = """
                select came_on, count(*) from (select case when %s then %s %s end as came_on from event where %s) asked group by came_on
                """.formatted(
                        certainly(), cameOn(), settled ? "" : "when " + possibly(ids()) + " then " + PERHAPS, OF_TYPE);
        try (var select = connection.prepareStatement(sql)) {
            int next = bindCertain(select, 1);
            if (!settled) {
                next = bind(select, next, ids());
            }
            bindType(select, next);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    long cameOn = rows.getLong(1);
                    var answer = rows.wasNull() ? Answer.NO : cameOn == PERHAPS ? Answer.PERHAPS : Answer.YES;
                    events.merge(answer, rows.getLong(2), Long::sum);
                    if (answer == Answer.YES) {
                        add(cameOn, rows.getLong(2));
                    }
                }
            }
        }
        return events;
    }

    /** Whether what they share decides about all events. */
    private boolean settled() {
        var only = hierarchies.isPresent() ? hierarchies : locations;
        return (hierarchies.isEmpty() || locations.isEmpty())
                && only.filter(Sharing::decided).isPresent();
    }

    /** Whether the others could be looked at without looking at too many. */
    private boolean settle(long events, int most) throws SQLException {
        if (hierarchies.isEmpty() || locations.isEmpty()) {
            return events <= most && settle(ids(), pair -> true);
        }
        var open = new HashSet<Pair>();
        if (pairs(hierarchies.get(), locations.get(), open) > most) {
            return false;
        }
        var ids = new Ids(Optional.of(new HashSet<>()), Optional.of(new HashSet<>()));
        for (var pair : open) {
            ids.hierarchies.orElseThrow().add(pair.hierarchy);
            ids.locations.orElseThrow().add(pair.location);
        }
        return open.isEmpty() || settle(ids, open::contains);
    }

    /** Counts the events of pairs that are certain; answers how many events the others have. */
    private long pairs(Sharing hierarchies, Sharing locations, Set<Pair> open) throws SQLException {
        long events = 0;
        var sql = """
                select hierarchy, location, %s as came_on, count(*) from event where %s and not (%s) and %s
                group by hierarchy, location, came_on order by hierarchy
                """.formatted(cameOn(), OF_TYPE, certainly(), possibly(ids()));
        try (var select = connection.prepareStatement(sql)) {
            int next = bindCertain(select, bindType(select, 1));
            bind(select, next, ids());
            select.setFetchSize(StoredRows.FETCH);
            var last = Shared.NOTHING;
            var hierarchy = Hierarchy.NONE;
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var pair = new Pair(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
                    if (!pair.hierarchy.equals(last)) {
                        last = pair.hierarchy;
                        hierarchy = last.equals(Shared.NOTHING)
                                ? Hierarchy.NONE
                                : EventReading.hierarchy(hierarchies.open(last));
                    }
                    var location = pair.location.equals(Shared.NOTHING) ? null : locations.open(pair.location);
                    var answer = question.ofBoth(hierarchy, location);
                    if (answer == Answer.YES) {
                        add(rows.getLong(3), rows.getLong(4));
                    } else if (answer == Answer.PERHAPS) {
                        open.add(pair);
                        events += rows.getLong(4);
                    }
                }
            }
        }
        return events;
    }

    /** Looks at the events that have these, and counts those for which the question holds. */
    private boolean settle(Ids ids, Predicate<Pair> open) throws SQLException {
        var sql = "select " + StoredRows.COLUMNS + " from (select * from event where " + OF_TYPE + " and not ("
                + certainly() + ") and " + possibly(ids) + ") e " + StoredRows.JOINED;
        try (var select = connection.prepareStatement(sql)) {
            int next = bindCertain(select, bindType(select, 1));
            bind(select, next, ids);
            select.setFetchSize(StoredRows.FETCH);
            var stored = new StoredRows();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    if (open.test(new Pair(StoredRows.hierarchyOf(rows), StoredRows.locationOf(rows)))) {
                        count(stored.stored(rows));
                    }
                }
            }
        }
        return true;
    }

    private void count(Stored stored) {
        if (question.holds(stored.event())) {
            add(spanOf(stored), 1);
        }
    }

    private void add(long cameOn, long events) {
        spans.merge(cameOn, events, Long::sum);
    }

    private long spanOf(Stored stored) {
        return Math.floorDiv(stored.receivedAt().getEpochSecond(), span.toSeconds());
    }

    private String cameOn() throws SQLException {
        var dialect = Dialect.of(connection);
        return span.equals(DAY) ? dialect.day() : dialect.hour();
    }

    private Map<LocalDate, Long> days() {
        var days = new TreeMap<LocalDate, Long>();
        long each = DAY.dividedBy(span);
        spans.forEach(
                (cameOn, events) -> days.merge(LocalDate.ofEpochDay(Math.floorDiv(cameOn, each)), events, Long::sum));
        return days;
    }

    /** The newest events for which the question holds: looks at a few first, then at as many as may be. */
    private List<Stored> newest(int most, int samples) throws SQLException {
        if (spans.isEmpty() || samples == 0) {
            return List.of();
        }
        int few = 10 * samples;
        var first = sinceWhen(samples);
        var found = look(first, few, samples);
        return found.size() == samples ? found : look(first, most, samples);
    }

    /** So many of them were stored from this day on, so the newest ones were; before it nothing has to be looked for. */
    private LocalDate sinceWhen(int samples) {
        long events = 0;
        var day = StoredEvents.earliest(since).plusDays(1);
        for (var busy : new TreeMap<>(days()).descendingMap().entrySet()) {
            day = busy.getKey();
            events += busy.getValue();
            if (events >= samples) {
                break;
            }
        }
        return StoredEvents.earliest(day.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private List<Stored> look(LocalDate first, int most, int samples) throws SQLException {
        // The inner part is answered by the index alone. H2 must not begin with the events: for each it would look
        // through that part.
        var join = Dialect.of(connection) == Dialect.H2 ? " left join " : " join ";
        var sql = "select " + StoredRows.COLUMNS + " from (select sequence, stored_on from event where " + OF_TYPE
                + " and " + possibly(ids()) + " order by sequence desc limit ?) c" + join
                + "event e on e.environment = ?"
                + " and e.sequence = c.sequence and e.stored_on = c.stored_on " + StoredRows.JOINED
                + " order by e.sequence desc";
        try (var select = connection.prepareStatement(sql)) {
            int next = bind(select, bindType(select, 1, first), ids());
            select.setInt(next, most);
            select.setString(next + 1, environment);
            select.setFetchSize(10 * samples);
            var found = new ArrayList<Stored>();
            var stored = new StoredRows();
            try (var rows = select.executeQuery()) {
                while (found.size() < samples && rows.next()) {
                    var one = stored.stored(rows);
                    if (question.holds(one.event())) {
                        found.add(one);
                    }
                }
            }
            return found;
        }
    }

    /** Nothing helps: looks at the newest events of the type. */
    private Matches oneByOne(int most, int samples) throws SQLException {
        spans.clear();
        var found = new ArrayList<Stored>();
        int looked = StoredEvents.newest(connection, environment, type, since, most, stored -> {
            if (question.holds(stored.event())) {
                add(spanOf(stored), 1);
                if (found.size() < samples) {
                    found.add(stored);
                }
            }
        });
        return new Matches(days(), spans, looked, looked == most, found);
    }

    private Ids ids() {
        return new Ids(hierarchies.map(Sharing::possible), locations.map(Sharing::possible));
    }

    private String certainly() {
        return "false" + (hierarchies.isPresent() ? " or hierarchy" + AMONG : "")
                + (locations.isPresent() ? " or location" + AMONG : "");
    }

    private static String possibly(Ids ids) {
        return "true" + (ids.hierarchies.isPresent() ? " and hierarchy" + AMONG : "")
                + (ids.locations.isPresent() ? " and location" + AMONG : "");
    }

    private int bindType(PreparedStatement statement, int from) throws SQLException {
        return bindType(statement, from, StoredEvents.earliest(since));
    }

    private int bindType(PreparedStatement statement, int from, LocalDate first) throws SQLException {
        statement.setString(from, environment);
        statement.setString(from + 1, type.wire());
        Binding.time(statement, from + 2, since);
        statement.setObject(from + 3, first);
        return from + 4;
    }

    private int bindCertain(PreparedStatement statement, int from) throws SQLException {
        return bind(statement, from, new Ids(hierarchies.map(Sharing::certain), locations.map(Sharing::certain)));
    }

    private int bind(PreparedStatement statement, int from, Ids ids) throws SQLException {
        int next = from;
        for (var set : List.of(ids.hierarchies, ids.locations)) {
            if (set.isPresent()) {
                statement.setArray(
                        next++, connection.createArrayOf("uuid", set.get().toArray()));
            }
        }
        return next;
    }
}
