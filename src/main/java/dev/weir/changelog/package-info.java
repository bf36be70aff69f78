/** Who changed what, from what to what, when and why: rows that are only ever added, chained by hash. */
@NullMarked
package dev.weir.changelog;

import org.jspecify.annotations.NullMarked;
