package dev.weir.release;

import dev.weir.privacy.PolicyDiff;
import dev.weir.release.ChangeRequest.State;
import java.util.Optional;

/** A request as somebody sees it: what it changes, and what they may do about it. The doors ask again. */
record RequestView(
        PlaceView place,
        ChangeRequest request,
        PolicyDiff diff,
        String tag,
        Optional<Why> unfit,
        Optional<Release.Term> term,
        boolean outdated,
        boolean own,
        boolean mayComment,
        boolean costs,
        boolean asked) {

    public boolean mayApprove() {
        return place.admin() && unfit.isEmpty() && !outdated && request.state() == State.OPEN;
    }

    /** Why this Admin can't approve what waits for one; empty where they may, and where nobody may. */
    public String notThisAdmin() {
        return place.admin() && !own && !outdated && request.state() == State.OPEN
                ? unfit.map(WhyWords::of).orElse("")
                : "";
    }

    /** Whether what it loosens ends with something else that is in force for a while. */
    public boolean endsWithTerm() {
        return request.state().pending() && !outdated && !request.stays() && term.isPresent();
    }

    public boolean mayReject() {
        return (place.admin() || (own && mayComment)) && request.state().pending();
    }

    public boolean mayPublish() {
        return (place.admin() || (place.architect() && diff.onlyTightens() && !takesTwo()))
                && !outdated
                && (request.state() == State.APPROVED || alone());
    }

    /** What rests on no draft is published at once by whoever could have drafted and published it at once. */
    public boolean alone() {
        return request.draftVersion().isEmpty()
                && !takesTwo()
                && request.state() == State.OPEN
                && place.mayPublish(diff);
    }

    /** Whatever it does, somebody else agrees to it, and an Admin publishes it. */
    public boolean takesTwo() {
        return promotesToCritical() || costs;
    }

    /** What is promoted to a critical environment is always agreed to by somebody else. */
    public boolean promotesToCritical() {
        return request.origin().isPresent() && place.critical();
    }

    public boolean waitsForAnother() {
        return own && request.state() == State.OPEN && !alone();
    }
}
