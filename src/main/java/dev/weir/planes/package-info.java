/** Which planes this process is: what it does not serve, and what does not run in it. Knows no feature. */
@NullMarked
package dev.weir.planes;

import org.jspecify.annotations.NullMarked;
