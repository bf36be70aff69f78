/** What somebody should look at, from what other rooms know. */
@NullMarked
package dev.weir.findings;

import org.jspecify.annotations.NullMarked;
