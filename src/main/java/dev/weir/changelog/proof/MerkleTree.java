package dev.weir.changelog.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The Merkle tree of RFC 6962, section 2.1, as far as an append-only log needs it: takes one leaf after the other and knows the root
 * of all so far. Keeps a hash for each complete subtree only, at most one per bit of the size.
 */
public final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private long size;

    /** The complete subtrees from left to right, the largest first. */
    private final List<byte[]> subtrees;

    public MerkleTree() {
        this(0, List.of());
    }

    private MerkleTree(long size, List<byte[]> subtrees) {
        this.size = size;
        this.subtrees = new ArrayList<>(subtrees);
    }

    public void append(byte[] leaf) {
        var hash = Digests.sha256(LEAF, leaf);
        // Each one at the end of the size's binary form is a subtree as large as what is being added.
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = Digests.sha256(NODE, subtrees.remove(subtrees.size() - 1), hash);
        }
        subtrees.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        if (subtrees.isEmpty()) {
            return Digests.sha256();
        }
        var root = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = Digests.sha256(NODE, subtrees.get(i), root);
        }
        return root;
    }

    /** Everything that is needed to go on later. */
    public String frontier() {
        return String.join(
                " ", subtrees.stream().map(Base64.getEncoder()::encodeToString).toList());
    }

    /** A tree that goes on where another one was. */
    public static MerkleTree of(long size, String frontier) {
        var subtrees = frontier.isEmpty()
                ? List.<byte[]>of()
                : List.of(frontier.split(" ", -1)).stream()
                        .map(hash -> Base64.getDecoder().decode(hash.getBytes(StandardCharsets.US_ASCII)))
                        .toList();
        if (subtrees.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("no tree of this size has this many subtrees");
        }
        return new MerkleTree(size, subtrees);
    }
}
