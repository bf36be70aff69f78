package dev.weir.policy;

/**
 * Why something was done to an event. The set is closed; docs/policy-language.md says when each is given. The names are stored,
 * answered and used as metric labels: never rename one.
 */
public enum Reason {
    POLICY_FAILURE(Effect.DROPPED),
    CONSENT_MISSING(Effect.DROPPED),
    GPC(Effect.DROPPED),
    CAPTURE_OFF(Effect.DROPPED),
    PAGE_BLOCKED(Effect.DROPPED),
    EVENT_BLOCKED(Effect.DROPPED),
    FIELD_PROTECTED(Effect.DROPPED),
    ELEMENT_IGNORED(Effect.DROPPED),
    IDENTITY_REFUSED(Effect.QUARANTINED),
    TEXT_QUARANTINE(Effect.QUARANTINED),
    SCHEMA_MISSING(Effect.QUARANTINED),
    SCHEMA_TYPE(Effect.QUARANTINED),
    TEXT_OFF(Effect.REDACTED),
    TEXT_MASKED(Effect.REDACTED),
    TEXT_DROPPED(Effect.REDACTED),
    ATTRIBUTE_DROPPED(Effect.REDACTED),
    URL_SCHEME(Effect.REDACTED),
    URL_CREDENTIALS(Effect.REDACTED),
    URL_PARAMETER(Effect.REDACTED),
    URL_FRAGMENT(Effect.REDACTED),
    URL_PATH(Effect.REDACTED),
    PROPERTY_DROPPED(Effect.REDACTED),
    PROPERTY_MASKED(Effect.REDACTED),
    PROPERTY_HASHED(Effect.REDACTED),
    PROPERTY_TRUNCATED(Effect.REDACTED),
    PROPERTY_RENAMED(Effect.REDACTED),
    PROPERTY_KEY(Effect.REDACTED),
    PROPERTY_TYPE(Effect.REDACTED);

    /** What a reason does to the event it is given for. */
    public enum Effect {
        REDACTED,
        QUARANTINED,
        DROPPED
    }

    private final Effect effect;

    Reason(Effect effect) {
        this.effect = effect;
    }

    public Effect effect() {
        return effect;
    }
}
