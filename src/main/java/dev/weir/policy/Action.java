package dev.weir.policy;

/** What a text rule does to what it found. */
enum Action {
    /** Each hit is replaced by {@code [label]}. */
    MASK,
    /** The whole field is removed. */
    DROP,
    /** Masked, and the event is set aside. */
    QUARANTINE
}
