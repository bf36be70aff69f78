/** Review cycles: who answers for what looks at it every so often, with evidence, and signs; an Auditor confirms. Decides about nothing else. */
@NullMarked
package dev.weir.review;

import org.jspecify.annotations.NullMarked;
