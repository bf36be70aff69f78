package dev.weir.catalog;

import java.util.Optional;
import java.util.Set;

/**
 * A named event over captured ones.
 *
 * @param personal a draft that only its author sees
 * @param authors who had a hand in what it means since it was verified last: none of them may verify it
 * @param version what an edit carries back, so that two people can't overwrite each other
 */
public record Definition(
        String id,
        Details details,
        Status status,
        boolean personal,
        Set<String> authors,
        Hand created,
        Hand changed,
        Optional<Hand> verified,
        long version) {

    public Definition {
        authors = Set.copyOf(authors);
    }

    public String name() {
        return details.name();
    }
}
