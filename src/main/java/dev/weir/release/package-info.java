/** From draft to policy: publish, revisions, differences, roll back. The only place where drafts become policy. */
@NullMarked
package dev.weir.release;

import org.jspecify.annotations.NullMarked;
