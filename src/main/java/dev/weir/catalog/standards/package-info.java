/** What an organisation asks of its definitions, and which of it one breaks. Pure functions. */
@NullMarked
package dev.weir.catalog.standards;

import org.jspecify.annotations.NullMarked;
