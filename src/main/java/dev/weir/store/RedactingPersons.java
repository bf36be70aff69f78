package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.CompiledPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Applies the policy in force to what is known of users and accounts: their properties, who is linked to whom, and whose link was cut. A
 * row loses what the policy takes away; one that the policy would not have let come about is deleted. Never changes an event; every
 * method is a part of the transaction that is under way.
 */
@ApplicationScoped
public class RedactingPersons {

    /** Where it begins. */
    public static final String BEGINNING = Kind.PROPERTY + ":" + Shared.NOTHING;

    /** Rows that one go judges; of links all that were made in the same moment. */
    private static final int AT_ONCE = 500;

    private enum Kind {
        PROPERTY,
        LINK,
        CUT
    }

    private final DataSource database;

    RedactingPersons(DataSource database) {
        this.database = database;
    }

    /**
     * What became, or would become, of the next ones.
     *
     * @param next where the next go begins; empty behind the last
     * @param revision of the policy in force
     * @param properties that lose something, or go
     * @param links, also cut ones, that go, or whose handle becomes its pseudonym
     */
    public record Looked(String next, long revision, long properties, long links) {

        public boolean last() {
            return next.isEmpty();
        }
    }

    /** What would become of them from there on. Empty when there is no policy in force that could be read. */
    public Optional<Looked> look(EnvironmentKey environment, String from) {
        return Reading.change(database, connection -> through(connection, environment, from, false));
    }

    /** Does it. Holds the environment's cursor in the end: nobody else writes meanwhile. */
    public Optional<Looked> apply(EnvironmentKey environment, String from) {
        return Reading.change(database, connection -> through(connection, environment, from, true));
    }

    private Optional<Looked> through(Connection connection, EnvironmentKey environment, String from, boolean writing)
            throws SQLException {
        var enforced = Enforced.read(connection, environment);
        if (enforced.isEmpty()) {
            return Optional.empty();
        }
        var pass = new Pass(connection, environment.value(), enforced.get().policy());
        var place = from.split(":", 2);
        var next = switch (Kind.valueOf(place[0])) {
            case PROPERTY -> pass.properties(UUID.fromString(place[1]));
            case LINK -> pass.links(Instant.parse(place[1]));
            case CUT -> pass.cuts(UUID.fromString(place[1]));
        };
        if (writing && !pass.changes.isEmpty()) {
            new Cursor(connection, environment.value()).take();
            for (var change : pass.changes) {
                change.write();
            }
        }
        return Optional.of(new Looked(next, enforced.get().revision().number(), pass.properties, pass.links));
    }

    /** What is to be done to a row, if it still is as it was looked at. */
    private interface Change {
        void write() throws SQLException;
    }

    private record Property(UUID id, boolean user, String subject, String name, String value) {}

    private record Link(String user, String identity) {}

    /** One go over some rows. */
    private static final class Pass {

        private final Connection connection;
        private final String environment;
        private final CompiledPolicy policy;
        private final List<Change> changes = new ArrayList<>();
        private long properties;
        private long links;

        Pass(Connection connection, String environment, CompiledPolicy policy) {
            this.connection = connection;
            this.environment = environment;
            this.policy = policy;
        }

        String properties(UUID after) throws SQLException {
            var found = new ArrayList<Property>();
            try (var select = connection.prepareStatement(
                    "select id, kind, subject, name, value from subject_property where environment = ? and id > ?"
                            + " order by id limit ?")) {
                select.setString(1, environment);
                select.setObject(2, after);
                select.setInt(3, AT_ONCE);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Property(
                                rows.getObject(1, UUID.class),
                                rows.getString(2).equals("user"),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5)));
                    }
                }
            }
            for (var property : found) {
                var left = left(property);
                if (left.isEmpty()) {
                    properties++;
                    changes.add(() -> delete(property));
                } else if (!left.get().equals(Map.entry(property.name, property.value))) {
                    properties++;
                    changes.add(() ->
                            replace(property, left.get().getKey(), left.get().getValue()));
                }
            }
            return found.size() < AT_ONCE
                    ? Kind.LINK + ":" + Instant.EPOCH
                    : Kind.PROPERTY + ":" + found.get(found.size() - 1).id;
        }

        /** Name and value; empty where the policy would not have let it come about. */
        private Optional<Map.Entry<String, String>> left(Property property) throws SQLException {
            var one = Map.of(property.name, property.value);
            var left = known(property.subject, one);
            if (left.isEmpty() && property.user && device(property.subject)) {
                left = known(null, one);
            }
            return left.flatMap(all -> all.entrySet().stream().findFirst())
                    .map(entry -> Map.entry(entry.getKey(), String.valueOf(entry.getValue())));
        }

        /**
         * Whether it is no name that a policy refuses but the handle under which an unnamed user is known, and may stay as it is. Which of
         * the two was sent is not kept; that others are linked to it tells a name.
         */
        private boolean device(String subject) throws SQLException {
            if (!subject.equals(Rewriting.handle(policy, subject))) {
                return false;
            }
            try (var select = connection.prepareStatement(
                    "select 1 from identity_link where environment = ? and identity = ? limit 1")) {
                select.setString(1, environment);
                select.setString(2, subject);
                try (var rows = select.executeQuery()) {
                    return !rows.next();
                }
            }
        }

        /** What is left of properties that come with this name; empty where what the event says would not be applied. */
        private Optional<Map<String, @Nullable Object>> known(@Nullable String identity, Map<String, String> sent) {
            var event = new Event(
                    EventType.IDENTIFY,
                    null,
                    null,
                    null,
                    Hierarchy.NONE,
                    Map.copyOf(sent),
                    identity,
                    Page.NONE,
                    Session.NONE);
            return Again.judged(policy, event, null) instanceof Again.Left left
                            && left.reason() == null
                            && Objects.equals(left.event().identity(), identity)
                    ? Optional.of(left.event().properties())
                    : Optional.empty();
        }

        private void delete(Property property) throws SQLException {
            change(
                    "delete from subject_property where environment = ? and id = ? and value = ?",
                    environment,
                    property.id,
                    property.value);
        }

        /** Where a rule gives it a name that another one has, that one stays. */
        private void replace(Property property, String name, String value) throws SQLException {
            var id = Keys.of(property.user ? "user" : "account", property.subject, name);
            int replaced = id.equals(property.id)
                    ? change(
                            "update subject_property set value = ? where environment = ? and id = ? and value = ?",
                            value,
                            environment,
                            id,
                            property.value)
                    : change(
                            "update subject_property set id = ?, name = ?, value = ? where environment = ? and id = ? and value = ?"
                                    + " and not exists (select 1 from subject_property where environment = ? and id = ?)",
                            id,
                            name,
                            value,
                            environment,
                            property.id,
                            property.value,
                            environment,
                            id);
            if (replaced == 0) {
                delete(property);
            }
        }

        String links(Instant after) throws SQLException {
            var found = new ArrayList<Link>();
            var last = after;
            try (var select = connection.prepareStatement(
                    "select user_id, identity, linked_at from identity_link where environment = ? and linked_at > ?"
                            + " order by linked_at fetch first " + AT_ONCE + " rows with ties")) {
                select.setString(1, environment);
                select.setObject(2, OffsetDateTime.ofInstant(after, ZoneOffset.UTC));
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Link(rows.getString(1), rows.getString(2)));
                        last = Reading.time(rows, 3);
                    }
                }
            }
            var edge = new Edge(connection, environment);
            for (var link : found) {
                var user = Objects.requireNonNull(Rewriting.handle(policy, link.user));
                var id = edge.of(link.user, link.identity);
                if (known(link.identity, Map.of()).isEmpty()) {
                    links++;
                    changes.add(() -> {
                        delete(link);
                        change("delete from cut_target where environment = ? and edge = ?", environment, id);
                    });
                } else if (!user.equals(link.user)) {
                    links++;
                    changes.add(() -> {
                        rename(link, user);
                        change(
                                "update cut_target set user_id = ? where environment = ? and edge = ?",
                                user,
                                environment,
                                id);
                    });
                }
            }
            return found.size() < AT_ONCE ? Kind.CUT + ":" + Shared.NOTHING : Kind.LINK + ":" + last;
        }

        private void delete(Link link) throws SQLException {
            change(
                    "delete from identity_link where environment = ? and user_id = ? and identity = ?",
                    environment,
                    link.user,
                    link.identity);
        }

        /** Where it is known in both forms already, one goes. */
        private void rename(Link link, String user) throws SQLException {
            int renamed = change(
                    "update identity_link set user_id = ? where environment = ? and user_id = ? and identity = ?"
                            + " and not exists (select 1 from identity_link where environment = ? and user_id = ? and identity = ?)",
                    user,
                    environment,
                    link.user,
                    link.identity,
                    environment,
                    user,
                    link.identity);
            if (renamed == 0) {
                delete(link);
            }
        }

        /** That two were parted stays known by a keyed hash; their names go as the link's would. */
        String cuts(UUID after) throws SQLException {
            var last = after;
            int found = 0;
            try (var select = connection.prepareStatement(
                    "select edge, user_id, identity from identity_cut where environment = ? and edge > ?"
                            + " order by edge limit ?")) {
                select.setString(1, environment);
                select.setObject(2, after);
                select.setInt(3, AT_ONCE);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        found++;
                        last = rows.getObject(1, UUID.class);
                        cut(last, rows.getString(2), rows.getString(3));
                    }
                }
            }
            return found < AT_ONCE ? "" : Kind.CUT + ":" + last;
        }

        private void cut(UUID edge, @Nullable String user, @Nullable String identity) {
            if (user == null || identity == null) {
                return;
            }
            var handle = Rewriting.handle(policy, user);
            if (known(identity, Map.of()).isEmpty()) {
                links++;
                changes.add(() -> change(
                        "update identity_cut set user_id = null, identity = null where environment = ? and edge = ?",
                        environment,
                        edge));
            } else if (!user.equals(handle)) {
                links++;
                changes.add(() -> change(
                        "update identity_cut set user_id = ? where environment = ? and edge = ?",
                        handle,
                        environment,
                        edge));
            }
        }

        private int change(String sql, @Nullable Object... arguments) throws SQLException {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                return statement.executeUpdate();
            }
        }
    }
}
