package dev.weir.changelog.proof;

import dev.weir.kernel.CanonicalJson;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks at the rows of a whole log one after the other, and compares with checkpoints on the way. Says what is wrong first and then
 * nothing more. Keeps no rows.
 */
public final class Verification {

    /** What the first row names as the hash before it. */
    public static final String BEGINNING = "0".repeat(64);

    /** The action of a row that tells how many personal values were erased. */
    public static final String ERASURE = "personal-data-erased";

    private final MerkleTree tree = new MerkleTree();
    private final TreeMap<Long, List<Checkpoint>> checkpoints = new TreeMap<>();
    private String last = BEGINNING;
    private long confirmed;
    private long erased;
    private long told;

    /** @param checkpoints whose signatures were checked */
    public Verification(List<Checkpoint> checkpoints) {
        checkpoints.forEach(this::hold);
    }

    /** Whether a checkpoint is over exactly the rows so far. */
    public boolean agrees(Checkpoint checkpoint) {
        return checkpoint.size() == tree.size()
                && checkpoint.last().equals(last)
                && checkpoint.root().equals(HexFormat.of().formatHex(tree.root()));
    }

    /** Takes another checkpoint along, for a size that has not been passed. */
    public void hold(Checkpoint checkpoint) {
        checkpoints.merge(
                checkpoint.size(),
                List.of(checkpoint),
                (some, more) -> java.util.stream.Stream.concat(some.stream(), more.stream())
                        .toList());
    }

    public Optional<Fault> next(Row row) {
        long number = tree.size() + 1;
        if (row.sequence() != number) {
            return fault(number, "the row is missing, or rows are not in their order");
        }
        if (!CanonicalJson.sha256(row.content()).equals(row.hash())) {
            return fault(number, "the row does not have the hash that it was written with");
        }
        if (!row.previous().equals(last)) {
            return fault(number, "the row was not written after the one before it");
        }
        var damaged = personal(row);
        if (damaged.isPresent()) {
            return damaged;
        }
        tree.append(HexFormat.of().parseHex(row.hash()));
        last = row.hash();
        return reached();
    }

    /** Values that are there must be those that were committed to; those that are not there were erased. */
    private Optional<Fault> personal(Row row) {
        long found = 0;
        for (Map.Entry<String, Sealed> entry : row.personal().entrySet()) {
            boolean own = row.content().contains("{\"" + Row.SEALED + "\":\"" + entry.getKey() + "\"}");
            if (!own || !entry.getValue().commitment().equals(entry.getKey())) {
                return fault(row.sequence(), "a value beside the row is not the one that was written");
            }
            found++;
        }
        erased += seals(row.content()) - found;
        if (row.action().equals(ERASURE) && row.before().get("values") instanceof Long values) {
            told += values;
        }
        return Optional.empty();
    }

    private static long seals(String content) {
        var mark = "{\"" + Row.SEALED + "\":\"";
        long count = 0;
        for (int at = content.indexOf(mark); at >= 0; at = content.indexOf(mark, at + 1)) {
            count++;
        }
        return count;
    }

    private Optional<Fault> reached() {
        for (Checkpoint checkpoint : checkpoints.getOrDefault(tree.size(), List.of())) {
            if (!agrees(checkpoint)) {
                return fault(
                        confirmed + 1,
                        "this row or one up to row " + tree.size()
                                + " is not the one that was signed: the log has been written again");
            }
            confirmed = tree.size();
        }
        return Optional.empty();
    }

    /** To be asked once, after the last row. */
    public Optional<Fault> end() {
        var beyond = checkpoints.higherKey(tree.size());
        return beyond == null
                ? Optional.empty()
                : fault(
                        tree.size() + 1,
                        "the log ends here, but a checkpoint was signed over " + checkpoints.lastKey() + " rows");
    }

    public long rows() {
        return tree.size();
    }

    /** Up to which row a checkpoint has been found true. */
    public long confirmed() {
        return confirmed;
    }

    /** Sealed values that are not there any more. */
    public long erased() {
        return erased;
    }

    /** Of those that are not there any more: how many no row tells of. */
    public long untold() {
        return Math.max(0, erased - told);
    }

    public String last() {
        return last;
    }

    private static Optional<Fault> fault(long row, String words) {
        return Optional.of(new Fault(row, words));
    }
}
