package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.EventType;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What just happened, in the order in which it was committed: kept, set aside and dropped. Reads only what is stored. */
@ApplicationScoped
public class Sightings {

    private static final int MOST = 1000;

    private static final String STORED = """
            select e.sequence, e.received_at, e.app_id, e.door, e.type, e.reason, e.redacted, e.findings, e.body, e.revision,
                   e.stale, h.content, l.content
            from (select * from event where environment = ? and %s limit ?) e
            left join hierarchy h on h.environment = e.environment and h.id = e.hierarchy
            left join location l on l.environment = e.environment and l.id = e.location
            """;

    private static final String DROPPED = """
            select sequence, received_at, app_id, door, type, reason, rule, n, revision, stale
            from dropped where environment = ? and %s limit ?
            """;

    private final DataSource database;

    Sightings(DataSource database) {
        this.database = database;
    }

    /** What both tables are asked; {@code where} is a constant of this class. */
    private record Query(EnvironmentKey environment, String where, long bound, int most, LocalDate since) {}

    /** The number of the newest sighting; 0 before the first. */
    public long latest(EnvironmentKey environment) {
        return Reading.of(database, connection -> {
            try (var select =
                    connection.prepareStatement("select last_sequence from event_cursor where environment = ?")) {
                select.setString(1, environment.value());
                try (var rows = select.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : 0L;
                }
            }
        });
    }

    /** Those after {@code sequence}, oldest first. Numbers become visible in order: asking again from the last one misses none. */
    public List<Sighting> after(EnvironmentKey environment, long sequence, int limit) {
        int most = Math.max(0, Math.min(limit, MOST));
        return Reading.of(database, connection -> {
            var since = Days.since(connection, environment.value(), sequence + 1);
            var query = new Query(environment, "sequence > ? order by sequence", sequence, most, since);
            return read(connection, query, Comparator.naturalOrder());
        });
    }

    /** The newest ones, newest first. */
    public List<Sighting> newest(EnvironmentKey environment, int limit) {
        int most = Math.max(0, Math.min(limit, MOST));
        long latest = latest(environment);
        return Reading.of(database, connection -> {
            // Where none was deleted, they are among the last numbers; else they may be on any day.
            var since = Days.since(connection, environment.value(), latest - most);
            var found = newest(connection, environment, most, since);
            return found.size() == most || since.equals(Days.FIRST)
                    ? found
                    : newest(connection, environment, most, Days.FIRST);
        });
    }

    /** What is set aside, the newest first, from below that number; for any reason where it is null. */
    public List<Sighting> aside(EnvironmentKey environment, @Nullable String reason, long before, int limit) {
        int most = Math.max(0, Math.min(limit, MOST));
        var where = "status = 'quarantined'" + (reason == null ? "" : " and reason = ?")
                + " and sequence < ? order by sequence desc";
        return Reading.of(database, connection -> {
            try (var statement = connection.prepareStatement(STORED.formatted(where) + " order by e.sequence desc")) {
                int next = 1;
                statement.setString(next++, environment.value());
                if (reason != null) {
                    statement.setString(next++, reason);
                }
                statement.setLong(next++, before);
                statement.setInt(next, most);
                var found = new ArrayList<Sighting>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(stored(rows));
                    }
                }
                return found;
            }
        });
    }

    private static List<Sighting> newest(Connection connection, EnvironmentKey environment, int most, LocalDate since)
            throws SQLException {
        var query = new Query(environment, "sequence < ? order by sequence desc", Long.MAX_VALUE, most, since);
        return read(connection, query, Comparator.reverseOrder());
    }

    private static List<Sighting> read(Connection connection, Query query, Comparator<Long> order) throws SQLException {
        var sightings = new ArrayList<Sighting>();
        add(sightings, connection, STORED, query, Sightings::stored);
        add(sightings, connection, DROPPED, query, Sightings::dropped);
        return sightings.stream()
                .sorted(Comparator.comparing(Sighting::sequence, order))
                .limit(query.most)
                .toList();
    }

    private static void add(
            List<Sighting> sightings, Connection connection, String select, Query query, Reading.Row<Sighting> row)
            throws SQLException {
        boolean byDay = select.equals(STORED);
        var where = (byDay ? "stored_on >= ? and " : "") + query.where;
        try (var statement = connection.prepareStatement(select.formatted(where))) {
            int next = 1;
            statement.setString(next++, query.environment.value());
            if (byDay) {
                statement.setObject(next++, query.since);
            }
            statement.setLong(next++, query.bound);
            statement.setInt(next, query.most);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    sightings.add(row.of(rows));
                }
            }
        }
    }

    private static Sighting stored(ResultSet rows) throws SQLException {
        var reason = rows.getString(6);
        var body = EventReading.whole(rows.getString(9), rows.getString(12), rows.getString(13));
        return new Sighting(
                rows.getLong(1),
                Reading.time(rows, 2),
                new AppId(rows.getString(3)),
                Door.of(rows.getString(4)),
                EventType.of(rows.getString(5)).orElse(null),
                reason == null ? Outcome.ACCEPTED : Outcome.QUARANTINED,
                reason,
                rows.getBoolean(7),
                notes(EventReading.tree(rows.getString(8))),
                text(body.path("name")),
                text(body.path("text")),
                text(body.path("page").path("url")),
                target(body.path("path").path(0)),
                text(body.path("identity")),
                Placeholders.in(body),
                rows.getLong(10),
                rows.getBoolean(11),
                1,
                reason == null ? EventReading.event(body) : null);
    }

    private static Sighting dropped(ResultSet rows) throws SQLException {
        var type = rows.getString(5);
        var reason = rows.getString(6);
        return new Sighting(
                rows.getLong(1),
                Reading.time(rows, 2),
                new AppId(rows.getString(3)),
                Door.of(rows.getString(4)),
                type == null ? null : EventType.of(type).orElse(null),
                Outcome.DROPPED,
                reason,
                false,
                List.of(new Note(reason, "", rows.getString(7))),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                rows.getLong(9),
                rows.getBoolean(10),
                rows.getInt(8),
                null);
    }

    static List<Note> notes(JsonNode array) {
        var notes = new ArrayList<Note>();
        for (JsonNode note : array) {
            notes.add(new Note(
                    note.path("reason").asText(),
                    note.path("field").asText(),
                    note.path("rule").asText()));
        }
        return notes;
    }

    private static @Nullable String target(JsonNode element) {
        if (element.isMissingNode()) {
            return null;
        }
        var target = new StringBuilder(element.path("t").asText());
        if (element.has("i")) {
            target.append('#').append(element.path("i").asText());
        }
        for (JsonNode name : element.path("c")) {
            target.append('.').append(name.asText());
        }
        return target.toString();
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
