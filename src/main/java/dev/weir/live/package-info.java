/** What just happened: the live view. */
@NullMarked
package dev.weir.live;

import org.jspecify.annotations.NullMarked;
