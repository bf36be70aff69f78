/** The one database, whichever of the two it is, and short ways to speak SQL. Knows no table. */
@NullMarked
package dev.weir.database;

import org.jspecify.annotations.NullMarked;
