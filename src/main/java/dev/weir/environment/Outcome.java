package dev.weir.environment;

/** What became of a change. Each but the first one changed nothing. */
public enum Outcome {
    DONE(200, "Done."),
    UNKNOWN(404, "There is no such App ID in this environment."),
    OUTDATED(412, "Somebody else changed this while you were reading. Nothing of yours was saved."),
    /** It would be critical no longer: see {@link UncriticalWishes}. */
    NEEDS_SECOND(403, "That an environment be critical no longer takes a second Admin: ask for it."),
    TAKEN(409, "There is an environment with this key already."),
    TOO_MANY(409, "There are " + Environments.MOST + " environments: Weir keeps no more."),
    APPS_TOO_MANY(
            409, "This environment has " + AppIds.MOST + " App IDs, with those that have retired: it has no more."),
    KEY_WRONG(
            422,
            "A key is a lower-case letter, then letters, digits and hyphens, at most 32. It can't be changed later."),
    KEY_RESERVED(422, "This key is the address of another page. Choose a different one."),
    NAME_WRONG(422, "Give it a name of at most " + Names.LONGEST + " characters, on one line."),
    KIND_WRONG(422, "Choose what it is for: development, staging or production."),
    LABEL_WRONG(422, "Say in at most " + Names.LONGEST + " characters, on one line, which site or server it is for."),
    ORIGIN_WRONG(422, "This is no origin: https://shop.example.com is one."),
    ORIGINS_TOO_MANY(422, "An App ID has at most " + AppIds.MOST_ORIGINS + " origins."),
    LOCAL(
            422,
            "What runs on somebody's own machine is never production. Make an App ID of a development environment for it."),
    REASON_WRONG(422, "A reason has at most " + AppIds.LONGEST_REASON + " characters."),
    DAYS_WRONG(422, "The overlap is 0 to " + AppIds.LONGEST_OVERLAP_DAYS + " days."),
    RETIRING(409, "This App ID retires already: another one has taken its place."),
    RETIRED(409, "This App ID has retired, and does not come back: create another one.");

    private final int status;
    private final String words;

    Outcome(int status, String words) {
        this.status = status;
        this.words = words;
    }

    /** For programs; a page that was lost in a race is a conflict. */
    int status() {
        return status;
    }

    int pageStatus() {
        return this == OUTDATED ? 409 : status;
    }

    public String words() {
        return words;
    }
}
