package dev.weir.policy;

import dev.weir.policy.Circumstances.Consent;

/** Whether anything may be taken from this visitor at all. */
final class ConsentRules {

    private final boolean required;
    private final boolean honourGpc;

    ConsentRules(Json consent) {
        this.required = consent.get("required").on();
        this.honourGpc = consent.get("honourGpc").on();
    }

    boolean refuses(Consent consent) {
        return consent == Consent.DENIED || (required && consent != Consent.GRANTED);
    }

    boolean honours(boolean gpc) {
        return gpc && honourGpc;
    }
}
