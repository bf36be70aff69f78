package dev.weir.event;

import org.jspecify.annotations.Nullable;

/** The visit an event belongs to: where it came from and where it began. Which one it is says a handle that stands beside the event. */
public record Session(@Nullable String referrer, @Nullable String landing) {

    public static final Session NONE = new Session(null, null);
}
