package dev.weir.policy;

import java.util.List;

/** The words with which a page asks for less: as a class or as an attribute. */
public final class PageTokens {

    /** What is in such an element is not captured. Order decides which one is named when an element carries several. */
    public static final List<String> IGNORE = List.of(
            "heap-ignore",
            "data-heap-ignore",
            "ph-no-capture",
            "ph-sensitive",
            "fs-exclude",
            "fs-mask",
            "data-private",
            "rr-block",
            "rr-ignore",
            "data-openreplay-hidden",
            "data-openreplay-obscured",
            "data-dd-privacy",
            "amp-block",
            "data-amp-block",
            "data-sp-ignore",
            "data-matomo-mask",
            "sentry-block",
            "data-sentry-block",
            "clarity-mask",
            "data-clarity-mask");

    /** The text of such an element is kept as {@code [redacted]}. */
    public static final String REDACT_TEXT = "data-heap-redact-text";

    /** The attributes that this one names are not kept. */
    public static final String REDACT_ATTRIBUTES = "data-heap-redact-attributes";

    private PageTokens() {}
}
