package dev.weir.ingest;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Knows one endpoint's JSON: where its entries are and what each says. A pure function of the body and the time it came. */
interface Decoder {

    /** The member that holds the entries of a bulk request; where it is absent, the body is its own only entry. */
    String bulk();

    /** Whether a body without that member is a request of one entry. */
    default boolean single() {
        return true;
    }

    /** What of an entry {@link #item} reads. */
    Map<String, Shape> entry();

    /** What of a body is read besides its entries. */
    default Map<String, Shape> body() {
        return Map.of("app_id", Shape.SCALAR);
    }

    /** What of a whole request is read; entries behind the first {@code most} are counted only. */
    default Shape request(int most) {
        var members = new HashMap<>(body());
        if (single()) {
            members.putAll(entry());
        }
        members.put(bulk(), Shape.items(Shape.members(entry()), most));
        return Shape.members(Map.copyOf(members));
    }

    Item item(Sent entry, Sent body, Instant now);
}
