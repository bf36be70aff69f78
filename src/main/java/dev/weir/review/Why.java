package dev.weir.review;

/** Why nothing was done, in words, and with the status that goes with them. */
public enum Why {
    NO_CYCLE(404, "There is no such review cycle."),
    NO_TASK(404, "There is no such task."),
    NOT_YOURS(403, "Only the owner of the task signs it. An Admin can name another owner."),
    OWN(
            403,
            "What you have signed, or were to sign, somebody else confirms: who neither let in whoever signs it nor was let in by them within 7"
                    + " days."),
    OUTDATED(412, "This was changed while you were looking at it. Nothing was done: look again."),
    OTHER_SIGNATURE(412, "This was signed anew after you looked at it. Nothing was done: look again."),
    CHANGED(
            409,
            "What is to be reviewed has changed since the evidence was gathered. Nothing was signed: gather it again, and look again."),
    CLOSED(409, "The cycle is closed: nothing of it changes any more."),
    NOT_OPEN(409, "It is signed already. An Auditor can hand it back."),
    NOT_SIGNED(409, "Nobody has signed it yet."),
    CONFIRMED(412, "It is counter-signed already: somebody was first."),
    TOO_MANY_CYCLES(409, "As many cycles are open as there may be at once. Close one first."),
    NAME_WRONG(422, "Give it a name of at most " + Reviews.LONGEST_NAME + " characters."),
    DUE_WRONG(422, "Say by which day, as 2027-01-31: today, or within " + Reviews.MOST_DAYS + " days."),
    MATTER_WRONG(422, "Say what is to be reviewed."),
    ENVIRONMENTS_WRONG(
            422,
            "Name the environments, at most " + Reviews.MOST_ENVIRONMENTS
                    + ": privacy rules and the quarantine are reviewed in each."),
    OWNER_WRONG(422, "Name somebody who can sign in and may sign: an Admin, an Architect or a Developer."),
    NOTHING(422, "There is nothing to review: nobody has shared a definition yet."),
    TOO_MANY_TASKS(422, "This would be more than " + Reviews.MOST_TASKS + " tasks. Review less at once."),
    OUTCOME_WRONG(422, "Say whether it is in order or needs work."),
    WORDS_WRONG(422, "Say what needs work, in 3 to 1000 characters. What is in order needs no words."),
    REASON_WRONG(422, "Say why, in 3 to 1000 characters."),
    UNFINISHED(
            422,
            "Not every task is counter-signed. To close the cycle all the same, say why, in 3 to 1000 characters.");

    private final int status;
    private final String words;

    Why(int status, String words) {
        this.status = status;
        this.words = words;
    }

    /** For programs. */
    int status() {
        return status;
    }

    /** On a page, to have lost a race is a conflict like others. */
    int pageStatus() {
        return status == 412 ? 409 : status;
    }

    String words() {
        return words;
    }
}
