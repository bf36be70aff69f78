package dev.weir.policy;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that stand for a value without saying it: the first half of its HMAC-SHA-256 under the environment's own key, so that
 * nobody without the key can try out what it may have been, and two environments never agree.
 */
final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Pseudonyms(byte[] key) {
        // An empty key is none that the platform takes; the bench and tests have no secret to keep.
        this.key = new SecretKeySpec(key.length == 0 ? new byte[1] : key, ALGORITHM);
    }

    /** 32 hexadecimal digits. */
    String of(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
