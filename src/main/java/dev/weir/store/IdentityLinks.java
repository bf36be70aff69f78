package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Erasing.Name;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which users and devices are known under which identities, how that came about, and how it ends: a link is cut, and restored. Every
 * method is a part of the transaction that is under way. Never changes an event, and never lists anybody who was not asked for by name.
 */
@ApplicationScoped
public class IdentityLinks {

    /** Links of one name that are looked at; docs/limits.md. */
    public static final int MOST = 200;

    private static final String COLUMNS = "user_id, identity, linked_at, app_id, door";

    private final DataSource database;
    private final Clock clock;

    IdentityLinks(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** That a link was cut: when, how many events it was about, and the subject of who decided it. */
    public record Cut(Instant at, long events, String by) {}

    /**
     * A link, or one that was.
     *
     * @param id stands for both names without saying them
     * @param alias stands for the identity without saying it
     * @param app whose sender said so; empty where that was not kept yet
     * @param door by which endpoint
     * @param linked whether it counts; if it does and was cut, it was made again by what happened since
     */
    public record Link(
            UUID id,
            String user,
            String identity,
            String alias,
            Instant since,
            Optional<String> app,
            Optional<String> door,
            Optional<Cut> cut,
            boolean linked) {

        private Link with(Cut another) {
            return new Link(id, user, identity, alias, since, app, door, Optional.of(another), linked);
        }

        /** The same, known in two forms of the handle: as it was sent if that is one of them, and since it is known. */
        private Link or(Link other, Edge edge) {
            var first = edge.pseudonyms().handle(user).equals(user) ? other : this;
            var earlier = other.since.isBefore(since) ? other : this;
            return new Link(
                    id,
                    first.user,
                    identity,
                    alias,
                    earlier.since,
                    earlier.app,
                    earlier.door,
                    Optional.empty(),
                    linked);
        }
    }

    /**
     * What one step counted.
     *
     * @param next the number it came to; {@code last} whether there is nothing behind it
     */
    public record Counted(long next, boolean last, long events) {}

    /** The links of somebody who is called so, the newest first; at most {@value #MOST}. */
    public List<Link> of(EnvironmentKey environment, Name name) {
        // What is stored has none, and PostgreSQL can't be asked.
        if (name.text().indexOf('\0') >= 0) {
            return List.of();
        }
        return Reading.change(database, connection -> {
            var persons = new Persons(connection, environment);
            var column = name.identity() ? "identity" : "user_id";
            var forms = name.identity() ? persons.identities(name.text()) : persons.forms(name.text());
            var found = new LinkedHashMap<UUID, Link>();
            var edge = new Edge(connection, environment.value());
            for (Link link : linked(connection, environment, column, forms, edge)) {
                found.merge(link.id(), link, (one, other) -> one.or(other, edge));
            }
            for (Link was : cut(connection, environment, column, forms, edge)) {
                found.merge(
                        was.id(), was, (link, before) -> link.with(before.cut().orElseThrow()));
            }
            return found.values().stream()
                    .sorted(Comparator.comparing(Link::since).reversed())
                    .limit(MOST)
                    .toList();
        });
    }

    /** One of them. */
    public Optional<Link> find(EnvironmentKey environment, Name name, UUID id) {
        return of(environment, name).stream()
                .filter(link -> link.id().equals(id))
                .findFirst();
    }

    private static List<Link> linked(
            Connection connection, EnvironmentKey environment, String column, Collection<String> forms, Edge edge)
            throws SQLException {
        return select(
                connection,
                "select " + COLUMNS + " from identity_link where environment = ? and " + column + " in (" + marks(forms)
                        + ") order by linked_at desc limit ?",
                environment,
                forms,
                rows -> link(rows, edge, true));
    }

    private static List<Link> cut(
            Connection connection, EnvironmentKey environment, String column, Collection<String> forms, Edge edge)
            throws SQLException {
        return select(
                connection,
                "select " + COLUMNS + ", cut_at, events, cut_by from identity_cut where environment = ? and " + column
                        + " in (" + marks(forms) + ") order by cut_at desc limit ?",
                environment,
                forms,
                rows -> link(rows, edge, false)
                        .with(new Cut(Reading.time(rows, 6), rows.getLong(7), rows.getString(8))));
    }

    private static Link link(ResultSet rows, Edge edge, boolean linked) throws SQLException {
        var user = rows.getString(1);
        var identity = rows.getString(2);
        return new Link(
                edge.of(user, identity),
                user,
                identity,
                edge.pseudonyms().handle(identity),
                Reading.time(rows, 3),
                Optional.ofNullable(rows.getString(4)),
                Optional.ofNullable(rows.getString(5)),
                Optional.empty(),
                linked);
    }

    private static String marks(Collection<String> some) {
        return "?" + ", ?".repeat(some.size() - 1);
    }

    private static List<Link> select(
            Connection connection,
            String sql,
            EnvironmentKey environment,
            Collection<String> forms,
            Reading.Row<Link> row)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            int next = 1;
            select.setString(next++, environment.value());
            for (String form : forms) {
                select.setString(next++, form);
            }
            select.setInt(next, 2 * MOST);
            var found = new ArrayList<Link>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(row.of(rows));
                }
            }
            return found;
        }
    }

    /**
     * Looks at the next {@code most} numbers and counts the events of this user or device that don't name the identity themselves: what a
     * cut parts from it.
     */
    public Counted count(EnvironmentKey environment, String user, String identity, long after, int most) {
        return Reading.change(database, connection -> {
            var pseudonyms = Persons.pseudonyms(connection, environment);
            var theirs = pseudonyms.handle(user);
            long last = last(connection, environment);
            long next = Math.min(last, after + most);
            long events = 0;
            try (var select = connection.prepareStatement("""
                    select user_id, identity from event
                    where environment = ? and sequence > ? and sequence <= ? and user_id is not null
                    """)) {
                select.setString(1, environment.value());
                select.setLong(2, after);
                select.setLong(3, next);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        boolean named = identity.equals(rows.getString(2));
                        events += !named && pseudonyms.handle(rows.getString(1)).equals(theirs) ? 1 : 0;
                    }
                }
            }
            return new Counted(next, next >= last, events);
        });
    }

    private static long last(Connection connection, EnvironmentKey environment) throws SQLException {
        try (var select = connection.prepareStatement("select last_sequence from event_cursor where environment = ?")) {
            select.setString(1, environment.value());
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /**
     * Ends a link, in every form of the handle. From the commit on these are two, and what happened before links them no more, whenever
     * it comes in. Whether there was one.
     *
     * @param events how many it is about, as they were counted
     * @param by subject of who decided it
     */
    public boolean cut(EnvironmentKey environment, String user, String identity, long events, String by) {
        return Reading.change(database, connection -> {
            // Whoever writes links holds the cursor as well.
            new Cursor(connection, environment.value()).take();
            var edge = new Edge(connection, environment.value());
            var forms = new Persons(connection, environment).forms(user);
            var id = edge.of(user, identity);
            var link = linked(connection, environment, "user_id", forms, edge).stream()
                    .filter(one -> one.id().equals(id))
                    .reduce((one, other) -> one.or(other, edge));
            if (link.isEmpty()) {
                return false;
            }
            for (String form : forms) {
                change(
                        connection,
                        "delete from identity_link where environment = ? and user_id = ? and identity = ?",
                        environment.value(),
                        form,
                        identity);
            }
            change(connection, "delete from identity_cut where environment = ? and edge = ?", environment.value(), id);
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            change(
                    connection,
                    "insert into identity_cut (environment, edge, " + COLUMNS
                            + ", cut_at, events, cut_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    environment.value(),
                    id,
                    link.get().user(),
                    identity,
                    time(link.get().since()),
                    link.get().app().orElse(null),
                    link.get().door().orElse(null),
                    time(now),
                    events,
                    by);
            return true;
        });
    }

    /** Makes a link again that was cut, as it was before. Whether it had been cut and nobody of the two has been deleted since. */
    public boolean restore(EnvironmentKey environment, UUID id) {
        return Reading.change(database, connection -> {
            new Cursor(connection, environment.value()).take();
            var place = environment.value();
            int restored = change(
                    connection,
                    "insert into identity_link (environment, " + COLUMNS + ") select environment, " + COLUMNS
                            + " from identity_cut c where environment = ? and edge = ? and user_id is not null and identity is not null"
                            + " and not exists (select 1 from identity_link l where l.environment = c.environment"
                            + " and l.user_id = c.user_id and l.identity = c.identity)",
                    place,
                    id);
            int cut = change(
                    connection,
                    "delete from identity_cut where environment = ? and edge = ? and user_id is not null and identity is not null",
                    place,
                    id);
            return restored + cut > 0;
        });
    }

    private static OffsetDateTime time(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    private static int change(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        try (var change = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                change.setObject(i + 1, arguments[i]);
            }
            return change.executeUpdate();
        }
    }
}
