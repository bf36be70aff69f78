package dev.weir.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one entry, and why: what the sender is told. */
public record Disposition(Outcome outcome, @Nullable String reason, boolean redacted, List<Note> notes) {

    /** Of nearly all events: kept as they came. */
    static final Disposition PLAIN = new Disposition(Outcome.ACCEPTED, null, false, List.of());

    public Disposition {
        notes = List.copyOf(notes);
    }
}
