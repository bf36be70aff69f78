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
import java.util.function.Function;

/** Whether a second person has agreed to exactly what is asked for, and it can still be had. Changes nothing. */
@ApplicationScoped
class Agreement {

    private final Standing standing;
    private final SecondPerson second;
    private final Editors editors;

    Agreement(Standing standing, SecondPerson second, Editors editors) {
        this.standing = standing;
        this.second = second;
        this.editors = editors;
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
        var unfit = request.decidedAt().flatMap(at -> unfit(request, approver, at));
        if (unfit.isPresent()) {
            return unfit;
        }
        return standing.holds(approver, Role.ADMIN) ? Optional.empty() : Optional.of(Why.APPROVER_WITHOUT_ROLE);
    }

    /** Why this person, at that moment, is no second one beside who has asked: the one question for doors, pages and invitations. */
    Optional<Why> unfit(ChangeRequest request, String person, Instant at) {
        return unfit(request, at).apply(person);
    }

    /** The same for many. */
    Function<String, Optional<Why>> unfit(ChangeRequest request, Instant at) {
        var author = request.author().subject();
        var tied = second.tiedTo(author, at);
        var editor = editors.last(request);
        return person -> {
            if (person.equals(author)) {
                return Optional.of(Why.OWN_REQUEST);
            }
            return tied.test(person)
                    ? Optional.of(Why.NO_SECOND_PERSON)
                    : editor.filter(person::equals).map(last -> Why.OWN_EDIT);
        };
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
