package dev.weir.store;

import dev.weir.policy.Finding;
import dev.weir.policy.Verdict;
import dev.weir.store.SetAside.Fate;
import dev.weir.store.SetAside.Released;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges events that were set aside by the policy in force, in one transaction that holds the environment's cursor: nobody else writes,
 * links or counts meanwhile. An identity or a page that set the event aside is vouched for by who releases it, a rule is not.
 */
final class Releasing {

    private final Enforced enforced;
    private final Cursor cursor;
    private final Meanings meanings;
    private final Recollection recollection;
    private final Rewriting rewriting;
    private final DroppedRows dropped;
    private final Counts counts;

    Releasing(Connection connection, Enforced enforced, Instant now) throws SQLException {
        var environment = enforced.revision().environment();
        this.enforced = enforced;
        this.cursor = new Cursor(connection, environment.value());
        this.meanings = new Meanings(connection, environment.value());
        this.recollection = new Recollection(connection, environment);
        this.rewriting = new Rewriting(connection, environment.value(), now);
        this.dropped = new DroppedRows(connection, environment.value());
        this.counts = new Counts(connection, Dialect.of(connection), environment.value());
    }

    List<Released> all(SortedSet<Long> sequences) throws SQLException {
        var before = there(sequences);
        var verdicts = new HashMap<Long, Verdict>();
        for (StoredRow row : before.values()) {
            var verdict = enforced.policy().judge(row.event(), recollection.of(row.door(), row.revision()));
            verdicts.put(row.sequence(), verdict);
            share(verdict);
        }
        rewriting.shareAll();
        long last = cursor.take().last();
        // Whoever released or rewrote one before us has committed: what is not as it was is left to them.
        var now = there(sequences);
        var released = new ArrayList<Released>();
        for (long sequence : sequences) {
            var row = now.get(sequence);
            var verdict = verdicts.get(sequence);
            released.add(
                    row == null || verdict == null || !row.equals(before.get(sequence))
                            ? new Released(sequence, Fate.GONE, null)
                            : release(row, verdict));
        }
        rewriting.finish();
        long next = dropped.insert(last + 1);
        counts.insert();
        if (next > last + 1) {
            cursor.move(next - 1);
        }
        return released;
    }

    private void share(Verdict verdict) {
        if (verdict instanceof Verdict.Kept kept) {
            rewriting.share(kept.event());
        } else if (verdict instanceof Verdict.Quarantined quarantined) {
            rewriting.share(quarantined.event());
        }
    }

    private Map<Long, StoredRow> there(SortedSet<Long> sequences) throws SQLException {
        if (sequences.isEmpty()) {
            return Map.of();
        }
        var marks = "?" + ", ?".repeat(sequences.size() - 1);
        return rewriting.read("status = 'quarantined' and sequence in (" + marks + ")", sequences.toArray()).stream()
                .collect(Collectors.toMap(StoredRow::sequence, Function.identity()));
    }

    private Released release(StoredRow row, Verdict verdict) throws SQLException {
        if (verdict instanceof Verdict.Kept kept) {
            return keep(row, kept);
        }
        if (verdict instanceof Verdict.Quarantined again) {
            return stay(row, again);
        }
        var drop = (Verdict.Dropped) verdict;
        var rule = drop.findings().stream().findFirst().map(Finding::rule).orElse("");
        return drop(row, drop.reason().name(), rule);
    }

    private Released keep(StoredRow row, Verdict.Kept kept) throws SQLException {
        var batch = batch(row);
        var notes = notes(kept);
        var to = rewriting.rewritten(row, enforced.policy(), kept.event(), null, number(), notes);
        var meaning = Entry.Meaning.of(row.door(), row.event().type());
        var arrival = new Entry.Arrival(
                null, to.event(), to.who(), row.receivedAt(), null, to.redacted(), to.notes(), meaning);
        var refusal = meanings.apply(batch, arrival);
        if (refusal != null && refusal.effect() == Refusal.Effect.DROPPED) {
            return drop(row, refusal.name(), "ingest");
        }
        if (refusal != null) {
            var flag = List.of(Note.of(refusal, "properties"));
            to = rewriting.rewritten(to, enforced.policy(), to.event(), null, number(), flag);
        }
        rewriting.write(to);
        counts.moved(batch, Outcome.QUARANTINED, reason(row), Outcome.ACCEPTED, null);
        if (to.redacted()) {
            counts.redacted(batch);
        }
        found(batch, row, to);
        return new Released(row.sequence(), Fate.KEPT, null);
    }

    private Released stay(StoredRow row, Verdict.Quarantined again) {
        var reason = again.reason().name();
        var to = rewriting.rewritten(row, enforced.policy(), again.event(), reason, number(), notes(again));
        rewriting.write(to);
        counts.moved(batch(row), Outcome.QUARANTINED, reason(row), Outcome.QUARANTINED, reason);
        found(batch(row), row, to);
        return new Released(row.sequence(), Fate.STAYS, reason);
    }

    private Released drop(StoredRow row, String reason, String rule) {
        var batch = batch(row);
        rewriting.delete(row);
        dropped.begin(batch);
        dropped.add(row.event().type().wire(), reason, rule);
        counts.moved(batch, Outcome.QUARANTINED, reason(row), Outcome.DROPPED, reason);
        return new Released(row.sequence(), Fate.DROPPED, reason);
    }

    private void found(Batch batch, StoredRow before, StoredRow after) {
        var known = before.notes().stream().map(Note::reason).collect(Collectors.toSet());
        after.notes().stream()
                .map(Note::reason)
                .filter(reason -> !known.contains(reason))
                .distinct()
                .forEach(reason -> counts.found(batch, reason));
    }

    private static List<Note> notes(Verdict verdict) {
        return verdict.findings().stream().map(Note::of).toList();
    }

    /** As it came, but under the revision that judges it now. */
    private Batch batch(StoredRow row) {
        return new Batch(
                row.app(), enforced.revision(), row.door(), row.receivedAt(), row.stale(), perDevice(), 0, List.of());
    }

    private int perDevice() {
        var identity = enforced.policy().document().json().get("identity");
        @Nullable Object most = identity instanceof Map<?, ?> rules ? rules.get("perDevice") : null;
        return most instanceof Number number ? number.intValue() : 0;
    }

    private long number() {
        return enforced.revision().number();
    }

    private static String reason(StoredRow row) {
        return row.reason() == null ? "" : row.reason();
    }
}
