package dev.weir.catalog;

/** What became of a saved view. Each but the first one changed nothing. */
public enum ViewOutcome {
    DONE(200, "Done."),
    UNKNOWN(404, "There is no such view."),
    OUTDATED(412, "This view was changed while you were reading. Nothing of yours was saved."),
    NAMELESS(422, "Give it a name of at most 100 characters."),
    EMPTY(422, "Ask for something before you save it: this view would be the whole list."),
    TOO_LONG(
            422,
            "A view asks for at most 200 characters in each field, and for a status, a type and a breach that there are."),
    TAKEN(409, "You have a view of this name already."),
    FULL(409, "You have 100 views, and may have no more."),
    NOT_YOURS(403, "A view is changed by who made it; an Admin may remove one that is shared.");

    private final int status;
    private final String words;

    ViewOutcome(int status, String words) {
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
