package dev.weir.policy;

/**
 * That a text rule found something. Never holds what it found.
 *
 * @param label the detector's name or the pattern's label
 */
record Hit(String label, Action action) {}
