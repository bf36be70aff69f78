package dev.weir.event;

import org.jspecify.annotations.Nullable;

/** The visit an event belongs to: where it came from and where it began. */
public record Session(
        @Nullable String id,
        @Nullable String referrer,
        @Nullable String landing) {

    public static final Session NONE = new Session(null, null, null);
}
