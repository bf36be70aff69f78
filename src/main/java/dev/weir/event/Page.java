package dev.weir.event;

import org.jspecify.annotations.Nullable;

/** The page an event happened on. Addresses are as sent: only the policy makes them fit to be kept. */
public record Page(
        @Nullable String url,
        @Nullable String title,
        @Nullable String previous) {

    public static final Page NONE = new Page(null, null, null);
}
