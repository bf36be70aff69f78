package dev.weir.ingest;

/** Lengths of the wire contract, in code points. docs/limits.md repeats them. */
final class Limits {

    static final int NAME = 1024;
    static final int IDENTITY = 255;
    static final int ID = 64;

    /** Lost events that one batch may report: a box of the collector holds fewer. */
    static final int LOST = 10_000;

    private Limits() {}
}
