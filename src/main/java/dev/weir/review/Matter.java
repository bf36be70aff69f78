package dev.weir.review;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be reviewed. The names are stored: never rename one. */
public enum Matter {
    DEFINITIONS("Definitions", "Do they still mean what they say? One task for each owner.", false),
    PRIVACY("Privacy rules", "Is what may be captured still what it should be? One task for each environment.", true),
    QUARANTINE(
            "Quarantine",
            "Is somebody looking at what is set aside, and why is it? One task for each environment.",
            true),
    ACCESS("People, tokens and App IDs", "Does everybody still need what they may do? One task.", false);

    private final String words;
    private final String question;
    private final boolean placed;

    Matter(String words, String question, boolean placed) {
        this.words = words;
        this.question = question;
        this.placed = placed;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    public String question() {
        return question;
    }

    /** Whether there is one task for each environment. */
    boolean placed() {
        return placed;
    }

    static Optional<Matter> of(String id) {
        return Arrays.stream(values()).filter(matter -> matter.id().equals(id)).findFirst();
    }
}
