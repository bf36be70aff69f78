package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Verdict;
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
import org.jspecify.annotations.Nullable;

/**
 * Applies the policy in force to what is stored, kept or set aside: an event keeps its place and loses what the policy takes away. What
 * the policy would not let in at all is deleted. Consent belongs to the moment an event came in and is not asked for again. Every
 * method is a part of the transaction that is under way.
 */
@ApplicationScoped
public class Redacting {

    /** A policy leaves what it left before; this often is more than enough to be sure. */
    private static final int AGAIN = 5;

    private static final String SOME = "sequence > ? order by sequence limit ?";

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
     * @param next the number it came to; {@code last} whether there is nothing behind it
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

    /** What would become of the next {@code most} events. Empty when there is no policy in force that could be read. */
    public Optional<Looked> look(EnvironmentKey environment, long after, int most) {
        return Reading.change(database, connection -> through(connection, environment, after, most, false));
    }

    /** Does it. Holds the environment's cursor in the end: nobody else writes meanwhile. */
    public Optional<Looked> apply(EnvironmentKey environment, long after, int most) {
        return Reading.change(database, connection -> through(connection, environment, after, most, true));
    }

    private Optional<Looked> through(
            Connection connection, EnvironmentKey environment, long after, int most, boolean writing)
            throws SQLException {
        var enforced = Enforced.read(connection, environment);
        if (enforced.isEmpty()) {
            return Optional.empty();
        }
        var pass = new Pass(connection, enforced.get(), clock.instant());
        var rows = pass.rewriting.read(SOME, after, most);
        rows.forEach(pass::judge);
        long next = rows.isEmpty() ? after : rows.get(rows.size() - 1).sequence();
        if (writing) {
            pass.write(new Cursor(connection, environment.value()), rows, after, next);
        }
        return Optional.of(new Looked(
                next,
                rows.size() < most,
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

        /** What is left of an event, why it is set aside if it is, and what was found. */
        private record Left(Event event, @Nullable String reason, List<Note> notes) {}

        void judge(StoredRow row) {
            var left = left(enforced.policy(), row);
            if (left == null) {
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

        /** Null when the policy would not let it in; counts then stay as they were when it came. */
        private static @Nullable Left left(CompiledPolicy policy, StoredRow row) {
            var event = row.event();
            var reason = row.reason();
            var notes = new ArrayList<Note>();
            for (int i = 0; i < AGAIN; i++) {
                var verdict = policy.judge(event, Circumstances.SERVER);
                if (verdict instanceof Verdict.Dropped) {
                    return null;
                }
                verdict.findings().stream().map(Note::of).forEach(notes::add);
                if (verdict instanceof Verdict.Quarantined quarantined && reason == null) {
                    reason = quarantined.reason().name();
                }
                var next = event(verdict);
                if (EventJson.write(next).equals(EventJson.write(event))) {
                    break;
                }
                event = next;
            }
            return new Left(event, reason, notes);
        }

        private static Event event(Verdict verdict) {
            return verdict.match(kept -> kept.event(), quarantined -> quarantined.event(), dropped -> {
                throw new IllegalStateException("a dropped event has nothing left");
            });
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
