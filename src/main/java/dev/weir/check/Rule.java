package dev.weir.check;

import java.util.Locale;

/** What a check looks for. The ids are answered by the interface and stand in people's suppressions: never rename one. */
enum Rule {
    UNREADABLE(Level.ERROR, "What was sent can't be read."),
    POLICY_INVALID(Level.ERROR, "A policy as code has a mistake."),
    POLICY_LOOSENS(Level.WARNING, "A policy as code lets something be kept that is not kept now, or perhaps does."),
    MISSING_REDACTION(Level.ERROR, "The rules would keep what the default rules take out."),
    PERSONAL_DATA(Level.WARNING, "The page offers personal data: the rules take it out, and it should not be there."),
    TOKEN_WITHOUT_EFFECT(Level.ERROR, "A privacy token is spelled or placed so that nothing honours it."),
    TOKEN_ELSEWHERE(Level.NOTE, "A privacy token is honoured by Weir, but not by every other script."),
    SENSITIVE_FIELD(Level.NOTE, "A field for personal data carries no privacy token."),
    TRACKING_CALL_TOO_EARLY(Level.ERROR, "stopTracking or startTracking is called before the collector is loaded."),
    SELECTOR_REFUSED(Level.ERROR, "A selector can't be decided from what is recorded."),
    SELECTOR_WITHOUT_MATCH(Level.ERROR, "A selector matches nothing on the page."),
    SELECTOR_BRITTLE(Level.WARNING, "A selector is unlikely to outlive a redesign."),
    DEFINITION_BREAKS(Level.ERROR, "A definition no longer matches anything here."),
    SAMPLE_DROPPED(Level.WARNING, "The rules drop a sample event."),
    SAMPLE_QUARANTINED(Level.WARNING, "The rules set a sample event aside."),
    SCHEMA_BROKEN(Level.ERROR, "A sample event does not carry what is expected of it."),
    TOO_MUCH(Level.NOTE, "Not everything was looked at.");

    /** How much it matters; the words are those of SARIF. */
    enum Level {
        ERROR,
        WARNING,
        NOTE;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Level level;
    private final String title;

    Rule(Level level, String title) {
        this.level = level;
        this.title = title;
    }

    Level level() {
        return level;
    }

    String title() {
        return title;
    }

    /** "missing-redaction". */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
