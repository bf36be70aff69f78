package dev.weir.changelog.proof;

import dev.weir.changelog.proof.Spans.Span;
import dev.weir.kernel.CanonicalJson;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Makes a proof from the hashes of all rows, which it takes one after the other from the first on. Keeps of them what a tree of that size
 * has on one path. Not for several threads.
 */
public final class Prover {

    private final List<Span> spans;
    private final List<MerkleTree> trees;
    private long next;

    private Prover(List<Span> spans) {
        this.spans = spans;
        this.trees = spans.stream().map(span -> new MerkleTree()).toList();
    }

    /** @param row counted from 1 */
    public static Prover ofInclusion(long row, long size) {
        if (row < 1 || row > size) {
            throw new IllegalArgumentException("a row is one of the rows");
        }
        return new Prover(Spans.inclusion(row - 1, size));
    }

    public static Prover ofConsistency(long older, long newer) {
        if (older < 1 || older > newer) {
            throw new IllegalArgumentException("what is older has a row, and not more than what is newer");
        }
        return new Prover(Spans.consistency(older, newer));
    }

    public void take(String hash) {
        for (int i = 0; i < trees.size(); i++) {
            if (spans.get(i).holds(next)) {
                trees.get(i).append(HexFormat.of().parseHex(hash));
            }
        }
        next++;
    }

    /** To be asked after the last row. */
    List<String> hashes() {
        return trees.stream().map(tree -> HexFormat.of().formatHex(tree.root())).toList();
    }

    /** One line, as the offline verifier takes it: that rows are still what they were. */
    public String consistency(long older, long newer) {
        return CanonicalJson.write(Map.of(Proof.CONSISTENCY, Map.of("from", older, "hashes", hashes(), "to", newer)));
    }

    /** One line, as the offline verifier takes it: that a row is among the rows. Personal values are not in it. */
    public String inclusion(long row, long size, String content) {
        return CanonicalJson.write(
                Map.of(Proof.INCLUSION, Map.of("content", content, "hashes", hashes(), "row", row, "size", size)));
    }
}
