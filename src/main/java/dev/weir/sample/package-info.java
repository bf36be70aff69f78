/** A small shop, full of planted personal data, to see autocapture and redaction within a minute. */
@NullMarked
package dev.weir.sample;

import org.jspecify.annotations.NullMarked;
