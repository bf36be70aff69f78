package dev.weir.web;

/** An answer with a secret that Weir does not keep: it is sent this once, and nothing that remembers answers may remember it. */
public interface ShownOnce {

    /** The answer without the secret: what is remembered, and sent to whoever asks again with the same Idempotency-Key. */
    Object without();
}
