package dev.weir.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Knows one endpoint's JSON: where its entries are and what each says. A pure function of the body and the time it came. */
interface Decoder {

    /** The member that holds the entries of a bulk request; where it is absent, the body is its own only entry. */
    String bulk();

    /** Whether a body without that member is a request of one entry. */
    default boolean single() {
        return true;
    }

    Item item(JsonNode entry, ObjectNode body, Instant now);
}
