/** What a change of the rules would do to events: tried in memory, told as counts. Publishes nothing, keeps no event. */
@NullMarked
package dev.weir.simulation;

import org.jspecify.annotations.NullMarked;
