/** The words everyone speaks, as validated values. Knows {@code java.*} only. */
@NullMarked
package dev.weir.kernel;

import org.jspecify.annotations.NullMarked;
