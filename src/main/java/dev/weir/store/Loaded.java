package dev.weir.store;

import java.util.List;

/** What came of loading a part of a topic. */
public sealed interface Loaded {

    /** In the database together with the new positions. One disposition for each entry, in their order. */
    record Committed(List<Disposition> dispositions) implements Loaded {

        public Committed {
            dispositions = List.copyOf(dispositions);
        }
    }

    /** Nothing was written: somebody else has loaded from there, so the positions are others than was believed. */
    record Overtaken() implements Loaded {}

    /** Nothing was written, and nothing can be at the moment. */
    record Unavailable() implements Loaded {}

    /** Nothing was written: the database takes one of the entries at no time. */
    record Refused() implements Loaded {}
}
