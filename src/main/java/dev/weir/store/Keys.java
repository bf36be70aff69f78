package dev.weir.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what a sender calls a thing into a fixed-size key. What was sent is not kept: it may hold anything. */
final class Keys {

    private Keys() {}

    /** By what a retry is known: an event's id, if a browser sent it, or an idempotency key. */
    static @Nullable UUID of(Door door, @Nullable String sent) {
        return sent == null ? null : of(door.browser() ? "event" : "idempotency", sent);
    }

    /** The first 128 bits of the SHA-256 of the parts; no two lists of parts are spelled alike. */
    static UUID of(String... parts) {
        var digest = sha256();
        for (String part : parts) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        var half = ByteBuffer.wrap(digest.digest());
        return new UUID(half.getLong(), half.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
