package dev.weir.store;

/**
 * What ingestion itself has to say about an event, beside the policy's reasons. The set is closed; docs/http-api.md says when each
 * is given. The names are stored, answered and used as metric labels: never rename one.
 */
public enum Refusal {
    /** Not of the documented shape. */
    INVALID_EVENT(Effect.DROPPED),
    /** Beyond the most that one request may carry. */
    TOO_MANY(Effect.DROPPED),
    /** Longer than what is kept of one event may be. */
    TOO_LARGE(Effect.DROPPED),
    /** A kind of message that Weir has no use for. */
    UNSUPPORTED(Effect.DROPPED),
    /** The user already has another identity. */
    IDENTITY_TAKEN(Effect.DROPPED),
    /** The identity already has as many users, or the device as many identities, as it may have. */
    IDENTITY_LIMIT(Effect.DROPPED),
    /** The user or the account already has as many properties as it may have: those it did not have were not added. */
    PROPERTY_LIMIT(Effect.FLAGGED),
    /** Of somebody who was deleted on request, and must not come back. */
    SUPPRESSED(Effect.DROPPED),
    /** Sent from an origin that is not one of the App ID's. */
    ORIGIN_FENCE(Effect.QUARANTINED),
    /** Said to have happened more than 23 hours from now. */
    FUTURE_TIME(Effect.FLAGGED);

    /** What a refusal does to the event. */
    public enum Effect {
        FLAGGED,
        QUARANTINED,
        DROPPED
    }

    private final Effect effect;

    Refusal(Effect effect) {
        this.effect = effect;
    }

    public Effect effect() {
        return effect;
    }
}
