package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for many requests, all of it or nothing. First the keys of all of them, where writers that bring the same event wait
 * for each other; then what events share; then one environment after the other: its cursor, links, properties, rows, tallies. Who holds
 * a cursor touches nothing any more that who waits for it may hold. So the first half of one transaction runs beside the second half
 * of another.
 */
final class Writing {

    private static final int ATTEMPTS = 4;

    private final String environment;
    private final Instant now;
    private final List<Prepared> batches;
    private final Cursor cursor;
    private final Suppression suppression;
    private final Duplicates duplicates;
    private final Meanings meanings;
    private final Acquainted acquainted;
    private final SharedRows shared;
    private final EventRows events;
    private final DroppedRows dropped;
    private final Counts counts;

    private Writing(Group group, Duplicates duplicates, String environment, List<Prepared> batches)
            throws SQLException {
        var connection = group.connection;
        this.environment = environment;
        this.now = group.now;
        this.batches = batches;
        this.cursor = new Cursor(connection, environment);
        this.suppression = new Suppression(connection, environment);
        this.duplicates = duplicates;
        this.meanings = new Meanings(connection, environment);
        this.acquainted = group.means.acquainted;
        this.shared = new SharedRows(connection, environment, acquainted, group.now, cleared());
        this.events = new EventRows(connection, group.dialect, environment);
        this.dropped = new DroppedRows(connection, environment);
        this.counts = new Counts(connection, group.dialect, environment);
    }

    /** What else belongs into a transaction: done before anything of it, and again where it begins again. */
    interface Before {
        void write(Connection connection) throws SQLException;
    }

    /** What all environments of one transaction have in common. */
    private record Group(
            Connection connection, Dialect dialect, Means means, Instant now, Instant claimed, Before before) {}

    /** What all writers of a node share; H2 takes one of them at a time. */
    record Means(DataSource database, Acquainted acquainted, AppliedPolicies applied, Repeats repeats, Lock turn) {}

    /** Commits all batches in one transaction; answers in their order. */
    static List<Appended.Committed> commit(Means means, Instant now, List<Prepared> batches) throws SQLException {
        return commit(means, now, batches, Instant.MIN, connection -> {});
    }

    /**
     * The same, after something else in the same transaction, and of batches that may have come in long ago: their keys are remembered as
     * if that was not before {@code claimed}.
     */
    static List<Appended.Committed> commit(
            Means means, Instant now, List<Prepared> batches, Instant claimed, Before before) throws SQLException {
        try (var connection = means.database.getConnection()) {
            connection.setAutoCommit(false);
            var dialect = Dialect.of(connection);
            var group = new Group(connection, dialect, means, now, claimed, before);
            if (dialect == Dialect.POSTGRESQL) {
                return commit(group, batches);
            }
            means.turn.lock();
            try {
                return commit(group, batches);
            } finally {
                means.turn.unlock();
            }
        }
    }

    private static List<Appended.Committed> commit(Group group, List<Prepared> batches) throws SQLException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var answers = attempt(group, batches);
            if (answers.isPresent()) {
                return answers.get();
            }
        }
        // Two transactions in each other's way, as far as whoever asked is concerned: nothing is wrong with the events.
        throw new SQLTransactionRollbackException("what events share is taken away all the time", "40000");
    }

    /**
     * Whatever it is that ends it, an Error included: a connection that is given back in the middle of a transaction is committed, and with
     * it keys of events that were never written.
     */
    private static Optional<List<Appended.Committed>> attempt(Group group, List<Prepared> batches) throws SQLException {
        boolean committed = false;
        try {
            var answers = all(group, batches);
            committed = answers.isPresent();
            return answers;
        } finally {
            if (!committed) {
                rollback(group.connection);
            }
        }
    }

    /**
     * Empty, and nothing is committed, when a key that was taken for new is not, something that was known to be there may have been taken
     * away meanwhile, or a policy was applied to what is stored that these have not been before.
     */
    private static Optional<List<Appended.Committed>> all(Group group, List<Prepared> asked) throws SQLException {
        group.before.write(group.connection);
        var after = group.means.applied.after(group.connection, asked);
        var batches = after.batches();
        var byEnvironment = byEnvironment(batches);
        var duplicates = new Duplicates(group.connection, group.dialect, group.means.repeats, group.claimed);
        if (!duplicates.claim(batches)) {
            return Optional.empty();
        }
        var writings = new ArrayList<Writing>();
        for (var of : byEnvironment.entrySet()) {
            var mine = of.getValue().stream().map(batches::get).toList();
            var writing = new Writing(group, duplicates, of.getKey(), mine);
            writing.shared.add(mine);
            writing.shared.insert();
            writings.add(writing);
        }
        var answers = new Appended.@Nullable Committed[batches.size()];
        for (var writing : writings) {
            var position = writing.cursor.take();
            if (!writing.shared.holds(position)) {
                writing.acquainted.heed(writing.environment, position.cleared());
                return Optional.empty();
            }
            if (writing.late(group, position, after)) {
                return Optional.empty();
            }
            var indexes =
                    byEnvironment.getOrDefault(writing.environment, List.of()).iterator();
            writing.suppression.recall(position.suppressed(), writing.batches);
            for (var committed : writing.write(position, Days.of(group.now))) {
                answers[indexes.next()] = committed;
            }
        }
        group.dialect.commitDurably(group.connection);
        writings.forEach(writing -> writing.shared.committed());
        return Optional.of(List.of(answers));
    }

    /**
     * Whether a policy was applied to what is stored that has not judged all of these. It is these that count and not what the node knows
     * by now: another writer of it may have learnt of that policy in between.
     */
    private boolean late(Group group, Cursor.Position position, AppliedPolicies.After after) throws SQLException {
        if (after.newest(environment) == position.applied()) {
            return false;
        }
        group.means.applied.heed(group.connection, environment);
        return batches.stream().anyMatch(prepared -> prepared.batch().revision().number() < position.applied());
    }

    /** How often something was taken away as far as this node knows; asks when it knows nothing yet. */
    private @Nullable Long cleared() throws SQLException {
        if (acquainted.cleared(environment) == null) {
            acquainted.heed(environment, cursor.look().cleared());
        }
        return acquainted.cleared(environment);
    }

    /** In the order of their keys, so that two writers never wait for each other's cursor. */
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
            // The connection is gone, or must be: nobody may go on in what it has begun. The caller already has the
            // first failure.
            abort(connection);
        }
    }

    private static void abort(Connection connection) {
        try {
            // The pool would take the abort of what it has handed out for its end, and never get that one back.
            connection.unwrap(Connection.class).abort(Runnable::run);
        } catch (SQLException e) {
            // Gone already.
        }
    }

    private List<Appended.Committed> write(Cursor.Position position, LocalDate today) throws SQLException {
        var answers = new ArrayList<Appended.Committed>();
        for (Prepared prepared : batches) {
            answers.add(new Appended.Committed(settle(prepared)));
        }
        long last = position.last();
        long next = last + 1;
        var oldest = events.oldest();
        if (oldest.isPresent()) {
            next = events.insert(next, cursor.day(position, today, oldest.get()));
        }
        next = dropped.insert(next);
        counts.insert(cursor, last, next - 1);
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
        if (suppression.holds(batch, arrival)) {
            suppressLater(arrival);
            var type = arrival.event().type().wire();
            var note = Note.of(Refusal.SUPPRESSED, "identity");
            return drop(batch, type, Refusal.SUPPRESSED.name(), List.of(note));
        }
        if (line.key() != null && duplicates.known(line.key())) {
            counts.outcome(batch, Outcome.DUPLICATE, null);
            return new Disposition(Outcome.DUPLICATE, null, false, List.of());
        }
        if (line.tooLarge()) {
            var type = arrival.event().type().wire();
            return drop(batch, type, Refusal.TOO_LARGE.name(), List.of(Note.of(Refusal.TOO_LARGE, "")));
        }
        var refusal = arrival.reason() == null ? meanings.apply(batch, arrival) : null;
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

    /** Who was deleted has come with a device that nobody knew as theirs: it goes too, and what is stored of it. */
    private void suppressLater(Entry.Arrival arrival) throws SQLException {
        var device = suppression.stranger(arrival);
        if (device != null) {
            cursor.suppressed(suppression.late(device, now));
        }
    }

    private Disposition kept(Batch batch, Entry.Arrival arrival, Prepared.Line line) {
        events.add(batch, arrival, line);
        var reason = arrival.reason();
        var outcome = reason == null ? Outcome.ACCEPTED : Outcome.QUARANTINED;
        counts.outcome(batch, outcome, reason);
        if (outcome == Outcome.ACCEPTED && arrival.redacted()) {
            counts.redacted(batch);
        }
        if (arrival.notes().isEmpty()) {
            return outcome == Outcome.ACCEPTED && !arrival.redacted()
                    ? Disposition.PLAIN
                    : new Disposition(outcome, reason, arrival.redacted(), List.of());
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
}
