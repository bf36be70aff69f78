/** An environment as one YAML document: out, compared, and in as a change request. */
@NullMarked
package dev.weir.code;

import org.jspecify.annotations.NullMarked;
