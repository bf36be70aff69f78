/** What an auditor needs to check a change log without a server. Pure functions; knows {@code java.*} and the kernel only. */
@NullMarked
package dev.weir.changelog.proof;

import org.jspecify.annotations.NullMarked;
