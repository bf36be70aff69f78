package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Verdict;
import dev.weir.store.Suppression.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes persons out of what is stored of an environment, and sees that they don't come back. Every method is a part of the transaction
 * that is under way, and each is small: whoever deletes somebody calls them one after the other.
 */
@ApplicationScoped
public class Erasing {

    private final DataSource database;
    private final Clock clock;

    Erasing(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What somebody is called: an identity, or else the id of a user or device. */
    public record Name(boolean identity, String text) {}

    /**
     * Names under which a person is known here.
     *
     * @param suppressed those that are nobody else's: a device that several persons share is not among them
     */
    public record Known(Set<Name> all, Set<Name> suppressed) {}

    /** What one step deleted. {@code next} is the number it came to; {@code last} whether there is nothing behind it. */
    public record Deleted(long next, boolean last, long kept, long quarantined) {}

    /** What was forgotten beside events. */
    public record Forgotten(long links, long properties) {}

    /**
     * Everything under which a person is known who is called this. A user of one identity goes with it and with all its devices; of one
     * that several identities share only itself is meant.
     */
    public Known known(EnvironmentKey environment, Name name) {
        return Reading.change(database, connection -> {
            var identities = new LinkedHashSet<String>();
            var users = new LinkedHashSet<String>();
            if (name.identity()) {
                identities.addAll(identities(connection, environment, name.text()));
            } else {
                for (var user : users(connection, environment, name.text())) {
                    users.add(user);
                    var of = identitiesOf(connection, environment, user);
                    if (of.size() == 1) {
                        identities.addAll(of);
                    }
                }
            }
            var alone = new LinkedHashSet<>(users);
            for (var identity : List.copyOf(identities)) {
                for (var user : usersOf(connection, environment, identity)) {
                    users.add(user);
                    if (identities.containsAll(identitiesOf(connection, environment, user))) {
                        alone.add(user);
                    }
                }
            }
            return new Known(names(identities, users), names(identities, alone));
        });
    }

    private static Set<Name> names(Collection<String> identities, Collection<String> users) {
        var names = new LinkedHashSet<Name>();
        identities.forEach(identity -> names.add(new Name(true, identity)));
        users.forEach(user -> names.add(new Name(false, user)));
        return names;
    }

    /** As the policy in force would keep it, and as it was sent: an earlier one may have kept it so. */
    private static Set<String> identities(Connection connection, EnvironmentKey environment, String sent)
            throws SQLException {
        var forms = new LinkedHashSet<String>();
        forms.add(sent);
        forms.add(sent.strip());
        Enforced.read(connection, environment)
                .flatMap(enforced -> kept(enforced.policy(), sent))
                .ifPresent(forms::add);
        return forms;
    }

    private static Optional<String> kept(CompiledPolicy policy, String sent) {
        var event = new Event(
                EventType.IDENTIFY, null, null, null, Hierarchy.NONE, Map.of(), sent, Page.NONE, Session.NONE);
        return policy.judge(event, Circumstances.SERVER) instanceof Verdict.Kept kept
                ? Optional.ofNullable(kept.event().identity())
                : Optional.empty();
    }

    private static Set<String> users(Connection connection, EnvironmentKey environment, String sent)
            throws SQLException {
        var forms = new LinkedHashSet<String>();
        forms.add(sent);
        Enforced.read(connection, environment)
                .ifPresent(enforced -> forms.add(enforced.policy().handle(sent)));
        return forms;
    }

    private static List<String> identitiesOf(Connection connection, EnvironmentKey environment, String user)
            throws SQLException {
        return texts(
                connection,
                "select identity from identity_link where environment = ? and user_id = ?",
                environment.value(),
                user);
    }

    private static List<String> usersOf(Connection connection, EnvironmentKey environment, String identity)
            throws SQLException {
        return texts(
                connection,
                "select user_id from identity_link where environment = ? and identity = ?",
                environment.value(),
                identity);
    }

    private static List<String> texts(Connection connection, String sql, String... arguments) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                select.setString(i + 1, arguments[i]);
            }
            var found = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    /** Until the transaction ends nobody else writes to the environment, so nobody gets another name. */
    public void hold(EnvironmentKey environment) {
        Reading.change(database, connection -> new Cursor(connection, environment.value()).take());
    }

    /** From the commit on nothing of theirs is written any more. Answers how many names are new on the list. */
    public int suppress(EnvironmentKey environment, Collection<Name> names) {
        return Reading.change(database, connection -> {
            var cursor = new Cursor(connection, environment.value());
            cursor.take();
            int added = new Suppression(connection, environment.value())
                    .add(
                            names.stream()
                                    .map(name ->
                                            name.identity() ? Subject.identity(name.text()) : Subject.user(name.text()))
                                    .toList(),
                            clock.instant());
            cursor.suppressed(added);
            return added;
        });
    }

    /** How many names are on the list. */
    public long suppressed(EnvironmentKey environment) {
        return Reading.change(
                database,
                connection -> number(
                        connection, "select suppressed from event_cursor where environment = ?", environment.value()));
    }

    /** The number before the first event, and that of the last one. */
    public long[] range(EnvironmentKey environment) {
        return Reading.change(database, connection -> new long[] {
            Math.max(
                    0,
                    number(
                                    connection,
                                    "select coalesce(min(sequence), 1) from event where environment = ?",
                                    environment.value())
                            - 1),
            number(connection, "select last_sequence from event_cursor where environment = ?", environment.value())
        });
    }

    private static long number(Connection connection, String sql, String environment) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, environment);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** Looks at the next {@code most} numbers and deletes the events of these persons, also those that are set aside. */
    public Deleted delete(EnvironmentKey environment, Set<String> identities, Set<String> users, long after, int most) {
        return Reading.change(database, connection -> {
            long last = number(
                    connection, "select last_sequence from event_cursor where environment = ?", environment.value());
            long next = Math.min(last, after + most);
            long kept = 0;
            long quarantined = 0;
            var found = new ArrayList<Long>();
            try (var select = connection.prepareStatement("""
                    select sequence, identity, user_id, status from event
                    where environment = ? and sequence > ? and sequence <= ?
                    """)) {
                select.setString(1, environment.value());
                select.setLong(2, after);
                select.setLong(3, next);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        if (among(identities, rows.getString(2)) || among(users, rows.getString(3))) {
                            found.add(rows.getLong(1));
                            boolean aside = rows.getString(4).equals("quarantined");
                            kept += aside ? 0 : 1;
                            quarantined += aside ? 1 : 0;
                        }
                    }
                }
            }
            try (var delete = connection.prepareStatement("delete from event where environment = ? and sequence = ?")) {
                for (long sequence : found) {
                    delete.setString(1, environment.value());
                    delete.setLong(2, sequence);
                    delete.addBatch();
                }
                delete.executeBatch();
            }
            return new Deleted(next, next >= last, kept, quarantined);
        });
    }

    private static boolean among(Set<String> names, @Nullable String name) {
        return name != null && names.contains(name);
    }

    /** Who is who, and what is known of them. */
    public Forgotten forget(EnvironmentKey environment, Collection<Name> names) {
        return Reading.change(database, connection -> {
            long links = 0;
            long properties = 0;
            for (Name name : names) {
                var column = name.identity() ? "identity" : "user_id";
                links += change(
                        connection,
                        "delete from identity_link where environment = ? and " + column + " = ?",
                        environment.value(),
                        name.text());
                properties += change(
                        connection,
                        "delete from subject_property where environment = ? and kind = 'user' and subject = ?",
                        environment.value(),
                        name.text());
            }
            return new Forgotten(links, properties);
        });
    }

    private static int change(Connection connection, String sql, String... arguments) throws SQLException {
        try (var change = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                change.setString(i + 1, arguments[i]);
            }
            return change.executeUpdate();
        }
    }
}
