/** What was kept, and the policy in force as the data plane sees it. H2 and PostgreSQL. */
@NullMarked
package dev.weir.store;

import org.jspecify.annotations.NullMarked;
