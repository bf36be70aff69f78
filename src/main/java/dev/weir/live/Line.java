package dev.weir.live;

import dev.weir.catalog.Matching.Known;
import dev.weir.event.EventType;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Reason;
import dev.weir.privacy.ReasonWords;
import dev.weir.store.Note;
import dev.weir.store.Outcome;
import dev.weir.store.Sighting;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A sighting in words, ready to be shown: what, where, what became of it and why. Never holds what was taken away. */
record Line(
        long sequence,
        Instant at,
        String kind,
        List<Part> what,
        List<Part> where,
        String outcome,
        String tone,
        List<Why> why,
        @Nullable String cleaned,
        int count,
        boolean stale,
        long revision,
        boolean server,
        List<Meaning> meanings) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /** The placeholders that redaction leaves: {@code [email]}, {@code {id}}. */
    private static final Pattern MASK =
            Pattern.compile("\\[[a-z0-9-]{1,32}]|\\{[A-Za-z0-9_-]{1,64}}|hmac:[0-9a-f]{32}");

    /** A piece of a text; {@code mask} when it stands for something that was redacted. */
    record Part(String text, boolean mask) {}

    /** A definition that it matches. */
    record Meaning(String id, String name) {}

    /** Definitions named in one line; more are only counted. */
    static final int NAMED = 5;

    /** One finding: where, what was done, by which rule, and the page on which that rule is edited. */
    record Why(
            String field,
            String words,
            String rule,
            @Nullable String page) {}

    public String time() {
        return TIME.format(at);
    }

    public List<Meaning> named() {
        return meanings.subList(0, Math.min(NAMED, meanings.size()));
    }

    /** Definitions that it matches and that are not named. */
    public int unnamed() {
        return meanings.size() - named().size();
    }

    static Line of(EnvironmentKey environment, Sighting sighting, Known known) {
        return new Line(
                sighting.sequence(),
                sighting.at(),
                Optional.ofNullable(sighting.type()).map(Line::kind).orElse("Unreadable"),
                parts(what(sighting)),
                parts(where(sighting)),
                outcome(sighting),
                tone(sighting),
                sighting.findings().stream().map(note -> why(environment, note)).toList(),
                cleaned(sighting).orElse(null),
                sighting.count(),
                sighting.stale(),
                sighting.revision(),
                !sighting.door().browser(),
                meanings(sighting, known));
    }

    private static List<Meaning> meanings(Sighting sighting, Known known) {
        var event = sighting.event();
        return event == null
                ? List.of()
                : known.verified(event).stream()
                        .map(definition -> new Meaning(definition.id(), definition.name()))
                        .toList();
    }

    private static String kind(EventType type) {
        return switch (type) {
            case SESSION -> "Session";
            case PAGEVIEW -> "Page view";
            case CLICK -> "Click";
            case CHANGE -> "Change";
            case SUBMIT -> "Submit";
            case CUSTOM -> "Custom";
            case IDENTIFY -> "Identify";
            case RESET -> "Reset";
        };
    }

    /** What a dropped event said is gone, so its line can only say that. */
    private static String what(Sighting sighting) {
        if (sighting.outcome() == Outcome.DROPPED) {
            return sighting.count() == 1 ? "Content not kept" : sighting.count() + " events, content not kept";
        }
        return firstOf(sighting.name(), sighting.text(), sighting.identity(), sighting.target(), sighting.url());
    }

    /** The page, where the line does not already name it. */
    private static String where(Sighting sighting) {
        var url = sighting.url();
        return url == null || url.equals(what(sighting)) ? "" : url;
    }

    private static String firstOf(@Nullable String... candidates) {
        return Arrays.stream(candidates)
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse("No text");
    }

    private static String outcome(Sighting sighting) {
        return switch (sighting.outcome()) {
            case ACCEPTED -> sighting.redacted() ? "redacted" : "kept";
            case QUARANTINED -> "quarantined";
            case DROPPED -> "dropped";
            case DUPLICATE -> "duplicate";
        };
    }

    private static String tone(Sighting sighting) {
        return switch (sighting.outcome()) {
            case ACCEPTED -> sighting.redacted() ? "info" : "ok";
            case QUARANTINED -> "warn";
            case DROPPED -> "bad";
            case DUPLICATE -> "";
        };
    }

    private static Why why(EnvironmentKey environment, Note note) {
        var field = ReasonWords.field(note.field());
        return reason(note.reason())
                .map(reason -> new Why(
                        field,
                        ReasonWords.of(reason),
                        note.rule(),
                        ReasonWords.page(environment, note.rule()).orElse(null)))
                .orElseGet(() -> new Why(field, ReasonWords.ofStored(note.reason()), note.rule(), null));
    }

    /**
     * What the browser masked, as far as placeholders tell. A kind that the server had to mask in this event too is left out: whose
     * placeholder it is can't be known then.
     */
    static Optional<String> cleaned(Sighting sighting) {
        if (!sighting.door().browser()) {
            return Optional.empty();
        }
        var byServer = sighting.findings().stream().map(Line::mark).toList();
        return ReasonWords.masked(sighting.placeholders().stream()
                .filter(placeholder -> byServer.stream().noneMatch(mark -> mark.contains(placeholder)))
                .toList());
    }

    /** A text that holds every placeholder that what is noted here may have left. */
    private static String mark(Note note) {
        var rule = note.rule();
        if (rule.startsWith("text.")) {
            return "[" + rule.substring("text.".length()) + "]";
        }
        return switch (note.reason()) {
            case "TEXT_OFF" -> "[text]";
            case "PROPERTY_MASKED" -> "[masked]";
            case "URL_PATH" -> rule.equals("urls.identifiers") ? "{id}" : rule;
            default -> "[redacted]";
        };
    }

    private static Optional<Reason> reason(String name) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst();
    }

    static List<Part> parts(String text) {
        var parts = new ArrayList<Part>();
        var masks = MASK.matcher(text);
        int from = 0;
        while (masks.find()) {
            if (masks.start() > from) {
                parts.add(new Part(text.substring(from, masks.start()), false));
            }
            parts.add(new Part(masks.group(), true));
            from = masks.end();
        }
        if (from < text.length()) {
            parts.add(new Part(text.substring(from), false));
        }
        return List.copyOf(parts);
    }
}
