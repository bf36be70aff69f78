package dev.weir.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A batch spelled as rows, by the thread that brought it, so that the writer only writes. */
record Prepared(Batch batch, List<@Nullable Line> lines) {

    /** What a row holds that takes work to make; null for a drop. Texts of JSON are spelled in UTF-8 already. */
    static final class Line {

        /** Characters that one text of a row may have: what H2 takes, and more than any browser's event. */
        private static final int MOST = 1_000_000;

        /** What the objects of one event take, in characters. */
        private static final int OBJECTS = 300;

        private final UUID id;
        private final @Nullable UUID key;
        private final byte[] findings;
        private final byte[] body;
        private final Shared hierarchy;
        private final Shared location;

        private Line(UUID id, @Nullable UUID key, byte[] findings, byte[] body, Shared hierarchy, Shared location) {
            this.id = id;
            this.key = key;
            this.findings = findings;
            this.body = body;
            this.hierarchy = hierarchy;
            this.location = location;
        }

        UUID id() {
            return id;
        }

        /** That of the App ID's event among those of all. */
        @Nullable
        UUID key() {
            return key;
        }

        byte[] findings() {
            return findings;
        }

        byte[] body() {
            return body;
        }

        Shared hierarchy() {
            return hierarchy;
        }

        Shared location() {
            return location;
        }

        boolean tooLarge() {
            return hierarchy.text().length() > MOST
                    || location.text().length() > MOST
                    || tooLarge(findings)
                    || tooLarge(body);
        }

        /** No text has more characters than bytes. */
        private static boolean tooLarge(byte[] text) {
            return text.length > MOST && EventJson.text(text).length() > MOST;
        }

        int characters() {
            return OBJECTS
                    + findings.length
                    + body.length
                    + hierarchy.text().length()
                    + location.text().length();
        }

        Line with(List<Note> notes) {
            return new Line(id, key, new Spelling().notes(notes), body, hierarchy, location);
        }
    }

    /** How much memory it takes while it waits, roughly. */
    int characters() {
        int sum = 0;
        for (var line : lines) {
            sum += line == null ? Line.OBJECTS : line.characters();
        }
        return sum;
    }

    static Prepared of(Batch batch) {
        var lines = new ArrayList<@Nullable Line>(batch.entries().size());
        var spelling = new Spelling();
        Line before = null;
        for (Entry entry : batch.entries()) {
            if (entry instanceof Entry.Arrival arrival) {
                var key = Keys.of(batch.door(), arrival.key());
                before = line(spelling, Ids.next(), among(batch, key), arrival, before);
                lines.add(before);
            } else {
                lines.add(null);
            }
        }
        return new Prepared(batch, lines);
    }

    /** What was carried, with the ids and keys that it came with; {@code batch} has its entries. */
    static Prepared of(Batch batch, List<Carried> carried) {
        var lines = new ArrayList<@Nullable Line>(carried.size());
        var spelling = new Spelling();
        for (Carried one : carried) {
            lines.add(
                    one.entry() instanceof Entry.Arrival arrival
                            ? line(spelling, one.id(), among(batch, one.key()), arrival, null)
                            : null);
        }
        return new Prepared(batch, lines);
    }

    /** The same request after another judgement: what changed is spelled anew, and keeps the id and the key that it has. */
    Prepared with(List<Entry> entries) {
        var anew = new ArrayList<@Nullable Line>(lines.size());
        var spelling = new Spelling();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var entry = entries.get(i);
            boolean same = entry == batch.entries().get(i);
            anew.add(
                    same || line == null
                            ? line
                            : entry instanceof Entry.Arrival arrival
                                    ? line(spelling, line.id(), line.key(), arrival, null)
                                    : null);
        }
        return new Prepared(batch.with(batch.lost(), entries), anew);
    }

    private static @Nullable UUID among(Batch batch, @Nullable UUID key) {
        return key == null ? null : Duplicates.among(batch.app(), key);
    }

    private static Line line(
            Spelling spelling, UUID id, @Nullable UUID key, Entry.Arrival arrival, @Nullable Line before) {
        var event = arrival.event();
        return new Line(
                id,
                key,
                spelling.notes(arrival.notes()),
                spelling.own(event),
                Shared.hierarchyOf(event, spelling),
                Shared.locationOf(event, before == null ? null : before.location()));
    }
}
