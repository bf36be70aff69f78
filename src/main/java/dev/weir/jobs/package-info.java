/** Work that takes longer than a request: asked for, done step by step on any node, resumed, cancelled, accounted for. */
@NullMarked
package dev.weir.jobs;

import org.jspecify.annotations.NullMarked;
