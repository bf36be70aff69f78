/** Deleting users as programs that were written for Heap ask for it. */
@NullMarked
package dev.weir.erasure.heap;

import org.jspecify.annotations.NullMarked;
