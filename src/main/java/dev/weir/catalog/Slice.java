package dev.weir.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list that is in memory anyway, by name: whatever is added or removed meanwhile, nothing is told twice or left out.
 *
 * @param next where the next page begins; empty where this is the last
 */
record Slice<T>(List<T> things, Optional<Cursor> next) {

    /** Things on one page, at most. */
    static final int MOST = 500;

    private static final Comparator<Cursor> ORDER =
            Comparator.comparing(Cursor::name).thenComparing(Cursor::id);

    /** @param place of a thing in the list */
    static <T> Slice<T> of(List<T> all, Function<T, Cursor> place, Cursor after, int limit) {
        var rest = all.stream()
                .filter(thing -> after.equals(Cursor.START) || ORDER.compare(place.apply(thing), after) > 0)
                .sorted(Comparator.comparing(place, ORDER))
                .toList();
        var page = rest.stream().limit(limit).toList();
        return new Slice<>(
                page,
                rest.size() > page.size() ? Optional.of(place.apply(page.get(page.size() - 1))) : Optional.empty());
    }
}
