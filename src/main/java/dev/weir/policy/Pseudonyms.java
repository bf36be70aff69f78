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
public final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";

    /** What no handle begins with that is kept as it was sent. */
    private static final String MARK = "h:";

    /** Never used itself: looking one up and giving it the key costs more than what is hashed. */
    private final Mac keyed;

    /** {@code key} is the environment's own. */
    public Pseudonyms(byte[] key) {
        // An empty key is none that the platform takes; the bench and tests have no secret to keep.
        this.keyed = keyed(new SecretKeySpec(key.length == 0 ? new byte[1] : key, ALGORITHM));
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** The one name that a handle has under every policy, whether it is kept as it was sent or not: a pseudonym stays what it is. */
    public String handle(String kept) {
        return kept.startsWith(MARK) ? kept : MARK + of(kept);
    }

    /** 32 hexadecimal digits. */
    String of(String text) {
        try {
            var mac = (Mac) keyed.clone();
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the HmacSHA256 of the Java platform can be copied", e);
        }
    }
}
