/** Everything that whoever deploys an App ID has to know, as one file. */
@NullMarked
package dev.weir.artifact;

import org.jspecify.annotations.NullMarked;
