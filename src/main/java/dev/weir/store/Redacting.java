package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Applies the policy in force to what is stored, kept or set aside: an event keeps its place and loses what the policy takes away. What
 * the policy would not let in at all is deleted. Consent belongs to the moment an event came in and is not asked for again. Every
 * method is a part of the transaction that is under way.
 */
@ApplicationScoped
public class Redacting {

    /** Characters that one go judges, unless a single event has more: each event is in memory more than once. */
    private static final long CHARACTERS = 2_000_000;

    private static final String THESE = "sequence > ? and sequence <= ?";

    private final DataSource database;
    private final Clock clock;

    Redacting(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What became, or would become, of the next events.
     *
     * @param next the number it came to; {@code last} whether there is nothing behind it in the stretch
     * @param revision of the policy in force
     * @param redacted events that lose something
     * @param aside of them, those that are set aside from now on
     * @param deleted events that the policy would not let in
     */
    public record Looked(
            long next, boolean last, long revision, long looked, long redacted, long aside, long deleted) {}

    /** When the oldest event of each kind came in. */
    public record Oldest(Optional<Instant> kept, Optional<Instant> quarantined) {}

    /** The number of the revision in force; empty when it can't be read. */
    public Optional<Long> revision(EnvironmentKey environment) {
        return Reading.change(
                database,
                connection -> Enforced.read(connection, environment)
                        .map(enforced -> enforced.revision().number()));
    }

    public Oldest oldest(EnvironmentKey environment) {
        return Reading.change(
                database,
                connection -> new Oldest(
                        oldest(connection, environment, "kept"), oldest(connection, environment, "quarantined")));
    }

    private static Optional<Instant> oldest(Connection connection, EnvironmentKey environment, String status)
            throws SQLException {
        try (var select = connection.prepareStatement(
                "select received_at from event where environment = ? and status = ? order by received_at limit 1")) {
            select.setString(1, environment.value());
            select.setString(2, status);
            try (var rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }

    /** Numbers of events: behind {@code after} and up to {@code until}, at most so many of them, and fewer where they are large. */
    public record Stretch(long after, long until, int most) {}

    /**
     * To be done before anything is applied: from the commit on whatever an earlier revision has judged is judged by this one too before
     * it is written. Answers the number of the last event that was not.
     */
    public long begin(EnvironmentKey environment, long revision) {
        return Reading.change(database, connection -> {
            var cursor = new Cursor(connection, environment.value());
            var position = cursor.take();
            try (var insert = connection.prepareStatement(
                    "insert into applied_revision (environment, revision, applied_at) values (?, ?, ?) on conflict do nothing")) {
                insert.setString(1, environment.value());
                insert.setLong(2, revision);
                Binding.time(insert, 3, clock.instant());
                insert.executeUpdate();
            }
            cursor.applied(revision);
            return position.last();
        });
    }

    /** What would become of these events. Empty when there is no policy in force that could be read. */
    public Optional<Looked> look(EnvironmentKey environment, Stretch stretch) {
        return Reading.change(database, connection -> through(connection, environment, stretch, false));
    }

    /** Does it. Holds the environment's cursor in the end: nobody else writes meanwhile. */
    public Optional<Looked> apply(EnvironmentKey environment, Stretch stretch) {
        return Reading.change(database, connection -> through(connection, environment, stretch, true));
    }

    private Optional<Looked> through(
            Connection connection, EnvironmentKey environment, Stretch stretch, boolean writing) throws SQLException {
        var enforced = Enforced.read(connection, environment);
        if (enforced.isEmpty()) {
            return Optional.empty();
        }
        var pass = new Pass(connection, enforced.get(), clock.instant());
        var some = pass.rewriting.some(stretch.after, stretch.until, stretch.most, CHARACTERS);
        var rows = pass.rewriting.read(THESE, stretch.after, some.next());
        rows.forEach(pass::judge);
        if (writing) {
            pass.write(new Cursor(connection, environment.value()), rows, stretch.after, some.next());
        }
        return Optional.of(new Looked(
                some.next(),
                some.last(),
                enforced.get().revision().number(),
                rows.size(),
                pass.redacted,
                pass.aside,
                pass.deleted.size()));
    }

    /** One go over some rows. */
    private static final class Pass {

        private final Enforced enforced;
        private final Rewriting rewriting;
        private final Counts counts;
        private final List<StoredRow> deleted = new ArrayList<>();
        private final List<StoredRow> changed = new ArrayList<>();
        private long redacted;
        private long aside;

        Pass(Connection connection, Enforced enforced, Instant now) throws SQLException {
            var environment = enforced.revision().environment().value();
            this.enforced = enforced;
            this.rewriting = new Rewriting(connection, environment, now);
            this.counts = new Counts(connection, Dialect.of(connection), environment);
        }

        /** Where the policy would not let it in, counts stay as they were when it came. */
        void judge(StoredRow row) {
            var again = Again.judged(enforced.policy(), row.event(), row.reason());
            if (!(again instanceof Again.Left left)) {
                deleted.add(row);
                return;
            }
            // Of the revision that let it in, which is what is known of its consent.
            var to = rewriting.rewritten(
                    row, enforced.policy(), left.event(), left.reason(), row.revision(), left.notes());
            if (same(row, to)) {
                return;
            }
            redacted++;
            if (row.reason() == null && to.reason() != null) {
                aside++;
                counts.moved(batch(row), Outcome.ACCEPTED, "", Outcome.QUARANTINED, to.reason());
            }
            changed.add(to);
        }

        /** What events share comes first, then the cursor; what was looked at before must still be so then. */
        void write(Cursor cursor, List<StoredRow> before, long after, long next) throws SQLException {
            changed.forEach(row -> rewriting.share(row.event()));
            rewriting.shareAll();
            cursor.take();
            if (!rewriting.read(THESE, after, next).equals(before)) {
                // Somebody released or deleted one in this moment: the step is tried again.
                throw new IllegalStateException("events changed while they were looked at");
            }
            changed.forEach(rewriting::write);
            deleted.forEach(rewriting::delete);
            rewriting.finish();
            counts.insert();
        }

        /** Whether nothing is taken away: what was found, and by which revision, is then what it was. */
        private static boolean same(StoredRow before, StoredRow after) {
            return EventJson.write(before.event()).equals(EventJson.write(after.event()))
                    && before.who().equals(after.who())
                    && Objects.equals(before.reason(), after.reason());
        }

        private Batch batch(StoredRow row) {
            return new Batch(
                    row.app(), enforced.revision(), row.door(), row.receivedAt(), row.stale(), 0, 0, List.of());
        }
    }
}
