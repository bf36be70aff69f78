package dev.weir.release;

import dev.weir.release.ChangeRequest.Person;
import java.util.Locale;

/** Somebody who was asked by name to look at a request. */
public record Reviewer(Person person, Answer answer) {

    /** What became of it. */
    public enum Answer {
        WAITING("info"),
        AGREED("ok"),
        REJECTED("bad"),
        DECLINED("");

        private final String tone;

        Answer(String tone) {
            this.tone = tone;
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String tone() {
            return tone;
        }
    }
}
