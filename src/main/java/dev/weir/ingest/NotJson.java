package dev.weir.ingest;

/** A text is no JSON, or beyond the limits. Says neither where nor what was read. */
final class NotJson extends Exception {

    private static final long serialVersionUID = 1;

    NotJson() {
        super(null, null, false, false);
    }
}
