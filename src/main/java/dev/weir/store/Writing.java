package dev.weir.store;

import dev.weir.store.SubjectProperties.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for one environment after the other: takes the environment's cursor, leaves out what is known already, writes
 * rows, links, properties and tallies. All of it or nothing.
 */
final class Writing {

    private final String environment;
    private final Cursor cursor;
    private final Duplicates duplicates;
    private final Links links;
    private final SubjectProperties properties;
    private final Acquainted acquainted;
    private final SharedRows shared;
    private final EventRows events;
    private final DroppedRows dropped;
    private final Counts counts;

    private Writing(Connection connection, String environment, Acquainted acquainted, Instant now) {
        this.environment = environment;
        this.cursor = new Cursor(connection, environment);
        this.duplicates = new Duplicates(connection);
        this.links = new Links(connection, environment);
        this.properties = new SubjectProperties(connection, environment);
        this.acquainted = acquainted;
        this.shared = new SharedRows(connection, environment, acquainted, now);
        this.events = new EventRows(connection, environment);
        this.dropped = new DroppedRows(connection, environment);
        this.counts = new Counts(connection, environment);
    }

    /** Commits all batches in one transaction; answers in their order. */
    static List<Appended.Committed> commit(
            DataSource database, Acquainted acquainted, Instant now, List<Prepared> batches) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var byEnvironment = byEnvironment(batches);
                var answers = new Appended.@Nullable Committed[batches.size()];
                var written = new ArrayList<Writing>();
                for (var of : byEnvironment.entrySet()) {
                    var writing = new Writing(connection, of.getKey(), acquainted, now);
                    var indexes = of.getValue();
                    var committed =
                            writing.write(indexes.stream().map(batches::get).toList());
                    for (int i = 0; i < indexes.size(); i++) {
                        answers[indexes.get(i)] = committed.get(i);
                    }
                    written.add(writing);
                }
                connection.commit();
                written.forEach(writing -> writing.shared.committed());
                return List.of(answers);
            } catch (SQLException | RuntimeException e) {
                rollback(connection);
                throw e;
            }
        }
    }

    /** In the order of their keys, so that two nodes never wait for each other's cursor. */
    private static SortedMap<String, List<Integer>> byEnvironment(List<Prepared> batches) {
        var byEnvironment = new TreeMap<String, List<Integer>>();
        for (int i = 0; i < batches.size(); i++) {
            var key = batches.get(i).batch().revision().environment().value();
            byEnvironment.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
        }
        return byEnvironment;
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone; closing it is all that is left, and the caller already has the first failure.
        }
    }

    private List<Appended.Committed> write(List<Prepared> batches) throws SQLException {
        var position = cursor.take();
        long last = position.last();
        acquainted.heed(environment, position.cleared());
        duplicates.recall(batches);
        var answers = new ArrayList<Appended.Committed>();
        for (Prepared prepared : batches) {
            answers.add(new Appended.Committed(settle(prepared)));
        }
        shared.insert();
        long next = dropped.insert(events.insert(last + 1));
        duplicates.insert();
        counts.insert();
        if (next > last + 1) {
            cursor.move(next - 1);
        }
        return answers;
    }

    private List<Disposition> settle(Prepared prepared) throws SQLException {
        dropped.begin(prepared.batch());
        var dispositions = new ArrayList<Disposition>();
        var entries = prepared.batch().entries();
        for (int i = 0; i < entries.size(); i++) {
            dispositions.add(
                    settle(prepared.batch(), entries.get(i), prepared.lines().get(i)));
        }
        counts.lost(prepared.batch(), prepared.batch().newlyLost(dispositions));
        return dispositions;
    }

    private Disposition settle(Batch batch, Entry entry, Prepared.@Nullable Line line) throws SQLException {
        if (entry instanceof Entry.Arrival arrival && line != null) {
            return arrival(batch, arrival, line);
        }
        var drop = (Entry.Drop) entry;
        var type = drop.type();
        return drop(batch, type == null ? null : type.wire(), drop.reason(), drop.notes());
    }

    private Disposition arrival(Batch batch, Entry.Arrival arrival, Prepared.Line line) throws SQLException {
        if (line.key() != null && duplicates.known(batch, line.key())) {
            counts.outcome(batch, Outcome.DUPLICATE, null);
            return new Disposition(Outcome.DUPLICATE, null, false, List.of());
        }
        var refusal = arrival.reason() == null ? meaning(batch, arrival) : null;
        if (refusal == null) {
            return kept(batch, arrival, line);
        }
        if (refusal.effect() == Refusal.Effect.DROPPED) {
            var type = arrival.event().type().wire();
            return drop(batch, type, refusal.name(), List.of(Note.of(refusal, "identity")));
        }
        var flagged = arrival.with(Note.of(refusal, "properties"));
        return kept(batch, flagged, line.with(flagged.notes()));
    }

    private Disposition kept(Batch batch, Entry.Arrival arrival, Prepared.Line line) {
        shared.add(line.hierarchy());
        shared.add(line.location());
        events.add(batch, arrival, line);
        var reason = arrival.reason();
        var outcome = reason == null ? Outcome.ACCEPTED : Outcome.QUARANTINED;
        counts.outcome(batch, outcome, reason);
        if (outcome == Outcome.ACCEPTED && arrival.redacted()) {
            counts.redacted(batch);
        }
        arrival.notes().stream().map(Note::reason).distinct().forEach(found -> counts.found(batch, found));
        return new Disposition(outcome, reason, arrival.redacted(), arrival.notes());
    }

    private Disposition drop(Batch batch, @Nullable String type, String reason, List<Note> notes) {
        var rule = notes.stream()
                .filter(note -> note.reason().equals(reason))
                .map(Note::rule)
                .findFirst()
                .orElse("");
        dropped.add(type, reason, rule);
        counts.outcome(batch, Outcome.DROPPED, reason);
        return new Disposition(Outcome.DROPPED, reason, false, notes);
    }

    /** Applies what else the event says about the world, or says why it can't be so. */
    private @Nullable Refusal meaning(Batch batch, Entry.Arrival arrival) throws SQLException {
        return switch (arrival.meaning()) {
            case NOTHING -> null;
            case SERVER_LINK -> link(batch, arrival);
            case DEVICE_LINK -> {
                var refusal = link(batch, arrival);
                yield refusal == null ? remember(batch, arrival) : refusal;
            }
            case USER_PROPERTIES, ACCOUNT_PROPERTIES -> remember(batch, arrival);
        };
    }

    private @Nullable Refusal link(Batch batch, Entry.Arrival arrival) throws SQLException {
        var identity = arrival.event().identity();
        var user = arrival.who().userId();
        if (identity == null || user == null) {
            return null;
        }
        return arrival.meaning() == Entry.Meaning.SERVER_LINK
                ? links.server(batch.receivedAt(), user, identity)
                : links.device(batch.receivedAt(), user, identity, batch.perDevice());
    }

    private @Nullable Refusal remember(Batch batch, Entry.Arrival arrival) throws SQLException {
        var identity = arrival.event().identity();
        var name = identity == null ? arrival.who().userId() : identity;
        if (name == null) {
            return null;
        }
        var subject =
                arrival.meaning() == Entry.Meaning.ACCOUNT_PROPERTIES ? Subject.account(name) : Subject.user(name);
        return properties.remember(batch.receivedAt(), subject, arrival.event().properties());
    }
}
