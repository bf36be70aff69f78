package dev.weir.privacy;

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
 * @param why what the effect rests on, for people
 */
public record Change(
        Section section,
        String path,
        int from,
        int to,
        @Nullable Object before,
        @Nullable Object after,
        Effect effect,
        String words,
        String why) {

    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** What a change does to what may be kept. Whatever isn't proven to tighten counts as one that may loosen. */
    public enum Effect {
        TIGHTENS("tightens"),
        SAME("no effect"),
        MAY_LOOSEN("may loosen");

        private final String words;

        Effect(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public Kind kind() {
        if (before == null) {
            return Kind.ADDED;
        }
        return after == null ? Kind.REMOVED : Kind.CHANGED;
    }

    /** The colour of the effect, for the badge beside it. */
    public String tone() {
        return switch (effect) {
            case TIGHTENS -> "ok";
            case SAME -> "";
            case MAY_LOOSEN -> "warn";
        };
    }

    public boolean tightens() {
        return effect == Effect.TIGHTENS;
    }

    public boolean mayLoosen() {
        return effect == Effect.MAY_LOOSEN;
    }
}
