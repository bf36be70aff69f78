/** Filters of definitions, and the one matcher that everybody asks. Pure functions. */
@NullMarked
package dev.weir.catalog.matching;

import org.jspecify.annotations.NullMarked;
