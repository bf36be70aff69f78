/** Judged batches through a topic of Kafka, and from there into the store. Everything in it is after the policy. */
@NullMarked
package dev.weir.stream;

import org.jspecify.annotations.NullMarked;
