/** The rule language: document, rules, detectors, verdicts. Pure functions; no framework, no clock, no I/O. */
@NullMarked
package dev.weir.policy;

import org.jspecify.annotations.NullMarked;
