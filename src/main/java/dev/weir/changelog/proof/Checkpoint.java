package dev.weir.changelog.proof;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
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
