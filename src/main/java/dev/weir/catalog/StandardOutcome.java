package dev.weir.catalog;

/** What became of a change of the standards. Each but the first one changed nothing. */
enum StandardOutcome {
    DONE(200, "Done."),
    OUTDATED(412, "Somebody else changed the standards while you were reading. Nothing of yours was saved."),
    UNREASONED(422, "Say why, in 3 to 1000 characters.");

    private final int status;
    private final String words;

    StandardOutcome(int status, String words) {
        this.status = status;
        this.words = words;
    }

    int status() {
        return status;
    }

    String words() {
        return words;
    }
}
