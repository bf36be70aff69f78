package dev.weir.changelog.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of the key that a log signs with, and the log's name. Written as one line, as the signed notes of
 * c2sp.org/signed-note want it: {@code name+id+base64}.
 */
public record LogKey(String name, PublicKey key) {

    static final byte ED25519 = 1;
    static final int ID_BYTES = 4;

    /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;

    public LogKey {
        if (name.isEmpty() || name.matches(".*[\\s+].*")) {
            throw new IllegalArgumentException("a log's name has no space and no plus");
        }
    }

    /** {@code name+id+key}. */
    public String line() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /** @throws IllegalArgumentException where it isn't exactly what {@link #line} writes */
    public static LogKey parse(String line) {
        var parts = line.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a key is written name+id+key");
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 1 + KEY_BYTES || typed[0] != ED25519) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        var key = new LogKey(parts[0], publicKey(Arrays.copyOfRange(typed, 1, typed.length)));
        if (!key.line().equals(line)) {
            throw new IllegalArgumentException("the key does not belong to its id");
        }
        return key;
    }

    byte[] id() {
        var line = (name + "\n").getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(Digests.sha256(line, typed()), ID_BYTES);
    }

    boolean signed(byte[] text, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(text);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private byte[] typed() {
        var encoded = key.getEncoded();
        var typed = new byte[1 + KEY_BYTES];
        typed[0] = ED25519;
        System.arraycopy(encoded, encoded.length - KEY_BYTES, typed, 1, KEY_BYTES);
        return typed;
    }

    private static PublicKey publicKey(byte[] raw) {
        var encoded = Arrays.copyOf(X509, X509.length + KEY_BYTES);
        System.arraycopy(raw, 0, encoded, X509.length, KEY_BYTES);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key", e);
        }
    }
}
