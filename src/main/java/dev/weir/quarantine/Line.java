package dev.weir.quarantine;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.ReasonWords;
import dev.weir.store.Note;
import dev.weir.store.Sighting;
import dev.weir.web.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One event as the page shows it: what is left of it, and what was found. */
record Line(long event, Instant at, String when, String type, String what, String where, List<Why> findings) {

    /** @param page on which the rule can be looked at; empty for what no rule decides */
    record Why(String field, String words, String rule, Optional<String> page) {}

    static Line of(EnvironmentKey environment, Sighting sighting) {
        var type = sighting.type();
        var what = Stream.of(sighting.name(), sighting.text(), sighting.target(), sighting.url())
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse("No text");
        var url = sighting.url();
        return new Line(
                sighting.sequence(),
                sighting.at(),
                Moments.momentInUtc(sighting.at()),
                type == null ? "unreadable" : type.wire(),
                what,
                url == null || url.equals(what) ? "" : url,
                sighting.findings().stream().map(note -> why(environment, note)).toList());
    }

    private static Why why(EnvironmentKey environment, Note note) {
        return new Why(
                ReasonWords.field(note.field()),
                ReasonWords.ofStored(note.reason()),
                note.rule(),
                ReasonWords.page(environment, note.rule()));
    }
}
