package dev.weir.environment;

/** What became of a change. */
public enum Outcome {
    DONE,
    /** There is no such environment or App ID. */
    UNKNOWN,
    /** Somebody else changed it since it was read: nothing was changed. */
    OUTDATED,
    /** The key is taken. */
    TAKEN,
    /** An origin of somebody's own machine, for production: nothing was changed. */
    LOCAL
}
