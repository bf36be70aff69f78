package dev.weir.release;

/** Why nothing was published, asked for or decided. */
public enum Why {
    NOTHING_TO_PUBLISH,
    REASON_MISSING,
    KEY_NOT_CONFIRMED,
    DRAFT_CHANGED,
    DRAFT_OUTDATED,
    OTHER_REVISION_IN_FORCE,
    /** What is in force doesn't end by itself. */
    NO_TERM,
    /** The environment has had no revision with this number. */
    NO_REVISION,
    /** It loosens, and whoever publishes is no Admin. */
    NEEDS_ADMIN,
    /** It loosens in a critical environment: a second person has to agree. */
    NEEDS_APPROVAL,
    /** It keeps stored events of a critical environment for a shorter time: a second person has to agree, also in an emergency. */
    DELETES_STORED,
    /** A definition that people rely on would find nothing any more in a critical environment: a second person has to agree. */
    LOSES_DEFINITIONS,
    /** There is no such request. */
    NO_REQUEST,
    /** It was decided or published already. */
    REQUEST_CLOSED,
    /** The draft was edited, or another revision came into force, since it was made. */
    REQUEST_VOID,
    /** Somebody said or decided something about it since it was looked at. */
    REQUEST_CHANGED,
    /** What was looked at is not what is asked for. */
    OTHER_CONTENT,
    /** Nobody approves what they asked for themselves. */
    OWN_REQUEST,
    /** One of the two has let the other in lately: they may be one. */
    NO_SECOND_PERSON,
    /** Nobody approves what they edited last: whoever asked may have added nothing. */
    OWN_EDIT,
    NOT_APPROVED,
    /** Whoever approved it is no Admin any more. */
    APPROVER_WITHOUT_ROLE,
    /** It only tightens, or the environment is not critical: there are quieter ways. */
    NO_EMERGENCY,
    EMERGENCY_DAYS_WRONG,
    EMERGENCY_REASON_MISSING,
    /** It is for some days, but what it loosens would not come back when they are over. */
    LOOSENS_FOR_GOOD,
    /** Nobody reviews what they published themselves in an emergency. */
    OWN_EMERGENCY,
    /** Both environments changed a rule, and nobody has said which is to stay. */
    CONFLICT_OPEN,
    /** What was chosen makes no valid policy. */
    CHOICE_INVALID,
    /** Not an Admin who could agree, or too many. */
    REVIEWER_WRONG,
    /** Nobody asked this person to look at it. */
    NOT_ASKED,
    EXPIRY_WRONG,
    COMMENT_WRONG,
    COMMENTS_TOO_MANY,
    /** Somebody has asked for so much that is not decided. */
    PENDING_TOO_MANY
}
