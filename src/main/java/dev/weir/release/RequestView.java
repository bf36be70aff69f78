package dev.weir.release;

import dev.weir.privacy.PolicyDiff;
import dev.weir.release.ChangeRequest.State;

/** A request as somebody sees it: what it changes, and what they may do about it. The doors ask again. */
record RequestView(
        PlaceView place,
        ChangeRequest request,
        PolicyDiff diff,
        String tag,
        boolean outdated,
        boolean own,
        boolean mayComment,
        boolean asked) {

    public boolean mayApprove() {
        return place.admin() && !own && !outdated && request.state() == State.OPEN;
    }

    public boolean mayReject() {
        return (place.admin() || (own && mayComment)) && request.state().pending();
    }

    public boolean mayPublish() {
        return (place.admin() || (place.architect() && diff.onlyTightens() && !promotesToCritical()))
                && !outdated
                && (request.state() == State.APPROVED || alone());
    }

    /** What rests on no draft is published at once by whoever could have drafted and published it at once. */
    public boolean alone() {
        return request.draftVersion().isEmpty()
                && !promotesToCritical()
                && request.state() == State.OPEN
                && place.mayPublish(diff);
    }

    /** What is promoted to a critical environment is always agreed to by somebody else. */
    public boolean promotesToCritical() {
        return request.origin().isPresent() && place.critical();
    }

    public boolean waitsForAnother() {
        return own && request.state() == State.OPEN && !alone();
    }
}
