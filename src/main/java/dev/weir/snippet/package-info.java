/** What a page loads, by App ID and by ETag, from memory. */
@NullMarked
package dev.weir.snippet;

import org.jspecify.annotations.NullMarked;
