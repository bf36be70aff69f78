/** Users who ask to be forgotten, and rules that are applied to what is stored. */
@NullMarked
package dev.weir.erasure;

import org.jspecify.annotations.NullMarked;
