package dev.weir.changelog.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over the pieces one after the other. */
final class Digests {

    private Digests() {}

    static byte[] sha256(byte[]... pieces) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (byte[] piece : pieces) {
                digest.update(piece);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
