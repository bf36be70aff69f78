package dev.weir.catalog;

import dev.weir.web.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a definition fares in one environment.
 *
 * @param count matching events of the time looked at
 * @param since from when on all events of its type were looked at
 * @param rhythm hour by hour in the last 24, beside what was to be expected
 * @param others which it overlaps with or repeats, by name
 * @param cause of a collapse, where one is seen
 */
public record Health(
        Definition definition,
        State state,
        long count,
        Instant since,
        Optional<Instant> first,
        Optional<Instant> last,
        Rhythm rhythm,
        List<String> others,
        Optional<Cause> cause) {

    public Health {
        others = List.copyOf(others);
    }

    /** Why it is said to be so, and what that rests on. */
    public String why() {
        return state == State.UNSEEN
                ? state.why() + " since " + Moments.momentInUtc(since) + ". What came in before was not looked at."
                : state.why();
    }

    /** In the last 24 full hours; empty before there are weeks enough to compare with. */
    public Optional<Long> expected() {
        return rhythm.expected();
    }

    /** In the last 24 full hours. */
    public long recent() {
        return rhythm.seen();
    }

    /** What is said of a definition; the first that applies. */
    public enum State {
        COLLAPSED("collapsed", "bad", "It matched, and now hardly does."),
        SILENT("silent since birth", "warn", "It has matched nothing yet."),
        /** The look does not reach back to when it was written. */
        UNSEEN("not seen lately", "warn", "It has matched none of the events of its type"),
        DUPLICATE("duplicate", "warn", "Another one has the same filter."),
        OVER_MATCHING("over-matching", "warn", "It matches most events of its type."),
        OVERLAPPING("overlapping", "info", "It matches nearly the same events as another one."),
        HEALTHY("healthy", "ok", "");

        private final String words;
        private final String tone;
        private final String why;

        State(String words, String tone, String why) {
            this.words = words;
            this.tone = tone;
            this.why = why;
        }

        /** As programs read it: {@code over-matching}. */
        public String id() {
            return words.replace(' ', '-');
        }

        public String words() {
            return words;
        }

        public String tone() {
            return tone;
        }

        public String why() {
            return why;
        }
    }

    /** Where the events went that it matched before: a selector that finds them now, and the share of them that it finds. */
    public record Cause(String selector, int percent) {}
}
