/** The page that hands out copy-ready code for an App ID. */
@NullMarked
package dev.weir.install;

import org.jspecify.annotations.NullMarked;
