package dev.weir.restoration;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.proof.Row;
import dev.weir.kernel.CanonicalJson;
import dev.weir.restoration.Versioned.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants back: a version of a thing beside what the thing was when they looked, as rows of the change log tell. It is the same
 * whenever it is read, unless something of these rows is erased.
 *
 * @param back what would come back; {@code then} is as it is to be
 * @param stays what is otherwise and stays so
 */
record Wanted(Row row, Row seen, SortedMap<String, Pair> back, SortedMap<String, Pair> stays) {

    /** @param seen the newest row that counts; all with the largest number */
    static Optional<Wanted> of(ChangeLog log, Versioned kind, String object, long row, long seen) {
        long beginning = seen == Long.MAX_VALUE ? seen : seen + 1;
        var timeline = Timeline.of(log::find, kind, object, beginning);
        return timeline.at(row)
                .flatMap(past -> timeline.newest().map(newest -> {
                    var back = kind.back(past);
                    var stays = new TreeMap<>(past.since());
                    stays.keySet().removeAll(back.keySet());
                    return new Wanted(past.row(), newest, back, stays);
                }));
    }

    /** The fields that come back. */
    Map<String, @Nullable Object> then() {
        var then = new LinkedHashMap<String, @Nullable Object>();
        back.forEach((field, pair) -> then.put(field, pair.then()));
        return then;
    }

    /** For people: what is, and what would be. */
    SortedMap<String, Pair> difference() {
        return turned(back);
    }

    /** The other way about: from what is to what was. */
    static SortedMap<String, Pair> turned(SortedMap<String, Pair> since) {
        var turned = new TreeMap<String, Pair>();
        since.forEach((field, pair) -> turned.put(field, pair.turned()));
        return turned;
    }

    /** Of the two rows, which hold all values, and of the fields that come back: no value is in it, so that each can be erased. */
    String hash() {
        var content = new LinkedHashMap<String, Object>();
        content.put("row", row.hash());
        content.put("seen", seen.hash());
        content.put("fields", new ArrayList<>(back.keySet()));
        return CanonicalJson.sha256(CanonicalJson.write(content));
    }
}
