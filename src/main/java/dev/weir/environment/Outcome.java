package dev.weir.environment;

/** What became of a change. */
public enum Outcome {
    DONE,
    /** There is no such environment or App ID. */
    UNKNOWN,
    /** Somebody else changed it since it was read: nothing was changed. */
    OUTDATED,
    /** It would be critical no longer, which takes a second person: see {@link UncriticalWishes}. */
    NEEDS_SECOND,
    /** The key is taken. */
    TAKEN,
    /** An origin of somebody's own machine, for production: nothing was changed. */
    LOCAL
}
