/** Environments, their App IDs and the origins these may be used from. */
@NullMarked
package dev.weir.environment;

import org.jspecify.annotations.NullMarked;
