package dev.weir.restoration;

import dev.weir.restoration.Restoration.State;

/** A restoration as somebody sees it, and what they may do about it. The door asks again. */
record RestorationView(
        Restoration asked,
        Restorations.Line line,
        boolean own,
        boolean asks,
        boolean admin,
        boolean edits,
        boolean takesTwo) {

    private boolean pending() {
        return asked.state() == State.OPEN;
    }

    private boolean alive() {
        return pending() && !line.outdated();
    }

    public boolean mayAgree() {
        return alive() && edits && !(own && takesTwo);
    }

    /** Why nothing can be done about it here by whoever looks; empty where something can. */
    public String waits() {
        if (!alive() || mayAgree()) {
            return "";
        }
        return own && edits
                ? "You asked for this, and it takes a second person: another Admin has to agree."
                : "It waits for somebody who may change it: see above.";
    }

    public boolean mayDecline() {
        return pending() && !own && (admin || edits);
    }

    public boolean mayWithdraw() {
        return pending() && own && asks;
    }
}
