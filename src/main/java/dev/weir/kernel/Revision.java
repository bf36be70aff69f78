package dev.weir.kernel;

/** One published policy of one environment: its number, counted from 1, and the hash of its canonical form. */
public record Revision(EnvironmentKey environment, long number, String hash) {}
