package dev.weir.changelog.proof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
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

    static final String SIGNATURE = "\u2014 ";

    private static final Pattern TEXT =
            Pattern.compile("([^\\s+]+)\n(0|[1-9]\\d{0,17})\n(\\S{44})\nlast ([0-9a-f]{64})\ntime (\\S{20,30})\n");
    private static final Pattern NOTE = Pattern.compile("(?s)(.*\n)\n" + SIGNATURE + "(\\S+) (\\S+)\n");

    String text() {
        var encoded = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(root));
        return log + "\n" + size + "\n" + encoded + "\nlast " + last + "\ntime " + at + "\n";
    }

    /** The checkpoint of a signed note; empty where the note is damaged, or this key didn't sign it. */
    public static Optional<Checkpoint> of(String note, LogKey key) {
        var parts = NOTE.matcher(note);
        if (!parts.matches() || !parts.group(2).equals(key.name())) {
            return Optional.empty();
        }
        var text = parts.group(1);
        return bytes(parts.group(3))
                .filter(signed -> signed.length > LogKey.ID_BYTES)
                .filter(signed -> Arrays.equals(Arrays.copyOf(signed, LogKey.ID_BYTES), key.id()))
                .filter(signed -> key.signed(
                        text.getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(signed, LogKey.ID_BYTES, signed.length)))
                .flatMap(signed -> read(text))
                .filter(checkpoint -> checkpoint.log().equals(key.name()));
    }

    private static Optional<Checkpoint> read(String text) {
        var lines = TEXT.matcher(text);
        if (!lines.matches()) {
            return Optional.empty();
        }
        return bytes(lines.group(3))
                .map(root -> new Checkpoint(
                        lines.group(1),
                        Long.parseLong(lines.group(2)),
                        HexFormat.of().formatHex(root),
                        lines.group(4),
                        Instant.parse(lines.group(5))));
    }

    /** Base64 in its one spelling: Java's decoder would overlook bits that mean nothing. */
    private static Optional<byte[]> bytes(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
