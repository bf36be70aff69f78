/** What a browser or a server sends. Knows {@code java.*} only; never where an event came from or where it goes. */
@NullMarked
package dev.weir.event;

import org.jspecify.annotations.NullMarked;
