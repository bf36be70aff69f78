/** The change log as people and programs read it: pages, interface, downloads. Writes nothing but what an erasure is. */
@NullMarked
package dev.weir.history;

import org.jspecify.annotations.NullMarked;
