/** What was set aside: looked at after redaction, released through the policy in force, or deleted for good. */
@NullMarked
package dev.weir.quarantine;

import org.jspecify.annotations.NullMarked;
