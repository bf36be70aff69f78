/** Who is linked to whom, and undoing a link that was wrong. */
@NullMarked
package dev.weir.identity;

import org.jspecify.annotations.NullMarked;
