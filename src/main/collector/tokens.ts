/** Marks on a page, as class or as attribute, that keep the collector away. The order decides which one is named. */
export const TOKENS =
  'heap-ignore,data-heap-ignore,ph-no-capture,ph-sensitive,fs-exclude,fs-mask,data-private,rr-block,rr-ignore,data-openreplay-hidden,data-openreplay-obscured,data-dd-privacy,amp-block,data-amp-block,data-sp-ignore,data-matomo-mask,sentry-block,data-sentry-block,clarity-mask,data-clarity-mask'.split(
    ',',
  );
/** A text of this element is kept as "[redacted]". */
export const REDACT_TEXT = 'data-heap-redact-text';
/** Attributes of this element, by name, that are not kept. */
export const REDACT_ATTRIBUTES = 'data-heap-redact-attributes';
/** Attributes of a hierarchy that may stay. No rule can add one. */
export const KEPT = ['type', 'role', 'name', 'data-testid', 'autocomplete'];
