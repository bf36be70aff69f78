package dev.weir.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what a sender calls a thing into a fixed-size key. What was sent is not kept: it may hold anything. */
final class Keys {

    /** Looking one up costs more than hashing what is hashed here. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Keys::sha256);

    private Keys() {}

    /** By what a retry is known: an event's id, if a browser sent it, or an idempotency key. */
    static @Nullable UUID of(Door door, @Nullable String sent) {
        return sent == null ? null : of(door.browser() ? "event" : "idempotency", sent);
    }

    /** The first 128 bits of the SHA-256 of the parts; no two lists of parts are spelled alike. */
    static UUID of(String... parts) {
        var digest = DIGEST.get();
        for (String part : parts) {
            add(digest, part.getBytes(StandardCharsets.UTF_8));
        }
        return half(digest);
    }

    /** The same of two parts, of which the second is in UTF-8 already. */
    static UUID of(String part, byte[] other) {
        var digest = DIGEST.get();
        add(digest, part.getBytes(StandardCharsets.UTF_8));
        add(digest, other);
        return half(digest);
    }

    private static void add(MessageDigest digest, byte[] part) {
        int length = part.length;
        digest.update((byte) (length >> 24));
        digest.update((byte) (length >> 16));
        digest.update((byte) (length >> 8));
        digest.update((byte) length);
        digest.update(part);
    }

    /** Leaves the digest as new. */
    private static UUID half(MessageDigest digest) {
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
