package dev.weir.changelog;

import dev.weir.changelog.proof.Checkpoint;
import dev.weir.changelog.proof.Export;
import dev.weir.changelog.proof.Fault;
import dev.weir.changelog.proof.Row;
import dev.weir.changelog.proof.Verification;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the whole log in the order in which it was written, to check it or to hand it out. Changes nothing. */
@ApplicationScoped
class Checking {

    private static final int AT_ONCE = 1000;

    private final LogRows rows;
    private final Signing signing;

    Checking(LogRows rows, Signing signing) {
        this.rows = rows;
        this.signing = signing;
    }

    Verified verify() {
        // Before the head is read: whatever was signed until then is over rows that are there.
        var signed = signing.checkpoints(Long.MAX_VALUE, Integer.MAX_VALUE);
        var head = rows.head();
        var checkpoints = new ArrayList<Checkpoint>();
        var verification = new Verification(List.of());
        Optional<Fault> forged = Optional.empty();
        var key = signing.verifier();
        for (Signing.Signed each : signed) {
            var checkpoint = key.flatMap(verifier -> Checkpoint.of(each.note(), verifier))
                    .filter(found -> found.size() == each.size());
            checkpoint.ifPresent(checkpoints::add);
            if (checkpoint.isEmpty()) {
                forged = Optional.of(new Fault(
                        each.size(), "the checkpoint over the rows up to here is not the one that was signed"));
            }
        }
        checkpoints.forEach(verification::hold);
        var fault = whole(head, verification);
        return new Verified(
                earlier(fault, forged),
                verification.rows(),
                verification.confirmed(),
                signed.size(),
                verification.erased(),
                verification.untold());
    }

    private static Optional<Fault> earlier(Optional<Fault> one, Optional<Fault> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().row() <= other.get().row() ? one : other;
    }

    private Optional<Fault> whole(LogRows.Head head, Verification verification) {
        var end = head;
        var fault = walked(end, verification);
        for (var further = further(end); fault.isEmpty() && further.isPresent(); further = further(end)) {
            end = further.get();
            fault = walked(end, verification);
        }
        return fault.isPresent() ? fault : ended(end, verification);
    }

    /** The end of the log by now, where values were erased since the one that is known: what tells of it is to be read as well. */
    private Optional<LogRows.Head> further(LogRows.Head known) {
        return rows.erasedSince(known.sequence())
                ? Optional.of(rows.head()).filter(head -> head.sequence() > known.sequence())
                : Optional.empty();
    }

    private Optional<Fault> walked(LogRows.Head head, Verification verification) {
        long last = verification.rows();
        while (true) {
            var batch = rows.after(last, Long.MAX_VALUE, AT_ONCE);
            if (batch.isEmpty()) {
                return Optional.empty();
            }
            long end = batch.get(batch.size() - 1).sequence();
            var personal = rows.personal(last + 1, end);
            for (LogRows.Stored stored : batch) {
                if (stored.sequence() > head.sequence() && verification.rows() >= head.sequence()) {
                    // Written since this look began.
                    return Optional.empty();
                }
                var fault = looked(stored, personal, verification);
                if (fault.isPresent()) {
                    return fault;
                }
            }
            last = end;
        }
    }

    private static Optional<Fault> looked(
            LogRows.Stored stored,
            Map<Long, Map<String, dev.weir.changelog.proof.Sealed>> personal,
            Verification verification) {
        Row row;
        try {
            row = LogRows.row(stored, personal);
        } catch (IllegalArgumentException e) {
            return Optional.of(new Fault(
                    Math.min(stored.sequence(), verification.rows() + 1),
                    "the row does not have the form that it was written in"));
        }
        return verification
                .next(row)
                .or(() -> stored.findable(row)
                        ? Optional.empty()
                        : Optional.of(new Fault(stored.sequence(), "the row can't be found by what it says")));
    }

    private static Optional<Fault> ended(LogRows.Head head, Verification verification) {
        if (verification.rows() != head.sequence() || !verification.last().equals(head.hash())) {
            return Optional.of(new Fault(
                    Math.min(verification.rows(), head.sequence()) + 1,
                    "the log ends after row " + verification.rows() + ", but its head says " + head.sequence()));
        }
        return verification.end();
    }

    /** Every row as a line, and a checkpoint over all of them. */
    void export(Consumer<String> lines) {
        var head = rows.head();
        if (head.sequence() > 0) {
            walk(0, head.sequence(), row -> lines.accept(Export.line(row)));
            for (var further = further(head); further.isPresent(); further = further(head)) {
                walk(head.sequence(), further.get().sequence(), row -> lines.accept(Export.line(row)));
                head = further.get();
            }
            lines.accept(Export.end(signing.note(head)));
        }
    }

    private void walk(long after, long until, Consumer<Row> rowsOut) {
        long last = after;
        while (last < until) {
            var batch = rows.after(last, until, AT_ONCE);
            if (batch.isEmpty()) {
                return;
            }
            long end = batch.get(batch.size() - 1).sequence();
            var personal = rows.personal(last + 1, end);
            batch.forEach(stored -> rowsOut.accept(LogRows.row(stored, personal)));
            last = end;
        }
    }
}
