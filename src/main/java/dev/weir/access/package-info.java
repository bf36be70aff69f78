/** Roles, local accounts, sessions, single sign-on. Who somebody is and what that person may do. */
@NullMarked
package dev.weir.access;

import org.jspecify.annotations.NullMarked;
