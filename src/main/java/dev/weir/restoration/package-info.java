/** What a thing was after each change of it, and the requests that it be so again. */
@NullMarked
package dev.weir.restoration;

import org.jspecify.annotations.NullMarked;
