package dev.weir.changelog.proof;

import dev.weir.kernel.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lines of an export: one row each, and at the end a checkpoint over all of them. Each line is canonical JSON, so there is one
 * way to write it only. Reads a line at a time and never the whole.
 */
public final class Export {

    /** No line is longer: a row has limits, and a file that has none must not fill the memory. */
    static final int LONGEST_LINE = 4 << 20;

    private static final int FIRST_BUFFER = 1 << 16;

    private Export() {}

    public static String line(Row row) {
        var personal = new TreeMap<String, Object>();
        row.personal()
                .forEach((commitment, kept) ->
                        personal.put(commitment, Map.of("salt", kept.salt(), "value", kept.value())));
        return "{\"content\":" + row.content() + ",\"hash\":\"" + row.hash() + "\",\"personal\":"
                + CanonicalJson.write(personal) + "}";
    }

    public static String end(String note) {
        return CanonicalJson.write(Map.of("checkpoint", note));
    }

    /** Checks a whole export; {@code held} has the checkpoints to compare with. */
    public static Optional<Fault> check(InputStream export, LogKey key, Verification held) throws IOException {
        var lines = new Lines(export);
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            if (line.get().startsWith("{\"checkpoint\":")) {
                return ended(line.get(), lines, key, held);
            }
            var row = row(line.get());
            var fault = row.isEmpty()
                    ? Optional.of(new Fault(held.rows() + 1, "the line is damaged"))
                    : held.next(row.get());
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.of(new Fault(held.rows() + 1, "the export is damaged here, or its end is missing"));
    }

    private static Optional<Fault> ended(String line, Lines lines, LogKey key, Verification held) throws IOException {
        var checkpoint = note(line).flatMap(note -> Checkpoint.of(note, key));
        if (checkpoint.isEmpty() || lines.next().isPresent() || !lines.clean()) {
            return Optional.of(new Fault(held.rows() + 1, "the end of the export is damaged"));
        }
        if (!held.agrees(checkpoint.get())) {
            return Optional.of(new Fault(held.rows() + 1, "the checkpoint at the end is not over these rows"));
        }
        return held.end();
    }

    private static Optional<String> note(String line) {
        try {
            return CanonicalJson.read(line) instanceof Map<?, ?> map
                            && map.size() == 1
                            && map.get("checkpoint") instanceof String note
                    ? Optional.of(note)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Empty where the line isn't one that {@link #line} writes. */
    static Optional<Row> row(String line) {
        int hash = line.lastIndexOf(",\"hash\":\"");
        if (!line.startsWith("{\"content\":") || hash < 0) {
            return Optional.empty();
        }
        try {
            var rest = CanonicalJson.read("{" + line.substring(hash + 1));
            if (!(rest instanceof Map<?, ?> map)
                    || map.size() != 2
                    || !(map.get("hash") instanceof String written)
                    || !(map.get("personal") instanceof Map<?, ?> values)) {
                return Optional.empty();
            }
            var personal = new HashMap<String, Sealed>();
            for (Map.Entry<?, ?> entry : values.entrySet()) {
                if (!(entry.getValue() instanceof Map<?, ?> value)
                        || value.size() != 2
                        || !(value.get("salt") instanceof String salt)
                        || !(value.get("value") instanceof String text)) {
                    return Optional.empty();
                }
                personal.put((String) entry.getKey(), new Sealed(salt, text));
            }
            return Optional.of(new Row(line.substring("{\"content\":".length(), hash), written, personal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Lines that end with a line feed, in strict UTF-8. What isn't one ends the reading, and {@link #clean} says so. */
    private static final class Lines {

        private final InputStream in;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        private byte[] buffer = new byte[FIRST_BUFFER];
        private int from;
        private int to;
        private boolean clean = true;

        Lines(InputStream in) {
            this.in = in;
        }

        boolean clean() {
            return clean;
        }

        Optional<String> next() throws IOException {
            int looked = from;
            while (clean) {
                for (int i = looked; i < to; i++) {
                    if (buffer[i] == '\n') {
                        int start = from;
                        from = i + 1;
                        return decoded(start, i - start);
                    }
                }
                looked = to - from;
                if (!fill()) {
                    // The last line has its line feed too: without one it is cut off.
                    clean = from == to;
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }

        private Optional<String> decoded(int start, int length) {
            try {
                return Optional.of(
                        decoder.decode(ByteBuffer.wrap(buffer, start, length)).toString());
            } catch (CharacterCodingException e) {
                clean = false;
                return Optional.empty();
            }
        }

        /** Moves what is left to the front and reads on. False at the end, or where a line has no end. */
        private boolean fill() throws IOException {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
            if (to == LONGEST_LINE) {
                clean = false;
                return false;
            }
            if (to == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(LONGEST_LINE, buffer.length * 2));
            }
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                return false;
            }
            to += read;
            return true;
        }
    }
}
