package dev.weir.history;

import dev.weir.changelog.proof.Row;
import dev.weir.history.Versioned.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The versions of one thing, the newest first, told by the change log alone. Goes back from what is now, so it need not know the
 * beginning.
 *
 * @param cut whether there are older rows that were not looked at
 */
record Timeline(List<Past> versions, boolean cut) {

    /** Rows of one thing that are looked at. */
    static final int MOST = 2000;

    Timeline {
        versions = List.copyOf(versions);
    }

    /**
     * A thing as one row left it.
     *
     * @param changed what the row changed: from the version before to this one
     * @param since what is otherwise now: from this version to the present one
     */
    record Past(Row row, SortedMap<String, Pair> changed, SortedMap<String, Pair> since) {

        boolean present() {
            return since.isEmpty();
        }
    }

    static Timeline of(List<Row> newestFirst, Versioned kind) {
        var since = new TreeMap<String, Pair>();
        var versions = new ArrayList<Past>();
        for (Row row : newestFirst) {
            var changed = kind.changes(row);
            if (!changed.isEmpty()) {
                versions.add(new Past(row, changed, differing(since)));
                changed.forEach((field, pair) ->
                        since.merge(field, pair, (later, earlier) -> new Pair(earlier.then(), later.now())));
            }
        }
        return new Timeline(versions, newestFirst.size() >= MOST);
    }

    Optional<Past> at(long sequence) {
        return versions.stream()
                .filter(past -> past.row().sequence() == sequence)
                .findFirst();
    }

    private static SortedMap<String, Pair> differing(SortedMap<String, Pair> all) {
        var some = new TreeMap<>(all);
        some.values().removeIf(pair -> Objects.equals(pair.then(), pair.now()));
        return some;
    }
}
