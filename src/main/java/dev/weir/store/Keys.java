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

    /** Bits of the first half that stay when a key begins with a time: with the other half 88 of the hash. */
    private static final int REST = 24;

    private Keys() {}

    /**
     * By what a retry is known: an event's id, if a browser sent it, or an idempotency key. That of a UUID of version 7, as the collector
     * mints them, begins with the quarter of a second that the UUID names: keys that come in together stand together in the index, where
     * those of other names are strewn over all of it.
     */
    static @Nullable UUID of(Door door, @Nullable String sent) {
        if (sent == null) {
            return null;
        }
        var key = of(door.browser() ? "event" : "idempotency", sent);
        long minted = Minted.quarter(sent);
        return minted < 0
                ? key
                : new UUID(
                        (minted << REST) | (key.getMostSignificantBits() & ((1L << REST) - 1)),
                        key.getLeastSignificantBits());
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
