package dev.weir.privacy;

import dev.weir.policy.Direction;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two policies, at the grain of a rule.
 *
 * @param path of the document, dotted: a setting, or the list that the rule is in
 * @param from place of the rule in the old list; -1 where there was none, or for a setting
 * @param to place of the rule in the new list, likewise
 * @param before the old value, absent for a rule that was added
 * @param after the new value, absent for a rule that was removed
 * @param words what changes, for people
 * @param why what the direction rests on, for people
 */
public record Change(
        Section section,
        String path,
        int from,
        int to,
        @Nullable Object before,
        @Nullable Object after,
        Direction direction,
        String words,
        String why) {

    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    public Kind kind() {
        if (before == null) {
            return Kind.ADDED;
        }
        return after == null ? Kind.REMOVED : Kind.CHANGED;
    }

    /** What is followed to learn how it came to this. */
    public OneRule rule() {
        return OneRule.of(this);
    }

    /** The colour of the direction, for the badge beside it. */
    public String tone() {
        return switch (direction) {
            case TIGHTENING -> "ok";
            case NEUTRAL -> "";
            case LOOSENING, BOTH -> "warn";
        };
    }

    public boolean tightens() {
        return direction == Direction.TIGHTENING;
    }

    public boolean mayLoosen() {
        return direction.loosens();
    }
}
