package dev.weir.catalog;

/** What became of a change. Each but the first one changed nothing. */
public enum Outcome {
    DONE(200, "Done."),
    UNKNOWN(404, "There is no such definition."),
    OUTDATED(412, "Somebody else changed this definition while you were reading. Nothing of yours was saved."),
    TAKEN(409, "There is a shared definition with this name already."),
    TOO_MANY(409, "There are " + Definitions.MOST + " definitions: Weir keeps no more. Change one that nobody needs."),
    OWN(
            403,
            "Nobody verifies what they wrote or own themselves, or waives a standard for it. Ask another Admin or Architect."),
    TIED(
            403,
            "It takes a second person, and one of you and whoever wrote or owns it has invited the other, made them an Admin or given them"
                    + " a link to sign in within 7 days. Ask another Admin or Architect."),
    NOT_ALLOWED(403, "This needs the role Admin or Architect."),
    UNOWNED(422, "A definition needs an owner, a person or a team, before it can be verified, and while it is."),
    STANDARD(422, "It breaks a standard that blocks, and nobody who may verify it has waived that."),
    NOTHING_TO_WAIVE(409, "It breaks no such standard that blocks, or somebody has waived that."),
    UNREASONED(422, "Say why, in 3 to 1000 characters."),
    NOT_FROM_HERE(409, "A definition can't go there from the status that it has."),
    PERSONAL(409, "Share this draft before it goes anywhere.");

    private final int status;
    private final String words;

    Outcome(int status, String words) {
        this.status = status;
        this.words = words;
    }

    public int status() {
        return status;
    }

    public String words() {
        return words;
    }
}
