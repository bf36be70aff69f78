/** HTTP to decode to enforce to store: the only way an event comes in. */
@NullMarked
package dev.weir.ingest;

import org.jspecify.annotations.NullMarked;
