package dev.weir.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A batch spelled as rows, by the thread that brought it, so that the writer only writes. */
record Prepared(Batch batch, List<@Nullable Line> lines) {

    /** What a row holds that takes work to make; null for a drop. */
    record Line(UUID id, @Nullable UUID key, String findings, String body, Shared hierarchy, Shared location) {

        Line with(List<Note> notes) {
            return new Line(id, key, EventJson.notes(notes), body, hierarchy, location);
        }
    }

    static Prepared of(Batch batch) {
        var lines = new ArrayList<@Nullable Line>(batch.entries().size());
        for (Entry entry : batch.entries()) {
            lines.add(entry instanceof Entry.Arrival arrival ? line(batch, arrival) : null);
        }
        return new Prepared(batch, lines);
    }

    private static Line line(Batch batch, Entry.Arrival arrival) {
        var key = arrival.key();
        return new Line(
                UUID.randomUUID(),
                key == null ? null : Keys.of(batch.door().browser() ? "event" : "idempotency", key),
                EventJson.notes(arrival.notes()),
                EventJson.own(arrival.event()),
                Shared.hierarchyOf(arrival.event()),
                Shared.locationOf(arrival.event()));
    }
}
