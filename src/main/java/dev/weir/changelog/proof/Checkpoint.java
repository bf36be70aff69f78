package dev.weir.changelog.proof;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a log looked like at one moment, small enough to be kept elsewhere: how many rows, the Merkle root over their hashes, the last
 * hash. Written as c2sp.org/tlog-checkpoint wants it, with two lines more.
 *
 * @param log its name
 * @param root in lower-case hexadecimal
 * @param last hash of the last row
 */
public record Checkpoint(String log, long size, String root, String last, Instant at) {

    private static final Pattern TEXT =
            Pattern.compile("([^\\s+]+)\n(0|[1-9]\\d{0,17})\n(\\S{44})\nlast ([0-9a-f]{64})\ntime (\\S{20,30})\n");

    String text() {
        var encoded = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(root));
        return log + "\n" + size + "\n" + encoded + "\nlast " + last + "\ntime " + at + "\n";
    }

    /** The checkpoint of a signed note; empty where the note is damaged, or this key didn't sign it. */
    public static Optional<Checkpoint> of(String note, LogKey key) {
        return Note.text(note, key)
                .flatMap(Checkpoint::read)
                .filter(checkpoint -> checkpoint.log().equals(key.name()));
    }

    /**
     * The size over which two of these say different things, if there is one: then whoever has the key has signed two logs, and showed them
     * to different people. That they were signed at different times is no difference.
     */
    static Optional<Long> forked(List<Checkpoint> held) {
        var first = new TreeMap<Long, Checkpoint>();
        return held.stream()
                .filter(one -> !one.agrees(first.computeIfAbsent(one.size(), size -> one)))
                .map(Checkpoint::size)
                .min(Long::compare);
    }

    private boolean agrees(Checkpoint other) {
        return root.equals(other.root()) && last.equals(other.last());
    }

    /** What is to be said of such a size. */
    static String fork(long size) {
        return "two of your checkpoints are over " + size
                + " rows and say different things: whoever has the key of this log has"
                + " signed two logs, and showed them to different people";
    }

    private static Optional<Checkpoint> read(String text) {
        var lines = TEXT.matcher(text);
        if (!lines.matches()) {
            return Optional.empty();
        }
        return Note.bytes(lines.group(3))
                .map(root -> new Checkpoint(
                        lines.group(1),
                        Long.parseLong(lines.group(2)),
                        HexFormat.of().formatHex(root),
                        lines.group(4),
                        Instant.parse(lines.group(5))));
    }
}
