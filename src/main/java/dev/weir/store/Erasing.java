package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
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
import java.util.Set;
import javax.sql.DataSource;

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
     * @param suppressed those that are nobody else's
     * @param shared devices that others share, who may go on with them
     */
    public record Known(Set<Name> all, Set<Name> suppressed, Set<Name> shared) {}

    /**
     * What one step deleted.
     *
     * @param next the number it came to; {@code last} whether there is nothing behind it
     * @param users under which handles their events were kept
     * @param met users and devices that nobody knew as theirs, and that a server with a key has named together with one of their identities:
     *     where there are any, nothing was deleted, and the same step is to be done again with them
     * @param shared devices of theirs that were only met, and on which somebody else was named as well
     */
    public record Deleted(
            long next, boolean last, long kept, long quarantined, Set<Name> users, Set<Name> met, Set<Name> shared) {}

    /** What was forgotten beside events. */
    public record Forgotten(long links, long properties) {}

    /**
     * Everything under which persons are known who are called so. A user of one identity goes with it and with all its devices; of one
     * that several identities share only itself is meant.
     */
    public Known known(EnvironmentKey environment, Collection<Name> names) {
        return Reading.change(database, connection -> {
            var persons = new Persons(connection, environment);
            var all = new LinkedHashSet<Name>();
            var suppressed = new LinkedHashSet<Name>();
            var shared = new LinkedHashSet<Name>();
            for (Name name : names) {
                var known = persons.known(name);
                all.addAll(known.all());
                suppressed.addAll(known.suppressed());
                shared.addAll(known.shared());
            }
            shared.removeAll(suppressed);
            return new Known(all, suppressed, shared);
        });
    }

    /** Until the transaction ends nobody else writes to the environment, so nobody gets another name. */
    public void hold(EnvironmentKey environment) {
        Reading.change(database, connection -> new Cursor(connection, environment.value()).take());
    }

    /**
     * From the commit on nothing of theirs is written any more; of a device that others share, nothing that came in before. Answers how
     * many names are new on the list.
     */
    public int suppress(EnvironmentKey environment, Known known) {
        return Reading.change(database, connection -> {
            var cursor = new Cursor(connection, environment.value());
            cursor.take();
            var list = new Suppression(connection, environment.value());
            var now = clock.instant();
            int added =
                    list.add(subjects(known.suppressed()), true, now) + list.add(subjects(known.shared()), false, now);
            cursor.suppressed(added);
            return added;
        });
    }

    private static List<Subject> subjects(Collection<Name> names) {
        return names.stream()
                .map(name -> name.identity() ? Subject.identity(name.text()) : Subject.user(name.text()))
                .toList();
    }

    /** Environments in which devices came along with somebody who had been deleted before. */
    public List<EnvironmentKey> withLateDevices() {
        return Reading.change(database, connection -> {
            try (var select = connection.prepareStatement("select distinct environment from late_device order by 1");
                    var rows = select.executeQuery()) {
                var found = new ArrayList<EnvironmentKey>();
                while (rows.next()) {
                    found.add(new EnvironmentKey(rows.getString(1)));
                }
                return found;
            }
        });
    }

    /** These devices, in all their forms; told this once. Holds the environment until the transaction ends. */
    public Set<Name> takeLateDevices(EnvironmentKey environment) {
        return Reading.change(database, connection -> {
            new Cursor(connection, environment.value()).take();
            var pseudonyms = Persons.pseudonyms(connection, environment);
            var found = new LinkedHashSet<Name>();
            try (var select = connection.prepareStatement("select user_id from late_device where environment = ?")) {
                select.setString(1, environment.value());
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Name(false, rows.getString(1)));
                        found.add(new Name(false, pseudonyms.handle(rows.getString(1))));
                    }
                }
            }
            change(connection, "delete from late_device where environment = ?", environment.value());
            return found;
        });
    }

    /** Who took them did not come to the end: they are to be taken once more. */
    public void giveLateDevicesBack(EnvironmentKey environment, Collection<Name> devices) {
        Reading.change(database, connection -> {
            for (Name device : devices) {
                if (!device.identity()) {
                    change(
                            connection,
                            "insert into late_device (environment, user_id) values (?, ?) on conflict do nothing",
                            environment.value(),
                            device.text());
                }
            }
            return devices.size();
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
    public Deleted delete(EnvironmentKey environment, Collection<Name> names, long after, int most) {
        return Reading.change(database, connection -> {
            var found = found(connection, environment, names, after, most);
            if (!found.some.met().isEmpty()) {
                return found.some;
            }
            try (var delete = connection.prepareStatement("delete from event where environment = ? and sequence = ?")) {
                for (long sequence : found.events) {
                    delete.setString(1, environment.value());
                    delete.setLong(2, sequence);
                    delete.addBatch();
                }
                delete.executeBatch();
            }
            return found.some;
        });
    }

    /** What {@link #delete} would do. */
    public Deleted count(EnvironmentKey environment, Collection<Name> names, long after, int most) {
        return Reading.change(database, connection -> found(connection, environment, names, after, most).some);
    }

    private record Found(List<Long> events, Deleted some) {}

    private static Found found(
            Connection connection, EnvironmentKey environment, Collection<Name> names, long after, int most)
            throws SQLException {
        var theirs = new Theirs(names, Persons.pseudonyms(connection, environment));
        long last =
                number(connection, "select last_sequence from event_cursor where environment = ?", environment.value());
        long next = Math.min(last, after + most);
        theirs.look(connection, environment.value(), after, next);
        var met = theirs.met().isEmpty()
                ? Set.<Name>of()
                : new Persons(connection, environment).met(theirs.met(), theirs.identities());
        if (!met.isEmpty()) {
            return new Found(List.of(), new Deleted(after, false, 0, 0, Set.of(), met, Set.of()));
        }
        var shared = theirs.others().isEmpty()
                ? Set.<Name>of()
                : shared(connection, environment, theirs.others(), theirs.identities());
        return new Found(
                theirs.events(),
                new Deleted(
                        next, next >= last, theirs.kept(), theirs.quarantined(), theirs.handles(), Set.of(), shared));
    }

    /** Of handles with which other identities came: not those that are linked to one of theirs, nor where all the others were deleted too. */
    private static Set<Name> shared(
            Connection connection, EnvironmentKey environment, Map<String, Set<String>> others, Set<String> identities)
            throws SQLException {
        var persons = new Persons(connection, environment);
        var gone = new Suppression(connection, environment.value())
                .gone(others.values().stream().flatMap(Set::stream).toList());
        var shared = new LinkedHashSet<Name>();
        for (var of : others.entrySet()) {
            if (!gone.containsAll(of.getValue()) && !persons.linked(of.getKey(), identities)) {
                shared.add(new Name(false, of.getKey()));
            }
        }
        return shared;
    }

    /** Devices on which somebody else was named: from the commit on these may go on, unless they were asked for by name. */
    public void letGoOn(EnvironmentKey environment, Collection<Name> devices, Collection<Name> asked) {
        if (devices.isEmpty()) {
            return;
        }
        Reading.change(database, connection -> {
            var named = new Theirs(asked, Persons.pseudonyms(connection, environment));
            var list = new Suppression(connection, environment.value());
            int going = 0;
            for (Name device : devices) {
                going += named.known(device.text()) ? 0 : list.letGoOn(Subject.user(device.text()), clock.instant());
            }
            return going;
        });
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
                // That something was cut is left, and between whom nobody can tell: an old retry must not bring it
                // back.
                change(
                        connection,
                        "update identity_cut set user_id = null, identity = null where environment = ? and " + column
                                + " = ?",
                        environment.value(),
                        name.text());
                change(
                        connection,
                        "delete from cut_target where environment = ? and " + column + " = ?",
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
