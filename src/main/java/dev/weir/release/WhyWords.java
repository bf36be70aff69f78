package dev.weir.release;

import dev.weir.privacy.PolicyDiff;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** A refusal in words and as a status of HTTP, the same on pages and for programs. */
final class WhyWords {

    private static final int UNPROCESSABLE = 422;
    private static final PolicyDiff NONE = new PolicyDiff(List.of());

    private WhyWords() {}

    static int status(Why why) {
        return switch (why) {
            case NEEDS_ADMIN,
                    NEEDS_APPROVAL,
                    DELETES_STORED,
                    LOSES_DEFINITIONS,
                    OWN_REQUEST,
                    NO_SECOND_PERSON,
                    OWN_EDIT,
                    OWN_EMERGENCY,
                    NOT_APPROVED,
                    APPROVER_WITHOUT_ROLE -> Response.Status.FORBIDDEN.getStatusCode();
            case NO_REQUEST -> Response.Status.NOT_FOUND.getStatusCode();
            case DRAFT_CHANGED,
                    DRAFT_OUTDATED,
                    OTHER_REVISION_IN_FORCE,
                    REQUEST_CLOSED,
                    REQUEST_VOID,
                    REQUEST_CHANGED,
                    OTHER_CONTENT,
                    COMMENTS_TOO_MANY,
                    PENDING_TOO_MANY,
                    NOT_ASKED -> Response.Status.CONFLICT.getStatusCode();
            case NOTHING_TO_PUBLISH,
                    REASON_MISSING,
                    KEY_NOT_CONFIRMED,
                    NO_REVISION,
                    NO_TERM,
                    NO_EMERGENCY,
                    EMERGENCY_DAYS_WRONG,
                    EMERGENCY_REASON_MISSING,
                    LOOSENS_FOR_GOOD,
                    CONFLICT_OPEN,
                    CHOICE_INVALID,
                    REVIEWER_WRONG,
                    EXPIRY_WRONG,
                    COMMENT_WRONG -> UNPROCESSABLE;
        };
    }

    static String of(Why why) {
        return of(why, NONE);
    }

    static String of(Why why, PolicyDiff diff) {
        return switch (why) {
            case NOTHING_TO_PUBLISH -> "There is nothing to publish: this is what is in force.";
            case REASON_MISSING ->
                "Give a reason of " + Releases.MIN_REASON + " to " + Releases.MAX_REASON + " characters.";
            case KEY_NOT_CONFIRMED -> "Type the key of this environment to confirm.";
            case DRAFT_CHANGED ->
                "The draft has changed since you opened this page, or somebody else has just published it. Look at the difference "
                        + "again: it is shown as it is now.";
            case DRAFT_OUTDATED ->
                "Another revision has been published since this draft was begun. Look at both differences on the page Privacy "
                        + "rules, then keep the draft or discard it.";
            case OTHER_REVISION_IN_FORCE ->
                "Another revision has come into force since you opened this page. The difference is shown as it is now.";
            case NO_REVISION -> "This environment has had no revision with this number.";
            case NO_TERM -> "What is in force doesn't end by itself: it stays anyway.";
            case NEEDS_ADMIN ->
                diff.isEmpty()
                        ? "Only an Admin can do this."
                        : "Only an Admin can publish this: " + diff.loosening() + " of " + diff.size()
                                + " changes may loosen.";
            case NEEDS_APPROVAL ->
                "This environment is critical, and " + diff.loosening() + " of " + diff.size()
                        + " changes may loosen: ask for it, so that an Admin who isn't you can agree.";
            case DELETES_STORED ->
                "This environment is critical, and a shorter retention deletes for good what is stored here: ask for it, so that an Admin "
                        + "who isn't you can agree. An emergency doesn't shorten it either.";
            case LOSES_DEFINITIONS ->
                "This environment is critical, and a definition that people rely on would find nothing here any more: ask for it, so that an "
                        + "Admin who isn't you can agree.";
            case NO_REQUEST -> "There is no such request.";
            case REQUEST_CLOSED -> "This request is decided already.";
            case REQUEST_VOID ->
                "The draft was edited, or another revision came into force, after this was asked for. Nothing that was agreed to "
                        + "counts any more: ask again.";
            case REQUEST_CHANGED ->
                "Somebody has said or decided something about this request since you looked at it, or it is outdated by now. It is shown "
                        + "as it is now.";
            case OTHER_CONTENT -> "What you looked at is not what is asked for. It is shown as it is now.";
            case OWN_REQUEST -> "Nobody approves what they asked for themselves.";
            case NO_SECOND_PERSON ->
                "It takes a second person, and one of you two has invited the other, made them an Admin, given them a link to sign in "
                        + "or enabled their account again within 7 days. Another Admin has to look at it.";
            case OWN_EDIT ->
                "You made the last edit of the draft that is asked for. Another Admin has to look at it, or you ask for it yourself and "
                        + "whoever asked agrees.";
            case NOT_APPROVED -> "Nobody has approved this yet.";
            case APPROVER_WITHOUT_ROLE ->
                "Whoever approved this is no Admin any more. Somebody else has to look at it.";
            case NO_EMERGENCY ->
                "This is no emergency: it only tightens, or the environment is not critical. Publish it in the ordinary way.";
            case EMERGENCY_DAYS_WRONG ->
                "An emergency is for 1 to " + Emergencies.MAX_DAYS
                        + " days. That it is to stay is asked for afterwards, on the page Revisions.";
            case EMERGENCY_REASON_MISSING ->
                "Say what the emergency is, in " + Emergencies.MIN_REASON + " to " + Releases.MAX_REASON
                        + " characters.";
            case LOOSENS_FOR_GOOD ->
                "It is for some days, and would take back for good what was tightened on top of a loosening that is to end itself. "
                        + "Leave that as it is, or ask for it without days.";
            case OWN_EMERGENCY -> "Nobody reviews what they published themselves in an emergency.";
            case CONFLICT_OPEN ->
                "Both environments have changed some of this. Choose for each of them what is to stay.";
            case CHOICE_INVALID -> "This does not make a valid policy together with the rest. Choose otherwise.";
            case REVIEWER_WRONG ->
                "Name Admins who did not ask for this themselves, at most " + Reviewers.MOST + " in all.";
            case NOT_ASKED -> "Nobody has asked you to look at this.";
            case EXPIRY_WRONG -> "Days are a whole number from 0, for never, to " + ChangeRequests.MAX_DAYS + ".";
            case COMMENT_WRONG -> "A comment has 1 to " + ChangeRequests.MAX_COMMENT + " characters.";
            case COMMENTS_TOO_MANY ->
                "There are " + ChangeRequests.MOST_COMMENTS + " comments: this request takes no more.";
            case PENDING_TOO_MANY ->
                "You have asked for " + ChangeRequests.MOST_PENDING
                        + " changes of what is in force that nobody has decided about: take one back first.";
        };
    }
}
