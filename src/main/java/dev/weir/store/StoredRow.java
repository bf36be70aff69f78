package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.kernel.AppId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of events, whole, as somebody reads it who may write it again.
 *
 * @param reason why it is set aside; null when it is kept
 */
record StoredRow(
        long sequence,
        Instant receivedAt,
        AppId app,
        Door door,
        Entry.Who who,
        @Nullable String reason,
        boolean redacted,
        long revision,
        boolean stale,
        List<Note> notes,
        Event event) {}
