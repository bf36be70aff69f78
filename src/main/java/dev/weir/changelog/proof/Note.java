package dev.weir.changelog.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** A text and who signed it, as c2sp.org/signed-note wants it: the text, an empty line, a signature. Knows nothing of what texts say. */
final class Note {

    private static final String SIGNATURE = "\u2014 ";

    private static final Pattern FORM = Pattern.compile("(?s)(.*\n)\n" + SIGNATURE + "(\\S+) (\\S+)\n");

    private Note() {}

    /** @param text ends with a line feed */
    static String write(String text, LogKey key, byte[] signature) {
        var signed = Arrays.copyOf(key.id(), LogKey.ID_BYTES + signature.length);
        System.arraycopy(signature, 0, signed, LogKey.ID_BYTES, signature.length);
        return text + "\n" + SIGNATURE + key.name() + " " + Base64.getEncoder().encodeToString(signed) + "\n";
    }

    /** The text of a note; empty where the note is damaged, or this key didn't sign it. */
    static Optional<String> text(String note, LogKey key) {
        var parts = FORM.matcher(note);
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
                .map(signed -> text);
    }

    /** Base64 in its one spelling: Java's decoder would overlook bits that mean nothing. */
    static Optional<byte[]> bytes(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
