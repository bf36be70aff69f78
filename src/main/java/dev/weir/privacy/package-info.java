/** Drafts of the privacy rules, and the bench to try them on. */
@NullMarked
package dev.weir.privacy;

import org.jspecify.annotations.NullMarked;
