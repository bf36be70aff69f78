package dev.weir.policy;

/** What a change of a policy does to what may be kept. The names are answered by the API: never rename one. */
public enum Direction {
    /** Proven: nothing is kept that was not kept before. */
    TIGHTENING("tightens"),
    /** Proven: what is kept stays the same. */
    NEUTRAL("no effect"),
    /** The way back would be proven to tighten. */
    LOOSENING("loosens"),
    /** Proven in neither direction: counts as a loosening. */
    BOTH("may loosen");

    private final String words;

    Direction(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** Whether the change may be published as a loosening only. */
    public boolean loosens() {
        return this == LOOSENING || this == BOTH;
    }
}
