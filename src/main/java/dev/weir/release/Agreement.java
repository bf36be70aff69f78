package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.access.SecondPerson;
import dev.weir.access.Standing;
import dev.weir.privacy.Draft;
import dev.weir.release.ChangeRequest.Person;
import dev.weir.release.ChangeRequest.State;
import dev.weir.store.PolicyText;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Whether a second person has agreed to exactly what is asked for, and it can still be had. Changes nothing. */
@ApplicationScoped
class Agreement {

    private final Standing standing;
    private final SecondPerson second;

    Agreement(Standing standing, SecondPerson second) {
        this.standing = standing;
        this.second = second;
    }

    /** Why there is no valid approval of exactly this, now. Whoever asks holds the draft and the request. */
    Optional<Why> missing(ChangeRequest request, Optional<Draft> draft, Release inForce) {
        if (request.state() == State.OPEN) {
            return Optional.of(Why.NOT_APPROVED);
        }
        if (request.state() != State.APPROVED) {
            return Optional.of(Why.REQUEST_CLOSED);
        }
        if (outdated(request, draft, inForce)) {
            return Optional.of(Why.REQUEST_VOID);
        }
        boolean sameContent =
                request.approvedHash().filter(request.hash()::equals).isPresent()
                        && PolicyText.document(request.canonical()).hash().equals(request.hash());
        if (!sameContent) {
            return Optional.of(Why.OTHER_CONTENT);
        }
        var approver = request.decidedBy().map(Person::subject).orElse("");
        if (approver.equals(request.author().subject())) {
            return Optional.of(Why.OWN_REQUEST);
        }
        if (request.decidedAt().filter(at -> tied(request, approver, at)).isPresent()) {
            return Optional.of(Why.NO_SECOND_PERSON);
        }
        return standing.holds(approver, Role.ADMIN) ? Optional.empty() : Optional.of(Why.APPROVER_WITHOUT_ROLE);
    }

    /** Whether who would agree at that moment may be no other person than who has asked. */
    boolean tied(ChangeRequest request, String approver, Instant at) {
        return second.tied(request.author().subject(), approver, at);
    }

    /** Whether the draft was edited, even back and forth, or another revision is in force, since it was asked for. */
    boolean outdated(ChangeRequest request, Optional<Draft> draft, Release inForce) {
        boolean sameDraft = request.draftVersion()
                .map(version -> draft.filter(now -> now.version() == version)
                        .filter(now -> now.document().hash().equals(request.hash()))
                        .isPresent())
                .orElse(true);
        return request.base() != inForce.number() || !sameDraft;
    }
}
