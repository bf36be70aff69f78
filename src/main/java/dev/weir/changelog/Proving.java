package dev.weir.changelog;

import dev.weir.changelog.proof.Prover;
import dev.weir.changelog.proof.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Makes proofs for who holds a checkpoint. Reads the hashes of all rows that a proof is about, and no other column. */
@ApplicationScoped
class Proving {

    private static final int AT_ONCE = 5000;

    private final LogRows rows;

    Proving(LogRows rows) {
        this.rows = rows;
    }

    /** Empty where there are not so many rows. */
    Optional<String> consistency(long older, long newer) {
        if (older < 1 || older > newer || newer > rows.head().sequence()) {
            return Optional.empty();
        }
        var prover = Prover.ofConsistency(older, newer);
        feed(prover, newer);
        return Optional.of(prover.consistency(older, newer));
    }

    /** Empty where there is no such row among so many. */
    Optional<String> inclusion(Row row, long size) {
        if (row.sequence() > size || size > rows.head().sequence()) {
            return Optional.empty();
        }
        var prover = Prover.ofInclusion(row.sequence(), size);
        feed(prover, size);
        return Optional.of(prover.inclusion(row.sequence(), size, row.content()));
    }

    private void feed(Prover prover, long until) {
        long last = 0;
        while (last < until) {
            var some = rows.hashes(last, until, AT_ONCE);
            if (some.isEmpty()) {
                return;
            }
            some.forEach(prover::take);
            last += some.size();
        }
    }
}
