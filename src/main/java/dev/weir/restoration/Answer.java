package dev.weir.restoration;

/**
 * What became of asking for a restoration, or of deciding about one. Only {@link #DONE} and {@link #VOID} changed anything.
 *
 * @param status as programs get it
 */
public record Answer(int status, String words) {

    static final Answer DONE = new Answer(200, "");

    static final Answer UNKNOWN = new Answer(404, "There is no such restoration.");
    static final Answer NO_THING = new Answer(404, "There is no such thing, or you don't see it.");
    static final Answer NO_VERSION = new Answer(422, "Name the row of one of its versions.");
    static final Answer SO_NOW = new Answer(409, "What can come back of it is so now.");
    static final Answer REASON = new Answer(
            422, "Give a reason of " + Restorations.MIN_REASON + " to " + Restorations.MAX_REASON + " characters.");

    /** Somebody else was first. */
    static final Answer OUTDATED =
            new Answer(412, "Somebody else changed it while you were reading. Look at it as it is now, and ask again.");

    static final Answer FULL = new Answer(
            409,
            "There are " + Restorations.MOST_OPEN
                    + " open restorations. Decide about some of them before you ask for more.");

    static final Answer CLOSED = new Answer(409, "Somebody has decided about this restoration already.");
    static final Answer OTHER = new Answer(412, "What you looked at is not what is asked for.");
    static final Answer VOID = new Answer(
            409,
            "It has changed since this was asked for, or something of that version was erased: this restoration is void. Ask again.");
    static final Answer NOT_ALLOWED = new Answer(403, "Who may change it decides about this, and you may not.");
    static final Answer NOT_YOURS = new Answer(403, "Who asked for a restoration takes it back. Decline it instead.");
    static final Answer OWN = new Answer(403, "You asked for this yourself. Take it back instead.");

    public boolean done() {
        return equals(DONE);
    }

    /** On a page a lost race is a conflict like others. */
    int pageStatus() {
        return status == 412 ? 409 : status;
    }
}
