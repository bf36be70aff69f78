package dev.weir.changelog.proof;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A value that may have to be forgotten. A row holds its commitment only, SHA-256 over salt and value; whoever destroys both leaves
 * the row's hash as it was, and nobody can find the value again by trying.
 *
 * @param salt 16 random bytes in lower-case hexadecimal
 */
public record Sealed(String salt, String value) {

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static Sealed fresh(String value) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Sealed(HexFormat.of().formatHex(salt), value);
    }

    /** Lower-case hexadecimal; a salt that isn't one has none. */
    public String commitment() {
        if (!salt.matches("[0-9a-f]{" + 2 * SALT_BYTES + "}")) {
            return "";
        }
        return HexFormat.of()
                .formatHex(Digests.sha256(HexFormat.of().parseHex(salt), value.getBytes(StandardCharsets.UTF_8)));
    }
}
