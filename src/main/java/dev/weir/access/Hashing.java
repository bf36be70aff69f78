package dev.weir.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only one who computes password hashes, few at a time: each keeps a processor busy on purpose, and strangers may ask for
 * them. Whoever finds too many waiting is turned away at once.
 */
@ApplicationScoped
class Hashing {

    /** Comparisons that may wait for their turn; docs/limits.md. */
    static final int WAITING = 16;

    private final Semaphore turns;
    private final Semaphore places;
    private final LongAdder computed = new LongAdder();

    @Inject
    Hashing() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), WAITING);
    }

    Hashing(int atOnce, int waiting) {
        this.turns = new Semaphore(atOnce, true);
        this.places = new Semaphore(atOnce + waiting);
    }

    /** Whether the password is the one that was hashed; always the same work, also where there is no hash. Empty: too busy to say. */
    Optional<Boolean> matches(String password, @Nullable String hash) {
        return ifThereIsRoom(() -> Passwords.matches(password, hash));
    }

    /** The hash of a new password: only people with a link or a session get this far, so nobody is turned away. */
    String hash(String password) {
        return inTurn(() -> Passwords.hash(password));
    }

    /** How many were computed since the start. */
    long computed() {
        return computed.sum();
    }

    <T> Optional<T> ifThereIsRoom(Supplier<T> work) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(inTurn(work));
        } finally {
            places.release();
        }
    }

    /** How many of {@link #ifThereIsRoom} could come now and would not be turned away. */
    int room() {
        return places.availablePermits();
    }

    private <T> T inTurn(Supplier<T> work) {
        turns.acquireUninterruptibly();
        try {
            computed.increment();
            return work.get();
        } finally {
            turns.release();
        }
    }
}
