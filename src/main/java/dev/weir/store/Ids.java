package dev.weir.store;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of events: 61 random bits of this process and a number that grows, in the form that RFC 9562 leaves to whoever makes them
 * (version 8). No two are alike, across nodes and restarts, as far as no two processes draw the same bits; nobody is kept from guessing
 * one, and nothing needs that. A random one each would ask the system's source for every event.
 */
final class Ids {

    private static final long VERSION_8 = 0x8000L;
    private static final long VERSION_BITS = 0xF000L;

    /** The two bits that say which variant it is. */
    private static final long VARIANT = 1L << 63;

    private static final long PROCESS = (new SecureRandom().nextLong() & ~VERSION_BITS) | VERSION_8;
    private static final AtomicLong NUMBER = new AtomicLong();

    private Ids() {}

    static UUID next() {
        return new UUID(PROCESS, VARIANT | NUMBER.incrementAndGet());
    }
}
