package dev.weir.restoration;

import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.restoration.Versioned.Pair;
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
 * @param newest the newest row of all, whether it made a version or not
 * @param cut whether there are older rows that were not looked at
 */
public record Timeline(List<Past> versions, Optional<Row> newest, boolean cut) {

    /** Rows of one thing that are looked at. */
    public static final int MOST = 2000;

    private static final int AT_ONCE = 200;

    /** Where rows are found: the whole log, or as much of it as somebody may read. */
    public interface Log {
        List<Row> find(Filter filter, long before, int most);
    }

    public Timeline {
        versions = List.copyOf(versions);
    }

    /**
     * A thing as one row left it.
     *
     * @param changed what the row changed: from the version before to this one
     * @param since what is otherwise now: from this version to the present one
     */
    public record Past(Row row, SortedMap<String, Pair> changed, SortedMap<String, Pair> since) {

        public boolean present() {
            return since.isEmpty();
        }
    }

    /** As its rows tell that come before one; all of them with the largest number. */
    public static Timeline of(Log log, Versioned kind, String object, long beginning) {
        var filter = new Filter("", kind.kind(), object, "", Optional.empty(), Optional.empty());
        var rows = new ArrayList<Row>();
        long before = beginning;
        while (before > 1 && rows.size() < MOST) {
            var some = log.find(filter, before, AT_ONCE);
            rows.addAll(some);
            before = some.size() < AT_ONCE ? 0 : some.get(some.size() - 1).sequence();
        }
        return of(rows, kind);
    }

    private static Timeline of(List<Row> newestFirst, Versioned kind) {
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
        return new Timeline(versions, newestFirst.stream().findFirst(), newestFirst.size() >= MOST);
    }

    public Optional<Past> at(long sequence) {
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
