/** Definitions: what events mean, who answers for them, and which stored events they are about. */
@NullMarked
package dev.weir.catalog;

import org.jspecify.annotations.NullMarked;
