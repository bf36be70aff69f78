package dev.weir.simulation;

import java.util.List;

/**
 * What a change would do to the events that were looked at. Made of counts, of names of fields, of reasons and of rules: it holds
 * nothing that came with an event, so it may be kept and shown to everybody.
 *
 * @param crossings how many events had which outcome in force and would have which one
 * @param changed events that would be treated differently in any way
 * @param fields of events that both keep or set aside: which would hold something else
 * @param reasons how often each reason is given in force, and would be
 * @param definitions those that would match other events than now, the most affected first; {@value #DEFINITIONS} at most
 * @param moreDefinitions how many others
 * @param identities that were seen
 * @param identitiesAffected whose events would be treated differently
 * @param identitiesLost that would no longer be accepted
 * @param users handles that were seen; 0 for a file
 * @param usersAffected whose events would be treated differently
 */
public record Effect(
        List<Crossing> crossings,
        int changed,
        List<Field> fields,
        List<Why> reasons,
        List<Matching> definitions,
        int moreDefinitions,
        int identities,
        int identitiesAffected,
        int identitiesLost,
        int users,
        int usersAffected,
        List<Sample> samples) {

    static final int DEFINITIONS = 50;
    static final int SAMPLES = 10;

    /** What becomes of an event. The names are stored: never rename one. */
    public enum Outcome {
        KEPT("kept"),
        REDACTED("kept, redacted"),
        QUARANTINED("set aside"),
        DROPPED("dropped");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        boolean stored() {
            return this == KEPT || this == REDACTED;
        }
    }

    public record Crossing(Outcome now, Outcome then, int events) {}

    /** A field by its name; of properties all together. */
    public record Field(String name, int events) {}

    public record Why(String reason, int now, int then) {}

    public record Matching(String id, String name, int now, int then, int gained, int lost) {}

    /** A step that the rules take with an event: reason, field and rule. */
    public record Step(String reason, String field, String rule) {}

    /**
     * One event that stands for others like it.
     *
     * @param sequence where the event is recorded, to be read again; 0 for one of a file, which is nowhere any more
     */
    public record Sample(
            long sequence,
            String type,
            Outcome now,
            Outcome then,
            List<String> fields,
            List<Step> onlyNow,
            List<Step> onlyThen) {}

    /** How many events would no longer be kept. */
    public int newlyDropped() {
        return count(crossing -> crossing.now().stored() && !crossing.then().stored());
    }

    /** How many events would be kept that are not kept now. */
    public int newlyKept() {
        return count(crossing -> !crossing.now().stored() && crossing.then().stored());
    }

    public int definitionsAffected() {
        return definitions.size() + moreDefinitions;
    }

    private int count(java.util.function.Predicate<Crossing> which) {
        return crossings.stream().filter(which).mapToInt(Crossing::events).sum();
    }
}
