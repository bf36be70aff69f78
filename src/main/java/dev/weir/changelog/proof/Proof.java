package dev.weir.changelog.proof;

import dev.weir.kernel.CanonicalJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A proof as it is served: what it says, and whether that is true of signed checkpoints (RFC 9162, 2.1.3.2 and 2.1.4.2). Needs no rows.
 */
public final class Proof {

    static final String CONSISTENCY = "consistency";
    static final String INCLUSION = "inclusion";

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /** A path has as many hashes as the size has bits, at most. */
    private static final int LONGEST = 2 * Long.SIZE;

    private Proof() {}

    /** What became of looking at a proof: true or not, or a checkpoint is missing; and the words for it. */
    public record Result(Kind kind, String words) {
        public enum Kind {
            TRUE,
            BROKEN,
            UNABLE
        }
    }

    /** Whether a file begins as a proof does. */
    static boolean begins(String text) {
        return text.startsWith("{\"" + CONSISTENCY + "\":") || text.startsWith("{\"" + INCLUSION + "\":");
    }

    /** @param held checkpoints whose signatures were checked */
    public static Result check(String text, List<Checkpoint> held) {
        var fork = Checkpoint.forked(held);
        if (fork.isPresent()) {
            return new Result(Result.Kind.BROKEN, Checkpoint.fork(fork.get()));
        }
        try {
            if (CanonicalJson.read(text.strip()) instanceof Map<?, ?> map && map.size() == 1) {
                LongFunction<Optional<Checkpoint>> over = size -> held.stream()
                        .filter(checkpoint -> checkpoint.size() == size)
                        .findFirst();
                if (map.get(CONSISTENCY) instanceof Map<?, ?> said) {
                    return consistency(said, over);
                }
                if (map.get(INCLUSION) instanceof Map<?, ?> said) {
                    return inclusion(said, over);
                }
            }
        } catch (IllegalArgumentException e) {
            // Said below: what can't be read is no proof.
        }
        return new Result(Result.Kind.BROKEN, "this is no proof, or it is damaged");
    }

    private static Result consistency(Map<?, ?> said, LongFunction<Optional<Checkpoint>> over) {
        long from = number(said.get("from"));
        long to = number(said.get("to"));
        var older = over.apply(from);
        var newer = over.apply(to);
        if (older.isEmpty() || newer.isEmpty()) {
            return missing(older.isEmpty() ? from : to);
        }
        boolean holds = consistent(
                from, to, bytes(older.get().root()), bytes(newer.get().root()), hashes(said));
        return holds
                ? new Result(
                        Result.Kind.TRUE,
                        "rows 1 to " + from + " of the " + to
                                + " are those over which your older checkpoint was signed")
                : new Result(
                        Result.Kind.BROKEN,
                        "the log of " + to + " rows does not begin with the " + from
                                + " over which your older checkpoint was signed, or the proof is damaged");
    }

    private static Result inclusion(Map<?, ?> said, LongFunction<Optional<Checkpoint>> over) {
        long row = number(said.get("row"));
        long size = number(said.get("size"));
        var checkpoint = over.apply(size);
        if (checkpoint.isEmpty()) {
            return missing(size);
        }
        if (!(said.get("content") instanceof String content)) {
            throw new IllegalArgumentException("no content");
        }
        var leaf = Digests.sha256(LEAF, bytes(CanonicalJson.sha256(content)));
        boolean holds = row >= 1
                && included(leaf, row - 1, size, bytes(checkpoint.get().root()), hashes(said))
                && CanonicalJson.read(content) instanceof Map<?, ?> values
                && values.get("sequence") instanceof Long sequence
                && sequence == row;
        return holds
                ? new Result(Result.Kind.TRUE, "row " + row + " of the " + size + " says:\n" + content)
                : new Result(
                        Result.Kind.BROKEN,
                        "row " + row + " of the " + size
                                + " over which your checkpoint was signed does not say this, or the proof is damaged");
    }

    private static Result missing(long size) {
        return new Result(
                Result.Kind.UNABLE, "none of the checkpoints is over " + size + " rows, which the proof is about");
    }

    static boolean included(byte[] leaf, long index, long size, byte[] root, List<byte[]> path) {
        if (index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        var hash = leaf;
        for (var other : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = Digests.sha256(NODE, other, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = Digests.sha256(NODE, hash, other);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(hash, root);
    }

    static boolean consistent(long older, long newer, byte[] olderRoot, byte[] newerRoot, List<byte[]> proof) {
        if (older < 1 || older > newer) {
            return false;
        }
        if (older == newer) {
            return proof.isEmpty() && Arrays.equals(olderRoot, newerRoot);
        }
        var path = new ArrayList<>(proof);
        if (Long.bitCount(older) == 1) {
            path.add(0, olderRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        long fn = older - 1;
        long sn = newer - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        var old = path.get(0);
        var fresh = path.get(0);
        for (var other : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                old = Digests.sha256(NODE, other, old);
                fresh = Digests.sha256(NODE, other, fresh);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                fresh = Digests.sha256(NODE, fresh, other);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(old, olderRoot) && Arrays.equals(fresh, newerRoot);
    }

    private static long number(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("no whole number");
    }

    private static List<byte[]> hashes(Map<?, ?> said) {
        if (!(said.get("hashes") instanceof List<?> list) || list.size() > LONGEST) {
            throw new IllegalArgumentException("no list of hashes");
        }
        return list.stream().map(hash -> bytes(String.valueOf(hash))).toList();
    }

    private static byte[] bytes(String hash) {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("no hash");
        }
        return HexFormat.of().parseHex(hash);
    }
}
