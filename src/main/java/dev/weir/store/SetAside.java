package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The quarantine: events that were set aside, after redaction. Counts them, judges them again by the policy in force so that they are
 * kept after all, or deletes them. Whatever changes something belongs to the transaction that is under way.
 */
@ApplicationScoped
public class SetAside {

    /** Groups of equal findings that are counted. */
    static final int GROUPS = 5_000;

    private final DataSource database;
    private final Clock clock;

    SetAside(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How many are there for this reason, by this rule, because of this field. */
    public record Group(String reason, String rule, String field, long events) {}

    /** What became of an event that was to be released. */
    public enum Fate {
        /** Among the events from now on. */
        KEPT,
        /** The policy in force does not let it be kept. */
        DROPPED,
        /** The policy in force sets it aside again. */
        STAYS,
        /** It was not there any more: released before, deleted, or too old. */
        GONE
    }

    /** {@code reason} why it was dropped or stays. */
    public record Released(
            long sequence, Fate fate, @Nullable String reason) {}

    /** What is there, the most frequent first. */
    public List<Group> groups(EnvironmentKey environment) {
        return Reading.of(database, connection -> {
            var events = new LinkedHashMap<List<String>, Long>();
            try (var select = connection.prepareStatement("""
                    select reason, findings, count(*) from event
                    where environment = ? and status = 'quarantined' group by reason, findings limit ?
                    """)) {
                select.setString(1, environment.value());
                select.setInt(2, GROUPS);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        var cause = cause(rows.getString(1), Sightings.notes(EventReading.tree(rows.getString(2))));
                        events.merge(List.of(cause.reason(), cause.rule(), cause.field()), rows.getLong(3), Long::sum);
                    }
                }
            }
            return events.entrySet().stream()
                    .map(group -> new Group(
                            group.getKey().get(0),
                            group.getKey().get(1),
                            group.getKey().get(2),
                            group.getValue()))
                    .sorted((one, other) -> Long.compare(other.events(), one.events()))
                    .toList();
        });
    }

    /** The finding that set it aside. */
    private static Note cause(String reason, List<Note> notes) {
        return notes.stream()
                .filter(note -> note.reason().equals(reason))
                .findFirst()
                .orElse(new Note(reason, "", ""));
    }

    /** The numbers of the oldest ones of a reason, or of all where it is null. */
    public List<Long> oldest(EnvironmentKey environment, @Nullable String reason, int most) {
        return Reading.of(database, connection -> {
            try (var select = connection.prepareStatement(
                    "select sequence from event where environment = ? and status = 'quarantined'"
                            + (reason == null ? "" : " and reason = ?")
                            + " order by sequence limit ?")) {
                int i = 1;
                select.setString(i++, environment.value());
                if (reason != null) {
                    select.setString(i++, reason);
                }
                select.setInt(i, most);
                var found = new ArrayList<Long>();
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getLong(1));
                    }
                }
                return found;
            }
        });
    }

    /** Deletes those that are still there; what they were counted as stays counted. */
    public int purge(EnvironmentKey environment, Collection<Long> sequences) {
        return Reading.change(database, connection -> {
            int gone = 0;
            try (var delete = connection.prepareStatement(
                    "delete from event where environment = ? and sequence = ? and status = 'quarantined'")) {
                for (long sequence : new TreeSet<>(sequences)) {
                    delete.setString(1, environment.value());
                    delete.setLong(2, sequence);
                    gone += delete.executeUpdate();
                }
            }
            return gone;
        });
    }

    /**
     * Judges them by the policy in force. Each becomes a kept event once, whoever asks for it how often; what was counted for the hour
     * in which it came is moved along, so that the counts add up.
     *
     * @return empty when there is no policy in force that could be read: then nothing was done
     */
    public List<Released> release(EnvironmentKey environment, Collection<Long> sequences) {
        return Reading.change(database, connection -> {
            var enforced = Enforced.read(connection, environment);
            if (enforced.isEmpty()) {
                return List.of();
            }
            return new Releasing(connection, enforced.get(), clock.instant()).all(new TreeSet<>(sequences));
        });
    }
}
