package dev.weir.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether senders are trying again at the moment, as far as this node has seen. While nobody does, keys are written as if all of them were
 * new, which costs half, and where one is not the transaction begins again; once that has happened the next transactions ask first.
 */
final class Repeats {

    /** Transactions that ask first after one that met a key again: what begins again is paid for by these. */
    private static final int WARY = 64;

    private final AtomicInteger left = new AtomicInteger();

    void met() {
        left.set(WARY);
    }

    /** To be asked once a transaction. */
    boolean likely() {
        return left.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
    }
}
