package dev.weir.ingest;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object of a body, with those of its members that its {@link Shape} wants. */
record Sent(Map<String, @Nullable Object> members) {

    static final Sent NOTHING = new Sent(Map.of());

    /** A value that may be no object at all. */
    static Sent of(@Nullable Object value) {
        return value instanceof Sent sent ? sent : NOTHING;
    }

    /** Whether the member is there, be it null. */
    boolean has(String field) {
        return members.containsKey(field);
    }

    /** Null where the member is absent or null. */
    @Nullable
    Object get(String field) {
        return members.get(field);
    }

    /** Empty where the member is not there, or no object. */
    Sent object(String field) {
        return of(get(field));
    }

    /** The member if it is an object of properties or absent (then empty); nothing if it is anything else. */
    Optional<Map<String, @Nullable Object>> properties(String field) {
        var value = get(field);
        return value == null ? Optional.of(Map.of()) : Fields.properties(value);
    }
}
