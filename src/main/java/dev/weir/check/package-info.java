/** What a developer's CI asks: may I send this? Judges, finds what is fragile, and keeps nothing. */
@NullMarked
package dev.weir.check;

import org.jspecify.annotations.NullMarked;
