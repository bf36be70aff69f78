package dev.weir.policy;

/** What stands beside an event when it is judged. Server calls have {@link #SERVER}: consent is the sender's business there. */
public record Circumstances(Consent consent, boolean gpc) {

    public enum Consent {
        GRANTED,
        DENIED,
        UNKNOWN
    }

    public static final Circumstances SERVER = new Circumstances(Consent.GRANTED, false);
}
